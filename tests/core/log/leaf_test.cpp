#include "core/log/leaf.h"

#include <catch_amalgamated.hpp>

#include "core/json/canonical.h"
#include "core/json/json.h"
#include "core/log/operation.h"

using namespace countersign;

namespace {

Prediction prediction() {
    return {ModelId("topics-1"),
            LabelId("pothole"),
            Ppm{710'000},
            {{LabelId("pothole"), Ppm{710'000}}, {LabelId("drain"), Ppm{200'000}}}};
}

RouteTaken route() {
    return {"full", TierKind::full, "gas", Instant{5}, 2, true, sha256("policy")};
}

// A device's operation with one of everything.
Operation operation(CommandBody command) {
    Operation out;
    out.stream = StreamId(std::string(32, 'a') + "." + std::string(16, 'b'));
    out.seq = 4;
    out.prev = sha256("before");
    out.id = OperationId("01900000-0000-7000-8000-000000000001");
    out.project = ProjectId("city");
    out.item = ItemId("msg-1");
    out.actor = ActorId("ada");
    out.at = Instant{-7};
    out.mono_ms = 17;
    out.offset_ms = -3;
    out.seen = SeenCheckpoint{1, 7, sha256("root")};
    out.command = std::move(command);
    return out;
}

SubmitReview submit() {
    SubmitReview out;
    out.draft.verdict = Verdict::correct;
    out.draft.label = LabelId("drain \"quoted\" ☂");
    out.draft.answers = {{"danger", "no"}, {"comment", ""}};
    out.answer_texts = {std::nullopt, sha256("comment")};
    out.draft.rationale.codes = {"clear"};
    out.draft.rationale.evidence = {{"input.text", 3, 9}};
    out.draft.active_ms = 1'234;
    out.text = sha256("text");
    out.prediction = sha256("prediction");
    out.policy = sha256("policy");
    out.supersedes = OperationId("01900000-0000-7000-8000-000000000000");
    out.lease = LeaseRef{1, {1'790'000'000'000, 3}};
    return out;
}

Event event_of(EventBody body, std::optional<Operation> op = {}) {
    Event event;
    event.seq = 12;
    event.at = Instant{1'790'000'000'000'000};
    event.item = ItemId("msg-1");
    event.actor = ActorId("ada");
    if (op) {
        const std::string bytes = encode_operation(*op).value();
        event.operation = RecordedOperation{operation_hash(bytes), bytes, std::string(64, 's')};
    }
    event.body = std::move(body);
    return event;
}

}  // namespace

TEST_CASE("every event is read back as it was written, and written again the same") {
    const Operation review = operation(submit());
    Judged judged;
    judged.clock_suspect = true;
    judged.post_hoc = true;
    judged.adjudicates = true;
    judged.lacks = "'Is anybody in danger?' has no answer";
    ReviewSubmitted submitted{review_of(review)};
    submitted.review.judged = judged;
    const Digest hash = sha256("op");
    const StreamId stream("device.1");
    const LeaseRef lease{1, {7, 2}};
    const std::vector<Event> events = {
        event_of(ProjectCreated{"City"}),
        event_of(PolicyActivated{hash, 3}),
        event_of(PolicyProposed{4, hash, sha256("base"), 3, {"label 'x' is new", "label 'y' is gone"}, 2, "Gas first"}),
        event_of(PolicyProposed{1, hash, sha256("base"), {}, {}, 0, ""}),
        event_of(PolicyChangeWithdrawn{4, "Not yet"}),
        event_of(PolicyApproved{4, hash}),
        event_of(EpochStarted{"1790000000000-00ff00ff00ff00ff", "countersign/0011223344556677/city/1", 9, hash}),
        event_of(
            StreamOpened{ActorId("ada"), DeviceId("d"), stream, std::string(32, 'k'), "copied", StreamId("old.1")}),
        event_of(StreamOpened{ActorId("ada"), DeviceId("d"), stream, std::string(32, 'k'), "first_contact", {}}),
        event_of(StreamForked{stream, 7}),
        event_of(RightsRevoked{ActorId("ada"), DeviceId("d"), {{stream, 4}}}),
        event_of(RightsRevoked{ActorId("ada"), {}, {}}),
        event_of(RightsRestored{ActorId("ada"), {}}),
        event_of(WorkLost{stream, 9, 4, {ItemId("msg-1"), ItemId("msg-2")}}),
        event_of(ItemIngested{sha256("document"), prediction(), route()}),
        event_of(PredictionAdded{prediction(), std::nullopt}),
        event_of(PredictionAdded{prediction(), route()}),
        event_of(LeaseGranted{lease, ActorId("ada"), stream, Instant{99}, true}),
        event_of(LeaseRenewed{lease, Instant{199}}),
        event_of(LeaseEnded{lease, true}),
        event_of(submitted, review),
        event_of(ReviewWithdrawn{OperationId("x"), ActorId("ada")}, operation(WithdrawReview{OperationId("x")})),
        event_of(NoteAdded{OperationId("n"), hash}, operation(AddNote{{}, hash})),
        event_of(OperationQuarantined{stream, 4, hash, ErrorCode::forbidden, "no right", review_of(review)}, review),
        event_of(OperationQuarantined{stream, 4, hash, ErrorCode::invalid_argument, "cannot be read", {}}),
        event_of(OperationRepeated{OperationId("again")}, review),
        event_of(QuarantineSettled{hash, OperationId("x"), true, hash}),
        event_of(QuarantineSettled{hash, OperationId("x"), false, {}}),
        event_of(ItemClosed{ClosedAs::final}),
        event_of(ItemClosed{ClosedAs::erased}),
        event_of(ContradictionFound{OperationId("x")}),
        event_of(SubjectErased{{ItemId("msg-1")}, {hash}, "request", ActorId("lea")}),
        event_of(SubjectErased{{ItemId("msg-1")}, {hash}, "law", ActorId("lea"), "file 12/26"})};
    for (const Event& event : events) {
        INFO(event_type(event.body));
        const std::string leaf = encode_leaf(ProjectId("city"), event).value();
        const auto read = decode_leaf(leaf);
        INFO(leaf << "\n" << (read.ok() ? "" : read.error().text()));
        REQUIRE(read.ok());
        CHECK(encode_leaf(ProjectId("city"), read.value()).value() == leaf);
        CHECK(CanonicalJson().read(leaf).ok());
        CHECK(to_text(parse_json(leaf).value()) == leaf);
    }
}

TEST_CASE("a review in the log is what its operation says, with what the server noted") {
    const Operation op = operation(submit());
    ReviewSubmitted body{review_of(op)};
    body.review.judged.policy_changed = true;
    const Event read = decode_leaf(encode_leaf(ProjectId("city"), event_of(body, op)).value()).value();
    const Review& review = std::get<ReviewSubmitted>(read.body).review;
    CHECK(review.id == op.id);
    CHECK(review.reviewer == op.actor);
    CHECK(review.draft == submit().draft);
    CHECK(review.answer_texts == submit().answer_texts);
    CHECK(review.lease == submit().lease);
    CHECK(review.judged.policy_changed);
    CHECK(read.operation->hash == operation_hash(read.operation->bytes));
}

TEST_CASE("a leaf that is too long for the log is refused before it is stored") {
    Prediction many = prediction();
    for (int i = 0; i < 4'000; ++i) {
        many.scores.push_back({LabelId("label-" + std::to_string(i)), Ppm{1}});
    }
    const auto leaf = encode_leaf(ProjectId("city"), event_of(ItemIngested{sha256("d"), many, route()}));
    REQUIRE_FALSE(leaf.ok());
    CHECK(leaf.error().code == ErrorCode::exhausted);
}

TEST_CASE("a damaged leaf is corrupt, a newer kind of event is only unknown") {
    const std::string leaf =
        encode_leaf(ProjectId("city"), event_of(ReviewWithdrawn{OperationId("x"), ActorId("ada")})).value();
    for (size_t at = 0; at < leaf.size(); at += 3) {
        std::string damaged = leaf;
        damaged.erase(at, 1);
        const auto read = decode_leaf(damaged);
        if (!read.ok()) {
            CHECK((read.error().code == ErrorCode::corrupt || read.error().code == ErrorCode::unimplemented));
        }
    }
    std::string newer = leaf;
    newer.replace(newer.find("review_withdrawn"), 16, "review_applauded");
    CHECK(decode_leaf(newer).error().code == ErrorCode::unimplemented);
}
