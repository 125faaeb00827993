#include "core/log/leaf.h"

#include <catch_amalgamated.hpp>

#include "core/json/json.h"

using namespace countersign;

namespace {

Prediction prediction() {
    return {ModelId("topics-1"),
            LabelId("pothole"),
            Ppm{710'000},
            {{LabelId("pothole"), Ppm{710'000}}, {LabelId("drain"), Ppm{200'000}}}};
}

RouteTaken route() {
    return {"full", TierKind::full, "gas", Instant{5}, 2, sha256("policy")};
}

Review review() {
    Review out;
    out.id = OperationId("01900000-0000-7000-8000-000000000001");
    out.reviewer = ActorId("ada");
    out.stream = StreamId("device.1");
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
    out.claimed_at = Instant{-7};
    out.supersedes = OperationId("01900000-0000-7000-8000-000000000000");
    return out;
}

Event event_of(EventBody body) {
    return {.seq = 12,
            .at = Instant{1'790'000'000'000'000},
            .item = ItemId("msg-1"),
            .actor = ActorId("ada"),
            .operation = sha256("op"),
            .body = std::move(body)};
}

}  // namespace

TEST_CASE("every event is read back as it was written, and written again the same") {
    const std::vector<EventBody> bodies = {
        ProjectCreated{"City"},
        PolicyActivated{sha256("policy"), 3},
        ItemIngested{sha256("document"), prediction(), route()},
        PredictionAdded{prediction(), std::nullopt},
        PredictionAdded{prediction(), route()},
        ItemAssigned{ActorId("ada"), StreamId("device.1"), 4, Instant{99}},
        ReviewSubmitted{review()},
        ReviewWithdrawn{OperationId("x"), ActorId("ada")},
        OperationRefused{OperationId("y"), ActorId("ada"), ErrorCode::failed_precondition, "no answer"}};
    for (const EventBody& body : bodies) {
        INFO(event_type(body));
        const std::string leaf = encode_leaf(ProjectId("city"), event_of(body)).value();
        const auto read = decode_leaf(leaf);
        INFO(leaf << "\n" << (read.ok() ? "" : read.error().text()));
        REQUIRE(read.ok());
        CHECK(encode_leaf(ProjectId("city"), read.value()).value() == leaf);
        // Canonical: the parsed value, written compactly, is the leaf.
        CHECK(to_text(parse_json(leaf).value()) == leaf);
    }
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

TEST_CASE("leaf hashes are RFC 6962's, so that a Merkle tree can stand on them") {
    // The empty leaf's hash from the Certificate Transparency test vectors.
    CHECK(to_hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CHECK(next_link(Digest{}, leaf_hash("a")) != next_link(Digest{}, leaf_hash("b")));
}
