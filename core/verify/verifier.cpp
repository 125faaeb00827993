#include "core/verify/verifier.h"

#include "core/base/concat.h"
#include "core/log/tile.h"

namespace countersign::verify {

void BundleVerifier::feed(std::string_view bytes) {
    state_.findings.counts().bytes += bytes.size();
    while (!bytes.empty()) {
        const size_t end = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, end);
        const bool whole = end != std::string_view::npos;
        bytes.remove_prefix(whole ? end + 1 : bytes.size());
        if (too_long_ || rest_.size() + piece.size() > kLineLimit_bytes) {
            // Hashed all the same: the line is part of the file.
            hash_.update(rest_);
            hash_.update(piece);
            rest_.clear();
            too_long_ = true;
        } else if (!whole || !rest_.empty()) {
            rest_ += piece;
        }
        if (!whole) {
            continue;
        }
        ++line_;
        if (too_long_) {
            hash_.update("\n");
            state_.findings.fail(Check::lines, here(), concat("the line is longer than ", kLineLimit_bytes, " bytes"));
            too_long_ = false;
        } else {
            take_line(rest_.empty() ? piece : std::string_view(rest_));
        }
        rest_.clear();
    }
}

void BundleVerifier::take_line(std::string_view line) {
    if (ended_) {
        if (!more_behind_end_) {
            state_.findings.fail(Check::file, here(), "something stands behind the end line");
        }
        more_behind_end_ = true;
        return;
    }
    const LineKind kind = line_kind(line);
    if (kind == LineKind::end) {
        take_end(line);
        return;
    }
    hash_.update(line);
    hash_.update("\n");
    state_.findings.done(Check::lines);
    if (line_ == 1 && kind != LineKind::head) {
        state_.findings.fail(Check::file, here(), "the file does not begin as a bundle does");
    }
    switch (kind) {
        case LineKind::head: take_head(line); break;
        case LineKind::leaf: take_leaf(leaf_of_line(line)); break;
        case LineKind::key: take_key(line); break;
        case LineKind::checkpoint: take_checkpoint(line); break;
        case LineKind::text: take_text(line); break;
        case LineKind::end:
        case LineKind::unknown: state_.findings.fail(Check::lines, here(), "is no line of a bundle"); break;
    }
}

template <class Read>
auto BundleVerifier::read_line(std::string_view line, Read read) -> decltype(read(CanonicalValue())) {
    const Status canonical = json_.read(line);
    auto out = canonical.ok() ? read(json_.root()) : decltype(read(CanonicalValue()))(canonical.error());
    if (!out.ok()) {
        state_.findings.fail(Check::lines, here(), concat("the line cannot be read: ", out.error().text()));
    }
    return out;
}

void BundleVerifier::take_head(std::string_view line) {
    if (line_ != 1) {
        state_.findings.fail(Check::lines, here(), "a second beginning of a bundle");
        return;
    }
    const auto head = read_line(line, read_head);
    if (!head.ok()) {
        return;
    }
    Report& report = state_.findings.report();
    report.project = head.value().project;
    report.server = head.value().server;
    report.made.us = head.value().made_us;
    state_.head = head.value();
    state_.seals.begin(state_.findings, here(), head.value());
}

void BundleVerifier::take_leaf(std::string_view bytes) {
    Findings& findings = state_.findings;
    ++findings.counts().leaves;
    findings.done(Check::leaves);
    Place place{.leaf = state_.last_seq + 1, .line = line_};
    const Status canonical = json_.read(bytes);
    auto leaf = canonical.ok() ? read_leaf(json_.root()) : Result<LeafFields>(canonical.error());
    if (bytes.size() > kEntryLimit_bytes) {
        findings.fail(Check::leaves, place,
                      concat("the entry has ", bytes.size(), " bytes; at most ", kEntryLimit_bytes, " are allowed"));
    }
    if (!leaf.ok()) {
        findings.fail(Check::leaves, place,
                      concat(canonical.ok() ? "the entry cannot be read: " : "the entry is not canonical JSON: ",
                             leaf.error().text()));
        ++state_.last_seq;
        state_.seals.add_leaf(findings, bytes);
        return;
    }
    LeafFields& fields = leaf.value();
    place.leaf = fields.seq;
    fields.place = place;
    findings.count_type(fields.type);
    Report& report = findings.report();
    report.first_at.us = findings.counts().leaves == 1 ? fields.at_us : report.first_at.us;
    report.last_at.us = fields.at_us;
    if (fields.op) {
        findings.done(Check::operations);
        ++findings.counts().operations;
        auto operation = read_operation(fields.op);
        if (operation.ok()) {
            fields.operation = operation.value();
        } else if (!fields.waits()) {
            findings.fail(Check::operations, place,
                          concat("the operation in the entry cannot be read: op.", operation.error().text()));
        }
    }
    for (const LeafCheck check : leaf_checks()) {
        check(fields, state_);
    }
    state_.seals.add_leaf(findings, bytes);
}

void BundleVerifier::take_key(std::string_view line) {
    if (const auto vkey = read_line(line, read_key_line); vkey.ok()) {
        state_.seals.add_key(state_.findings, here(), vkey.value());
    }
}

void BundleVerifier::take_checkpoint(std::string_view line) {
    if (const auto note = read_line(line, read_checkpoint_line); note.ok()) {
        state_.seals.add_checkpoint(state_.findings, here(), note.value());
    }
}

void BundleVerifier::take_text(std::string_view line) {
    if (const auto text = read_line(line, read_text_line); text.ok()) {
        state_.texts.add(state_.findings, here(), text.value());
    }
}

void BundleVerifier::take_end(std::string_view line) {
    ended_ = true;
    state_.findings.done(Check::lines);
    state_.findings.done(Check::file);
    const Digest before = hash_.finish();
    const auto end = read_line(line, read_end_line);
    if (!end.ok()) {
        return;
    }
    const uint64_t leaves = state_.findings.counts().leaves;
    if (end.value().leaves != leaves) {
        state_.findings.fail(Check::file, here(),
                             concat("the end line speaks of ", end.value().leaves, " entries; there are ", leaves));
    }
    if (end.value().sha256 != before) {
        state_.findings.fail(Check::file, here(), "the bytes before the end line are not those that it was made for");
    }
}

Report BundleVerifier::finish() {
    if (!rest_.empty() || too_long_) {
        state_.findings.fail(Check::file, {.leaf = 0, .line = line_ + 1}, "the file ends within a line");
    }
    if (!ended_) {
        state_.findings.fail(Check::file, {.leaf = 0, .line = line_}, "there is no end line: the file is not whole");
    }
    if (!state_.head) {
        state_.findings.fail(Check::file, {.leaf = 0, .line = line_ > 0 ? uint64_t{1} : uint64_t{0}},
                             "nothing says whose log this is");
    }
    state_.findings.counts().lines = line_;
    state_.streams.finish(state_.findings);
    state_.seals.finish(state_.findings);
    state_.findings.sort();
    return state_.findings.report();
}

}  // namespace countersign::verify
