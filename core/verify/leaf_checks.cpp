#include "core/verify/leaf_checks.h"

#include <algorithm>
#include <array>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/verify/members.h"

namespace countersign::verify {

namespace {

// Decisions are made by people on devices: a server cannot make one up, because the operation below it is signed.
constexpr std::string_view kDecision = "review_submitted";
constexpr std::string_view kDecisionOperation = "submit_review";
// Known already, or changes nothing.
constexpr std::string_view kRepeated = "operation_repeated";

constexpr std::array kOpenedMembers = {Member{"account", Shape::text},
                                       Member{"device", Shape::text},
                                       Member{"key", Shape::hex_32_bytes},
                                       Member{"reason", Shape::text},
                                       Member{"replaces", Shape::stream, Need::optional},
                                       Member{"stream", Shape::stream}};
constexpr std::array kForkedMembers = {Member{"seq", Shape::natural}, Member{"stream", Shape::stream}};
constexpr std::array kQuarantinedMembers = {Member{"code", Shape::text}, Member{"hash", Shape::hex_32_bytes},
                                            Member{"reason", Shape::text}, Member{"seq", Shape::natural},
                                            Member{"stream", Shape::stream}};

std::string_view stream_in(const CanonicalValue& body) {
    return body.find("stream").plain_text().value_or(std::string_view());
}

uint64_t seq_in(const CanonicalValue& body) {
    return static_cast<uint64_t>(body.find("seq").integer().value_or(0));
}

// The body has these members, or a failure says what is wrong with it.
bool body_is(const LeafFields& leaf, VerifyState& state, std::span<const Member> members) {
    const Status shape = check_known_members(leaf.body, members);
    if (!shape.ok()) {
        state.findings.fail(Check::streams, leaf.place,
                            concat(leaf.type, " cannot be read: body.", shape.error().text()));
    }
    return shape.ok();
}

void check_version(const LeafFields& leaf, VerifyState& state) {
    state.findings.counts().leaves_v1 += leaf.version == 1 ? 1 : 0;
    if (leaf.version < state.newest_version) {
        state.findings.fail(
            Check::leaves, leaf.place,
            concat("an entry of version ", leaf.version, " behind one of version ", state.newest_version));
    }
    state.newest_version = std::max(state.newest_version, leaf.version);
}

void check_number(const LeafFields& leaf, VerifyState& state) {
    state.findings.done(Check::numbers);
    if (leaf.seq != state.last_seq + 1) {
        state.findings.fail(Check::numbers, leaf.place,
                            concat("the entry has number ", leaf.seq, " where ", state.last_seq + 1, " was expected"));
    }
    state.last_seq = leaf.seq;
}

void check_project(const LeafFields& leaf, VerifyState& state) {
    if (!state.head) {
        return;  // said once, about the file
    }
    state.findings.done(Check::project);
    std::string expected;
    append_json_text(expected, state.head->project);
    if (leaf.project != expected) {
        state.findings.fail(Check::project, leaf.place,
                            concat("the entry is of project ", leaf.project, ", the bundle of ", expected));
    }
}

void check_decision(const LeafFields& leaf, VerifyState& state) {
    if (leaf.version < 2 || leaf.type != kDecision) {
        return;
    }
    if (!leaf.op) {
        state.findings.fail(Check::operations, leaf.place,
                            "a decision without the operation of the device that made it");
    } else if (leaf.operation && leaf.operation->type != kDecisionOperation) {
        state.findings.fail(Check::operations, leaf.place,
                            concat("a decision, but the operation in it is '", leaf.operation->type, "'"));
    }
}

void check_agreement(const LeafFields& leaf, VerifyState& state) {
    if (!leaf.operation) {
        return;
    }
    const OperationFields& op = *leaf.operation;
    const auto compare = [&](std::string_view what, std::string_view here, std::string_view there) {
        if (here != there) {
            state.findings.fail(Check::operations, leaf.place,
                                concat("the entry and the operation in it name another ", what, ": ",
                                       here.empty() ? "none" : here, " and ", there.empty() ? "none" : there));
        }
    };
    compare("item", leaf.item, op.item);
    if (!leaf.waits()) {
        compare("actor", leaf.actor, op.actor);
        compare("project", leaf.project, op.project);
    }
    if (op.version == 1 && state.findings.counts().leaves_v1 == 0) {
        state.findings.fail(Check::operations, leaf.place,
                            "an operation of version 1, in a log that has no entry of version 1");
    }
}

void check_stream_opened(const LeafFields& leaf, VerifyState& state) {
    if (leaf.version < 2 || leaf.type != "stream_opened" || !body_is(leaf, state, kOpenedMembers)) {
        return;
    }
    const Digest key = *digest_in(leaf.body.find("key"));
    state.streams.open(state.findings, leaf.place, stream_in(leaf.body),
                       {leaf.body.find("account").bytes(), crypto::public_key_from_bytes(key.view()).value()});
}

void check_stream_forked(const LeafFields& leaf, VerifyState& state) {
    if (leaf.version == 2 && leaf.type == "stream_forked" && body_is(leaf, state, kForkedMembers)) {
        state.streams.note_fork(stream_in(leaf.body), seq_in(leaf.body));
    }
}

// One that waits has the place that the server found it at, whatever it says of itself.
std::optional<Streams::Link> waiting_link(const LeafFields& leaf, VerifyState& state) {
    if (!body_is(leaf, state, kQuarantinedMembers)) {
        return std::nullopt;
    }
    Streams::Link link{stream_in(leaf.body), seq_in(leaf.body), *digest_in(leaf.body.find("hash")), std::nullopt};
    link.counts = false;
    link.waits = true;
    link.old = state.findings.counts().leaves_v1 > 0 && (!leaf.operation || leaf.operation->version == 1);
    if (leaf.op && hash_of_operation(leaf.op.bytes()) != link.hash) {
        state.findings.fail(Check::operations, leaf.place,
                            "the operation in the entry is not the one whose hash the entry has");
    }
    if (leaf.operation && leaf.operation->stream == link.stream && leaf.operation->seq == link.seq) {
        link.prev = leaf.operation->prev;
    }
    return link;
}

// What is in the stream by this entry.
std::optional<Streams::Link> link_of(const LeafFields& leaf, VerifyState& state) {
    if (leaf.waits()) {
        return waiting_link(leaf, state);
    }
    if (!leaf.operation) {
        return std::nullopt;
    }
    const OperationFields& op = *leaf.operation;
    Streams::Link link{op.stream, op.seq, op.hash, op.prev};
    link.counts = leaf.type != kRepeated;
    link.old = op.version == 1;
    return link;
}

void check_stream(const LeafFields& leaf, VerifyState& state) {
    const auto link = link_of(leaf, state);
    if (link) {
        state.streams.add(state.findings, leaf.place, *link, leaf.waits() ? leaf.actor : leaf.operation->actor);
    }
    if (link && leaf.signature) {
        state.streams.sign(state.findings, leaf.place, *link, *leaf.signature);
    } else if (leaf.signature && !leaf.op) {
        state.findings.fail(Check::signatures, leaf.place, "a signature, but nothing that it could be below");
    }
}

void check_seen(const LeafFields& leaf, VerifyState& state) {
    if (leaf.operation && leaf.operation->seen && !leaf.waits()) {
        state.seals.check_seen(state.findings, leaf.place, *leaf.operation->seen);
    }
}

void check_epoch(const LeafFields& leaf, VerifyState& state) {
    if (leaf.version == 2 && leaf.type == "epoch_started") {
        state.seals.start_epoch(state.findings, leaf);
    }
}

void check_texts(const LeafFields& leaf, VerifyState& state) {
    state.texts.name_all(leaf.body);
    if (leaf.operation) {
        state.texts.name_all(leaf.operation->body);
    }
    if (leaf.version == 2 && leaf.type == "subject_erased") {
        state.texts.erase(state.findings, leaf);
    }
}

}  // namespace

std::span<const LeafCheck> leaf_checks() {
    static constexpr LeafCheck kTable[] = {
        check_version,       check_number, check_project, check_decision, check_agreement, check_stream_opened,
        check_stream_forked, check_stream, check_seen,    check_epoch,    check_texts,
    };
    return kTable;
}

}  // namespace countersign::verify
