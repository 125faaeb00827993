#include "core/log/pushed_line.h"

#include <algorithm>

#include "core/json/fields.h"

namespace countersign {

namespace {

constexpr std::string_view kTextStart = R"({"as":)";
constexpr size_t kText_bytes = 1 << 20;

// One of ours, which stays; empty when it is none.
std::string_view find_domain(std::string_view as) {
    const auto* domain = std::find(std::begin(kPushedDomains), std::end(kPushedDomains), as);
    return domain == std::end(kPushedDomains) ? std::string_view() : *domain;
}

// Looked for by a letter that is rare in what we write: quotes are not.
constexpr size_t kRareInCommitment = kPushedCommitmentStart.find('x');
constexpr size_t kRareInPrev = kPushedPrevStart.find('v');

bool stands_at(std::string_view line, size_t at, std::string_view what) {
    return line.substr(at, what.size()) == what;
}

// Where a commitment was left empty, from `at` on; npos: nowhere.
size_t find_empty_commitment(std::string_view line, size_t at) {
    for (at = line.find('x', at + kRareInCommitment); at != std::string_view::npos; at = line.find('x', at + 1)) {
        const size_t value = at - kRareInCommitment + kPushedCommitmentStart.size();
        if (stands_at(line, at - kRareInCommitment, kPushedCommitmentStart) && line.substr(value, 1) == "\"") {
            return value;
        }
    }
    return at;
}

// The last of its name: what comes behind it in an envelope is no object.
size_t find_prev(std::string_view line) {
    for (size_t at = line.rfind('v'); at != std::string_view::npos; at = at == 0 ? at - 1 : line.rfind('v', at - 1)) {
        if (at >= kRareInPrev && stands_at(line, at - kRareInPrev, kPushedPrevStart)) {
            return at - kRareInPrev + kPushedPrevStart.size();
        }
    }
    return std::string_view::npos;
}

}  // namespace

bool PushedText::read(std::string_view line) {
    return line.starts_with(kTextStart) && (read_canonical(line) || read_any(line).ok());
}

// As our own devices write it, at a fifth of the cost.
bool PushedText::read_canonical(std::string_view line) {
    if (!json_.read(line).ok()) {
        return false;
    }
    const CanonicalValue as = json_.root().first();
    const CanonicalValue key = as.next();
    const CanonicalValue text = key.next();
    if (as.name() != "as" || key.name() != "key" || text.name() != "text" || text.next()) {
        return false;
    }
    domain_ = find_domain(as.plain_text().value_or(std::string_view()));
    key_.clear();
    const bool has_key =
        append_from_hex(key_, key.plain_text().value_or(std::string_view())) && is_commitment_key(key_);
    if (const auto plain = text.plain_text()) {
        text_ = *plain;
    } else if (auto words = text.text()) {
        unescaped_ = std::move(*words);
        text_ = unescaped_;
    } else {
        return false;
    }
    return !domain_.empty() && has_key && text_.size() <= kText_bytes;
}

Status PushedText::read_any(std::string_view line) {
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    domain_ = find_domain(CS_TRY(fields.text("as", {.max_bytes = 20})));
    const std::string key = CS_TRY(fields.text("key", {.max_bytes = kDigestHex}));
    key_ = CS_TRY(from_hex(key));
    unescaped_ = CS_TRY(fields.text("text", {.min_bytes = 0, .max_bytes = kText_bytes}));
    text_ = unescaped_;
    CS_TRY_STATUS(fields.done());
    return !domain_.empty() && is_commitment_key(key_)
               ? success()
               : Status(fail(ErrorCode::invalid_argument, "names no text, or has no key"));
}

void PushedOperationLine::begin(std::string_view line) {
    line_ = line;
    commitments_.clear();
}

bool PushedOperationLine::finish(const Digest& prev) {
    bytes_.clear();
    size_t done = 0;
    for (const Digest& commitment : commitments_) {
        const size_t at = find_empty_commitment(line_, done);
        if (at == std::string_view::npos) {
            break;
        }
        bytes_.append(line_, done, at - done);
        append_hex(bytes_, commitment.view());
        done = at;
    }
    bytes_.append(line_, done);
    const size_t at = find_prev(bytes_);
    if (at == std::string_view::npos) {
        return false;
    }
    const std::string hex = to_hex(prev);
    if (bytes_.compare(at, 1, "\"") == 0) {
        bytes_.insert(at, hex);
        return true;
    }
    return bytes_.compare(at, hex.size(), hex) == 0;
}

}  // namespace countersign
