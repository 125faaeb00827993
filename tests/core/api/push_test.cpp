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
