// What a server does with what a device sends: operations are made by hand here, line by line. Everything that arrives
// is recorded; what it may not count waits, with the reason, and holds up nothing.

#include <catch_amalgamated.hpp>

#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

using store::OperationState;

struct City {
    City() {
        set_up_city(server);
        ada.hello();
    }

    // All events of a type.
    std::vector<Event> events(std::string_view type) {
        std::vector<Event> out;
        const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
        for (const store::StoredEvent& stored : store::read_events(*server.database, project, 0, 10'000).value()) {
            Event event = decode_leaf(stored.leaf).value();
            if (event_type(event.body) == type) {
                out.push_back(std::move(event));
            }
        }
        return out;
    }

    TestServer server;
    Hand ada{server};
};

}  // namespace

TEST_CASE("a push is saved, its operations become events, and the same push again changes nothing") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    const OperationId first = city.ada.last;
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    const PushBody push = city.ada.batch();
    const TestServer::Answer answer = city.ada.send(push);
    CHECK(answer.status == 200);
    CHECK(*parse_json(answer.body).value().find("saved")->integer() == 2);
    CHECK(city.ada.row(first).state == OperationState::recorded);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.send(push).status == 200);
    CHECK(city.events("review_submitted").size() == 2);
    // The batch's signature stands where the batch ends.
    CHECK(city.events("review_submitted")[0].operation->signature.empty());
    CHECK(city.events("review_submitted")[1].operation->signature == push.signature);
}

TEST_CASE("a text that the operation does not name is kept nowhere; the operation counts") {
    City city;
    const CommittedText note = city.ada.text(kNoteDomain, "Rang the works.");
    const CommittedText smuggled = city.ada.text(kNoteDomain, "Nobody asked for this.");
    city.ada.seal("msg-1", AddNote{{}, note.commitment}, {note, smuggled});
    PushBody push = city.ada.batch();
    city.ada.sign_in();
    std::string body = write_push_body(push, Elide::no);
    const size_t end = body.rfind("{\"end\"");
    body.insert(end, R"({"as":"note","key":")" + to_hex(smuggled.key) +
                         R"(","text":"Nobody asked for this."})"
                         "\n");
    const TestServer::Answer answer =
        city.server.ask("POST", "/api/v1/projects/city/operations", body, "application/jsonl");
    INFO(answer.body);
    CHECK(answer.status == 200);
    CHECK(city.ada.state("msg-1").notes.size() == 1);
    CHECK(store::read_note(*city.server.database, note.commitment).value()->text == "Rang the works.");
    CHECK_FALSE(store::read_note(*city.server.database, smuggled.commitment).value());
}

TEST_CASE("an operation whose text is missing, or was committed to as something else, waits with the reason") {
    City city;
    const CommittedText answer = city.ada.text(kAnswerDomain, "Rang the works.");
    city.ada.seal("msg-1", AddNote{{}, answer.commitment}, {answer});
    city.ada.push();
    CHECK(city.ada.row(city.ada.last).state == OperationState::quarantined);
    CHECK(city.ada.row(city.ada.last).reason.find("body.text") != std::string::npos);
    city.ada.seal("msg-1", AddNote{{}, sha256("nothing")});
    city.ada.push();
    CHECK(city.ada.row(city.ada.last).state == OperationState::quarantined);
    CHECK(city.ada.state("msg-1").notes.empty());
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
        City city;
        SubmitReview review = city.ada.review("msg-2");
        review.draft.rationale.evidence = {one.evidence};
        city.ada.seal("msg-2", review);
        city.ada.push();
        const store::OperationRow row = city.ada.row(city.ada.last);
        INFO(one.evidence.field << " " << one.evidence.end << ": " << row.reason);
        const bool good = *one.reason == 0;
        CHECK(row.state == (good ? OperationState::recorded : OperationState::quarantined));
        CHECK(row.reason.ends_with(one.reason));
        REQUIRE(city.ada.state("msg-2").reviews.size() == 1);
        CHECK(city.ada.state("msg-2").reviews.front().quarantined == !good);
    }
}

TEST_CASE("a review of a prediction that the item does not have waits for a lead; the next one counts") {
    City city;
    SubmitReview review = city.ada.review("msg-1");
    review.prediction = sha256("none of this item's");
    city.ada.seal("msg-1", review);
    city.ada.push();
    CHECK(city.ada.row(city.ada.last)
              .reason.starts_with("prediction: the review is about a prediction that this item does not"));
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::open);
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.push();
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
}

TEST_CASE("a correction is judged by the prediction that was looked at, not by one that came since") {
    City city;
    SubmitReview review = city.ada.review("msg-1");
    review.draft.verdict = Verdict::correct;
    review.draft.label = LabelId("drain");
    std::string later = sample_line("msg-1", "A hole in the road", "drain", "0.6");
    city.server.ingest("city", later.replace(later.find("topics-1"), 8, "topics-2"));
    city.ada.seal("msg-1", review);
    city.ada.push();
    CHECK(city.ada.row(city.ada.last).state == OperationState::recorded);
    CHECK(city.ada.state("msg-1").reviews.front().reason == StandingReason::prediction_replaced);
}

TEST_CASE("a review that lacks very many things waits with words that fit the log") {
    City city;
    SubmitReview review = city.ada.review("msg-1");
    for (uint32_t i = 0; i < 900; ++i) {
        review.draft.rationale.evidence.push_back({"input.n", 10 + i, 9'000 + i});
    }
    city.ada.seal("msg-1", review);
    city.ada.push();
    CHECK(city.ada.row(city.ada.last).state == OperationState::quarantined);
    CHECK(city.ada.row(city.ada.last).reason.size() < 10'000);
}

TEST_CASE("what cannot be read, is somebody else's or stands at a wrong place waits; what comes behind it counts") {
    City city;
    const auto spoiled = [&](auto spoil) {
        Operation operation = city.ada.operation("msg-1", city.ada.review("msg-1"));
        spoil(operation);
        city.ada.seal(operation);
        return operation.id;
    };
    const OperationId other_actor = spoiled([](Operation& one) { one.actor = ActorId("ben"); });
    const OperationId other_project = spoiled([](Operation& one) { one.project = ProjectId("town"); });
    const OperationId other_seq = spoiled([](Operation& one) { one.seq = 17; });
    city.ada.push();
    // What breaks the chain is pushed alone, as devices do.
    const OperationId other_prev = spoiled([](Operation& one) { one.prev = sha256("elsewhere"); });
    city.ada.push();
    city.ada.seal_bytes("this is no JSON at all");
    city.ada.push();
    city.ada.seal_bytes(R"({"v":2,"nothing":"of an envelope"})");
    city.ada.push();
    std::string spaced = encode_operation(city.ada.operation("msg-1", city.ada.review("msg-1"))).value();
    city.ada.seal_bytes(spaced.insert(1, " "));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    const TestServer::Answer answer = city.ada.push();
    CHECK(*parse_json(answer.body).value().find("saved")->integer() == 8);
    for (const OperationId& id : {other_actor, other_project, other_seq, other_prev}) {
        INFO(city.ada.row(id).reason);
        CHECK(city.ada.row(id).state == OperationState::quarantined);
    }
    CHECK(city.events("operation_quarantined").size() == 7);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::open);
    CHECK(city.ada.state("msg-2").resolution.status == ItemStatus::resolved);
    // Not one byte of what arrived is gone.
    store::Statement kept = city.server.database->prepare("SELECT bytes FROM operation WHERE seq = 5").value();
    REQUIRE(kept.step().value());
    CHECK(kept.text(0) == "this is no JSON at all");
}

TEST_CASE("an operation that was changed behind its author's back is refused with those that the signature covers") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    PushBody push = city.ada.batch();
    const size_t at = push.operations[0].bytes.find("accept");
    REQUIRE(at != std::string::npos);
    push.operations[0].bytes.replace(at, 6, "reject");
    city.ada.sign_in();
    const TestServer::Answer answer = city.server.ask("POST", "/api/v1/projects/city/operations",
                                                      write_push_body(push, Elide::no), "application/jsonl");
    CHECK(answer.status == 400);
    CHECK(answer.body.find("does not continue the operation before it") != std::string::npos);
    CHECK(city.ada.state("msg-1").reviews.empty());
    CHECK(city.ada.send(push).status == 400);  // left to be put back, the chain ends elsewhere than was signed
}

TEST_CASE("a push behind a gap is told where the stream stands, and nothing of it is taken") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    PushBody first = city.ada.batch();
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    const PushBody second = city.ada.batch();
    const TestServer::Answer answer = city.ada.send(second);
    CHECK(answer.status == 409);
    const Json expected = *parse_json(answer.body).value().find("expected");
    CHECK(*expected.find("seq")->integer() == 1);
    CHECK(expected.text_of("hash") == std::string(64, '0'));
    CHECK(city.ada.send(first).status == 200);
    CHECK(city.ada.send(second).status == 200);
    CHECK(city.events("review_submitted").size() == 2);
}

TEST_CASE("the same place with another content is a fork: both branches are kept, the lead is told, once") {
    City city;
    Hand copy = city.ada;
    copy.entropy = SeededEntropy(99);
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.push();
    copy.seal("msg-2", copy.review("msg-2"));
    copy.seal("msg-1", copy.review("msg-1"));
    const TestServer::Answer answer = copy.push();
    CHECK(parse_json(answer.body).value().text_of("state") == "forked");
    CHECK(*parse_json(answer.body).value().find("saved")->integer() == 2);
    CHECK(city.ada.state("msg-2").resolution.status == ItemStatus::resolved);
    CHECK(city.events("stream_forked").size() == 1);
    // Both go on as they are, and both are kept.
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.push();
    CHECK(store::operations_at(*city.server.database, city.ada.stream, 2).value().size() == 2);
    CHECK(city.events("stream_forked").size() == 1);
    CHECK(city.events("review_submitted").size() == 4);
}

TEST_CASE("what is not signed by the device that it names waits for a lead") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    PushBody unsigned_push = city.ada.batch();
    unsigned_push.signature = {};
    CHECK(city.ada.send(unsigned_push).status == 200);
    CHECK(city.ada.row(city.ada.last).state == OperationState::quarantined);
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    PushBody wrongly_signed = city.ada.batch();
    wrongly_signed.signature = std::string(64, 'x');
    CHECK(city.ada.send(wrongly_signed).status == 200);
    CHECK(city.ada.row(city.ada.last).state == OperationState::quarantined);
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.push();
    CHECK(city.ada.row(city.ada.last).state == OperationState::recorded);
}

TEST_CASE("a decision on an item that is not here yet is kept, with its words, and counts when the item comes") {
    City city;
    const CommittedText note = city.ada.text(kNoteDomain, "Seen on the way.");
    Operation review = city.ada.operation("later", city.ada.review("msg-1"));
    city.ada.seal(review);
    city.ada.seal("later", AddNote{{}, note.commitment}, {note});
    city.ada.push();
    CHECK(city.ada.row(review.id).state == OperationState::quarantined);
    city.server.ingest("city", sample_line("later", "A hole in the road", "pothole", "0.71"));
    INFO(city.ada.row(review.id).reason);
    CHECK(city.ada.row(review.id).state == OperationState::recorded);
    CHECK(city.ada.state("later").resolution.status == ItemStatus::resolved);
    REQUIRE(city.ada.state("later").notes.size() == 1);
    CHECK(city.ada.state("later").notes.front().id == city.ada.last);
}

TEST_CASE("one decision in two envelopes counts once") {
    City city;
    Operation operation = city.ada.operation("msg-1", city.ada.review("msg-1"));
    city.ada.seal(operation);
    city.ada.push();
    Hand again(city.server, "ada", 6);
    again.hello();
    Operation same = again.operation("msg-1", operation.command);
    same.id = operation.id;
    again.seal(same);
    again.push();
    CHECK(city.events("operation_repeated").size() == 1);
    CHECK(city.ada.state("msg-1").reviews.size() == 1);
}

TEST_CASE("an operation of a type that only a newer version knows is kept as it is") {
    City city;
    std::string bytes = encode_operation(city.ada.operation("msg-1", city.ada.review("msg-1"))).value();
    bytes.replace(bytes.find("submit_review"), 13, "submit_praise");
    const OperationId id = read_envelope(bytes).value().id;
    city.ada.seal_bytes(bytes);
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.push();
    CHECK(city.ada.row(id).state == OperationState::unknown);
    CHECK(city.ada.row(id).bytes == bytes);
    REQUIRE(city.events("operation_quarantined").size() == 1);
    CHECK(city.events("operation_quarantined").front().operation->bytes == bytes);
    CHECK(city.ada.state("msg-2").resolution.status == ItemStatus::resolved);
}

TEST_CASE("what was decided before the right was taken away counts, what came after waits") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.hello();  // announces it
    const PushBody before = city.ada.batch();
    city.server.sign_in("root", "admin");
    const TestServer::Answer changed = city.server.ask("PUT", "/api/v1/accounts/ada", R"({"disabled":true})");
    INFO(changed.body);
    CHECK(changed.status < 300);
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    const PushBody after = city.ada.batch();
    CHECK(city.ada.send(before).status == 200);
    CHECK(city.ada.send(after).status == 200);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.state("msg-2").resolution.status == ItemStatus::open);
    CHECK(city.ada.row(city.ada.last).reason.find("right to review") != std::string::npos);
    CHECK(city.events("rights_revoked").size() == 1);
}

TEST_CASE("a push that is no push is refused with its line, and nothing of it is kept") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    const std::string good = write_push_body(city.ada.batch(), Elide::yes);
    const auto field = [&](const std::string& body) {
        city.ada.sign_in();
        const TestServer::Answer answer =
            city.server.ask("POST", "/api/v1/projects/city/operations", body, "application/jsonl");
        INFO(answer.body);
        CHECK(answer.status == 400);
        return parse_json(answer.body).value().text_of("field");
    };
    CHECK(field("") == "line 1");
    CHECK(field("{}\n") == "line 1.push");
    CHECK(field(good.substr(good.find('\n') + 1)).starts_with("line 1"));
    CHECK(field(good.substr(0, good.rfind("{\"end\""))).starts_with("line 2"));  // cut off
    std::string changed = good;
    changed.replace(changed.find("\"accept\""), 8, "\"reject\"");
    CHECK(field(changed) == "line 3.hash");
    store::Statement kept = city.server.database->prepare("SELECT count(*) FROM operation").value();
    REQUIRE(kept.step().value());
    CHECK(kept.integer(0) == 0);
}

TEST_CASE("a push with more operations than the server takes at once is too large, not too often") {
    City city;
    city.server.settings.limits.operations_per_push = 1;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    CHECK(city.ada.send(city.ada.batch()).status == 413);
}

TEST_CASE("a push to a stream that never said hello, or is another's, is refused and says what to do") {
    City city;
    Hand stranger(city.server, "ben", 9);
    stranger.seal("msg-1", stranger.review("msg-1"));
    CHECK(stranger.send(stranger.batch()).status == 404);
    Hand thief = city.ada;
    thief.account = ActorId("ben");
    thief.seal("msg-1", thief.review("msg-1"));
    const TestServer::Answer answer = thief.send(thief.batch());
    CHECK(answer.status == 403);
    CHECK(parse_json(answer.body).value().text_of("detail") == "this stream is 'ada's; signed in is 'ben'");
}

TEST_CASE("somebody else hands in a file: what the device signed counts as its author's, for a lead only") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    const std::string body = write_push_body(city.ada.batch(), Elide::no);
    city.server.sign_in("ben", "reviewer");
    CHECK(city.server.ask("POST", "/api/v1/projects/city/outbox", body, "application/jsonl").status == 403);
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("POST", "/api/v1/projects/city/outbox", body, "application/jsonl").status == 200);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.state("msg-1").reviews.front().reviewer.text == "ada");
}
