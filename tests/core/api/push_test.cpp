// What a server takes from a device that does not behave: operations are made by hand here, line by line.

#include <catch_amalgamated.hpp>

#include "core/log/operation.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/operations.h"
#include "core/sync/line.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const char* const kPath = "/api/v1/projects/city/operations";

// A server with two items, and a stream of ada's.
class Hand {
public:
    Hand() {
        server.create_project("city", sample_policy());
        server.ingest("city", sample_line("msg-1", "A hole in the road", "pothole", "0.71") +
                                  sample_line("msg-2", "Größte Eile ☂", "pothole", "0.71"));
        server.sign_in("ada", "reviewer");
    }

    CommittedText text(std::string_view domain, std::string words) {
        return commit_text(domain, entropy.bytes(kCommitmentKey_bytes), std::move(words));
    }

    // An acceptance of what was predicted, for tests to spoil.
    SubmitReview review(std::string_view item) {
        SubmitReview out;
        out.draft = {.verdict = Verdict::accept, .active_ms = 800};
        out.prediction = prediction_digest(state(item).current());
        out.policy = state(item).route.policy;
        return out;
    }

    Json push(std::string_view item, const CommandBody& command, const std::vector<CommittedText>& texts = {}) {
        Operation operation;
        operation.stream = StreamId("by-hand");
        operation.seq = head.seq + 1;
        operation.prev = head.hash;
        operation.id = OperationId(make_uuid(entropy, 1'000 + static_cast<int64_t>(head.seq)));
        operation.project = ProjectId("city");
        operation.item = ItemId(std::string(item));
        operation.actor = ActorId("ada");
        operation.at = server.clock.now();
        operation.command = command;
        const std::string bytes = encode_operation(operation).value();
        const TestServer::Answer answer = server.ask("POST", kPath, sync::push_line(bytes, texts), "application/jsonl");
        if (answer.status == 200) {
            head = {operation.seq, operation_hash(bytes)};
        }
        Json json = parse_json(answer.body).value();
        const Json* answers = json.find("answers");
        return answers == nullptr ? json : Json((*answers->array())[0]);
    }

    ItemState state(std::string_view item) {
        const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
        const ItemId id{std::string(item)};
        return store::load_state(*server.database, id, store::find_item(*server.database, project, id).value()).value();
    }

    TestServer server;
    SeededEntropy entropy{5};
    store::StreamHead head;
};

std::string words(const Json& json, std::string_view name) {
    const Json* value = json.find(name);
    return value == nullptr ? std::string() : *value->string();
}

}  // namespace

TEST_CASE("texts that the operation does not name, or names once and gets twice, are refused with their place") {
    Hand hand;
    const CommittedText note = hand.text(kNoteDomain, "Rang the works.");
    const CommittedText smuggled = hand.text(kNoteDomain, "Nobody asked for this.");
    const Json refused = hand.push("msg-1", AddNote{{}, note.commitment}, {note, smuggled});
    CHECK(words(refused, "code") == "invalid_argument");
    CHECK(words(refused, "field") == "line 1.texts[1]");
    CHECK_FALSE(store::read_note(*hand.server.database, smuggled.commitment).value());
    CommittedText other = note;
    other.text = "Something else under the same commitment.";
    CHECK(words(hand.push("msg-1", AddNote{{}, note.commitment}, {note, other}), "field") == "line 1.texts[1]");
    CHECK(words(hand.push("msg-1", ClaimItem{}, {smuggled}), "field") == "line 1.texts[0]");
    CHECK(words(hand.push("msg-1", AddNote{{}, note.commitment}, {note}), "state") == "saved");
    CHECK(store::read_note(*hand.server.database, note.commitment).value()->text == "Rang the works.");
}

TEST_CASE("a text that does not open its commitment, or opens it as something else, is refused") {
    Hand hand;
    CommittedText note = hand.text(kNoteDomain, "Rang the works.");
    note.text = "Rang nobody.";
    CHECK(words(hand.push("msg-1", AddNote{{}, note.commitment}, {note}), "field") == "line 1.body.text");
    const CommittedText answer = hand.text(kAnswerDomain, "Rang the works.");
    CHECK(words(hand.push("msg-1", AddNote{{}, answer.commitment}, {answer}), "field") == "line 1.body.text");
}

TEST_CASE("marked evidence must be in a text of the item; offsets are code points") {
    struct Case {
        Evidence evidence;
        const char* reason;
    };

    const Case cases[] = {
        {{"input.text", 0, 13}, ""},
        {{"metadata.channel", 0, 3}, ""},
        {{"input.text", 0, 14}, "the marked place 0 to 14 is not in 'input.text', which has 13 characters"},
        {{"input.nowhere", 500, 900}, "the item has no text 'input.nowhere' to mark"},
        {{"input", 0, 1}, "the item has no text 'input' to mark"},
        {{"metadata.channel", 3, 4}, "the marked place 3 to 4 is not in 'metadata.channel', which has 3 characters"}};
    for (const Case& one : cases) {
        Hand hand;
        SubmitReview review = hand.review("msg-2");
        review.draft.rationale.evidence = {one.evidence};
        const Json answer = hand.push("msg-2", review);
        INFO(one.evidence.field << " " << one.evidence.end << ": " << to_text(answer));
        CHECK(words(answer, "state") == (*one.reason == 0 ? "saved" : "refused"));
        CHECK(words(answer, "reason").ends_with(one.reason));
        CHECK(hand.state("msg-2").reviews.empty() == (*one.reason != 0));
    }
}

TEST_CASE("a review of a prediction that the item does not have is recorded as refused") {
    Hand hand;
    SubmitReview review = hand.review("msg-1");
    review.prediction = sha256("none of this item's");
    const Json answer = hand.push("msg-1", review);
    CHECK(words(answer, "state") == "refused");
    CHECK(words(answer, "reason").starts_with("prediction: the review is about a prediction that this item does not"));
    CHECK((*answer.find("events")->array()).size() == 1);
    CHECK(hand.state("msg-1").resolution.status == ItemStatus::open);
    CHECK(words(hand.push("msg-1", hand.review("msg-1")), "state") == "saved");
}

TEST_CASE("a correction is judged by the prediction that was looked at, not by one that came since") {
    Hand hand;
    SubmitReview review = hand.review("msg-1");
    review.draft.verdict = Verdict::correct;
    review.draft.label = LabelId("drain");
    std::string later = sample_line("msg-1", "A hole in the road", "drain", "0.6");
    hand.server.ingest("city", later.replace(later.find("topics-1"), 8, "topics-2"));
    const Json answer = hand.push("msg-1", review);
    INFO(to_text(answer));
    CHECK(words(answer, "state") == "saved");
    CHECK(hand.state("msg-1").resolution.label.text == "drain");
}

TEST_CASE("a review that lacks very many things is refused in words that fit the log") {
    Hand hand;
    SubmitReview review = hand.review("msg-1");
    for (uint32_t i = 0; i < 900; ++i) {
        review.draft.rationale.evidence.push_back({"input.n", 10 + i, 9'000 + i});
    }
    const Json answer = hand.push("msg-1", review);
    INFO(to_text(answer).substr(0, 300));
    CHECK(words(answer, "state") == "refused");
}
