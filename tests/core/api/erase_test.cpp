// Erasure through the API: what goes, what stays, and what a server does that was killed or put back in between.

#include "core/api/erase.h"

#include <set>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/subjects.h"
#include "tests/support/device.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

constexpr std::string_view kMarker = "Quetzalcoatlus";  // stands in nothing but the texts of one person

std::string line_about(std::string_view subject, std::string_view id, std::string_view text,
                       std::string_view confidence = "0.3") {
    const std::string line = sample_line(id, text, "pothole", confidence);
    return concat(R"({"subject":")", subject, R"(",)", line.substr(1));
}

std::string marked(std::string_view what) {
    return concat(kMarker, ' ', what, " is here in the street");
}

ReviewDraft rejected(std::string words) {
    ReviewDraft draft{.verdict = Verdict::reject, .active_ms = 900};
    draft.answers = {{"danger", "no"}, {"place", "yes"}, {"comment", marked("as an answer")}};
    draft.rationale = {{"vague"}, std::move(words), {}};
    return draft;
}

int64_t number_of(store::Database& database, const char* item) {
    return store::find_item(database, store::find_project(database, ProjectId("city")).value(), ItemId(item)).value();
}

std::vector<std::string> leaves_of(store::Database& database, std::string_view type) {
    const store::ProjectRow project = store::find_project(database, ProjectId("city")).value();
    std::vector<std::string> out;
    for (const store::StoredEvent& event : store::read_events(database, project, 0, 10'000).value()) {
        if (event_type(decode_leaf(event.leaf).value().body) == type) {
            out.push_back(event.leaf);
        }
    }
    return out;
}

// Two items about a person, one about another, one that stands for itself; decisions with words on all of them.
struct City {
    explicit City(const std::string& path = ":memory:", const std::string& keys_path = ":memory:")
        : server(5, path, keys_path) {
        server.create_project("city", sample_policy());
        server.ingest("city", line_about("person-1", "a", marked("a hole")) + line_about("person-1", "b", marked("b")) +
                                  line_about("person-2", "c", "A lamp is dark") +
                                  sample_line("d", "Water in the street", "pothole", "0.3"));
        ada.settle();
        for (const char* item : {"a", "c"}) {
            REQUIRE(ada.decide(item, rejected(marked("as a reason"))).ok());
        }
        REQUIRE(ada.device->submit({ada.project, ItemId("b"), ada.actor, AddNote{marked("as a note"), {}}}).ok());
        ada.client->operation_added();
        ada.settle();
        server.sign_in("ruth", "admin");
    }

    TestServer::Answer erase(std::string_view name, std::string_view value, std::string_view ground = "request") {
        JsonWriter body;
        body.begin_object().member(name, value).member("ground", ground).end_object();
        return server.ask("POST", "/api/v1/projects/city/erase", std::move(body).take());
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
};

}  // namespace

TEST_CASE("an erasure of a subject takes the texts of all its items and of nobody else's") {
    City city;
    store::Database& database = *city.server.database;
    REQUIRE(store::read_notes(database, number_of(database, "a")).value().size() == 2);
    const TestServer::Answer answer = city.erase("subject", "person-1");
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.body.find(R"("items":["a","b"])") != std::string::npos);
    for (const char* item : {"a", "b"}) {
        const int64_t no = number_of(database, item);
        CHECK(store::read_document(database, no).error().code == ErrorCode::not_found);
        CHECK(store::read_notes(database, no).value().empty());
        CHECK_FALSE(store::key_of_item(database, no).value());
    }
    CHECK(store::read_document(database, number_of(database, "c")).ok());
    CHECK(store::read_notes(database, number_of(database, "c")).value().size() == 2);
    CHECK(store::read_document(database, number_of(database, "d")).ok());
}

TEST_CASE("what was decided on an erased item stands, what waited for a decision leaves the queue") {
    City city;
    REQUIRE(city.erase("subject", "person-1").status == 200);
    store::Database& database = *city.server.database;
    const ItemState decided = store::load_state(database, ItemId("a"), number_of(database, "a")).value();
    CHECK(decided.resolution.status == ItemStatus::resolved);
    CHECK(decided.reviews.front().standing == DecisionStanding::effective);
    CHECK(decided.erased);
    const ItemState open = store::load_state(database, ItemId("b"), number_of(database, "b")).value();
    CHECK(open.resolution.status == ItemStatus::withdrawn);
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"a","as":"withdrawn"})").status == 422);
}

TEST_CASE("the log says who erased what and on which ground, and nothing of whom") {
    City city;
    const TestServer::Answer answer = city.server.ask(
        "POST", "/api/v1/projects/city/erase", R"({"subject":"person-1","ground":"objection","note":"file 12/26"})");
    REQUIRE(answer.status == 200);
    const std::vector<std::string> leaves = leaves_of(*city.server.database, "subject_erased");
    REQUIRE(leaves.size() == 1);
    const Event event = decode_leaf(leaves.front()).value();
    const auto& body = std::get<SubjectErased>(event.body);
    CHECK(event.actor.text == "ruth");
    CHECK(body.requested_by.text == "ruth");
    CHECK(body.ground == "objection");
    CHECK(body.note == "file 12/26");
    CHECK(body.items == std::vector<ItemId>{ItemId("a"), ItemId("b")});
    CHECK(body.commitments.size() == 5);  // two documents, a reason, an answer, a note
    CHECK(leaves.front().find("person-1") == std::string::npos);
}

TEST_CASE("an item that stands for itself is erased alone; one that is about somebody takes the others along") {
    City city;
    CHECK(city.erase("item", "d").body.find(R"("items":["d"])") != std::string::npos);
    CHECK(city.erase("item", "b").body.find(R"("items":["a","b"])") != std::string::npos);
    CHECK(store::read_document(*city.server.database, number_of(*city.server.database, "c")).ok());
}

TEST_CASE("asking again changes nothing, asking for nobody is answered with 404") {
    City city;
    REQUIRE(city.erase("subject", "person-1").status == 200);
    const size_t before = leaves_of(*city.server.database, "subject_erased").size();
    for (const auto& [name, value] : {std::pair{"subject", "person-1"}, {"item", "a"}}) {
        const TestServer::Answer again = city.erase(name, value);
        CHECK(again.status == 200);
        CHECK(again.body.find(R"("already":true)") != std::string::npos);
    }
    CHECK(leaves_of(*city.server.database, "subject_erased").size() == before);
    CHECK(city.erase("subject", "nobody").status == 404);
    CHECK(city.erase("item", "nothing").status == 404);
    CHECK(city.erase("item", "d", "because").status == 400);
    CHECK(city.server.ask("POST", "/api/v1/projects/city/erase", R"({"ground":"request"})").status == 400);
    CHECK(city.server
              .ask("POST", "/api/v1/projects/city/erase", R"({"ground":"request","item":"d","subject":"person-2"})")
              .status == 400);
}

TEST_CASE("an export says since when an item is erased, and has no text of it") {
    City city;
    REQUIRE(city.erase("subject", "person-1").status == 200);
    city.server.sign_in("lea", "lead");
    const std::string records = city.server.ask("GET", "/api/v1/projects/city/export?status=resolved").body;
    const std::string first = records.substr(0, records.find('\n'));
    const Json record = parse_json(first).value();
    CHECK(record.find("item")->text_of("id") == "a");
    CHECK(record.find("item")->text_of("erased") == to_rfc3339(city.server.clock.now()));
    CHECK(record.find("item")->find("input") == nullptr);
    CHECK(first.find(kMarker) == std::string::npos);
    CHECK(first.find(R"("verdict":"reject")") != std::string::npos);
}

TEST_CASE("the same line again is refused for an erased item, in words") {
    City city;
    REQUIRE(city.erase("subject", "person-1").status == 200);
    city.server.sign_in("owner", "model_owner");
    const TestServer::Answer answer =
        city.server.ask("POST", "/api/v1/projects/city/predictions", line_about("person-1", "a", marked("a hole")),
                        "application/jsonl");
    CHECK(answer.status == 207);
    CHECK(answer.body.find("this item was erased") != std::string::npos);
    // Something new about the same person is another matter: it lies under another key.
    city.server.ingest("city", line_about("person-1", "e", "Something new"));
    CHECK(store::read_document(*city.server.database, number_of(*city.server.database, "e")).ok());
    city.server.sign_in("ruth", "admin");
    CHECK(city.erase("subject", "person-1").body.find(R"("items":["e"])") != std::string::npos);
}

TEST_CASE("a line that says something else of whom it is about is refused") {
    City city;
    city.server.sign_in("owner", "model_owner");
    std::string line = line_about("person-2", "a", marked("a hole"));
    line.replace(line.find("topics-1"), 8, "topics-2");
    const TestServer::Answer answer =
        city.server.ask("POST", "/api/v1/projects/city/predictions", line, "application/jsonl");
    CHECK(answer.status == 207);
    CHECK(answer.body.find("somebody else") != std::string::npos);
}

TEST_CASE("a device is told, and has no word left of it; its decision stands") {
    City city;
    TestDevice ben(city.server, "ben", "city", 8);
    ben.settle();
    REQUIRE(city.erase("subject", "person-1").status == 200);
    for (TestDevice* device : {&city.ada, &ben}) {
        device->client->poke();
        device->settle();
        const int64_t no = number_of(*device->database, "b");
        REQUIRE(no != 0);
        CHECK_FALSE(store::read_document(*device->database, no).ok());
        CHECK(store::read_notes(*device->database, no).value().empty());
        CHECK(device->item("b").resolution.status == ItemStatus::withdrawn);
        CHECK(device->item("b").erased);
    }
    CHECK(city.ada.item("a").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.client->status().operations.on_device == 0);
    CHECK_FALSE(ben.device->submit({ben.project, ItemId("b"), ben.actor, AddNote{"More", {}}}).ok());
}

TEST_CASE("a decision that comes after the erasure is kept without its words, and its author sees why") {
    City city;
    TestDevice ben(city.server, "ben", "city", 8);
    ben.settle();
    ben.transport.network = LoopbackTransport::Network::down;
    REQUIRE(ben.decide("b", rejected(marked("too late"))).ok());
    const bool knows_first = GENERATE(false, true);
    CAPTURE(knows_first);
    REQUIRE(city.erase("subject", "person-1").status == 200);
    if (knows_first) {
        // The texts are gone before the envelope is sent.
        const store::ProjectRow project = store::find_project(*ben.database, ben.project).value();
        REQUIRE(store::forget_texts(*ben.database, store::find_item(*ben.database, project, ItemId("b")).value()).ok());
    }
    ben.transport.network = LoopbackTransport::Network::up;
    ben.client->poke();
    ben.settle_for(Duration{5 * kMinute_us});
    CHECK(ben.client->status().operations.on_device == 0);
    store::Database& database = *city.server.database;
    CHECK(store::read_notes(database, number_of(database, "b")).value().empty());
    const ItemState state = store::load_state(database, ItemId("b"), number_of(database, "b")).value();
    REQUIRE(state.reviews.size() == 1);
    CHECK(state.reviews.front().standing == DecisionStanding::extra);
    CHECK(state.reviews.front().reason == StandingReason::item_erased);
    REQUIRE(ben.item("b").reviews.size() == 1);
    CHECK(ben.item("b").reviews.front().reason == StandingReason::item_erased);
    CHECK(store::read_notes(*ben.database, number_of(*ben.database, "b")).value().empty());
}

TEST_CASE("a device that missed the feed is told with its snapshot") {
    City city;
    REQUIRE(city.erase("subject", "person-1").status == 200);
    city.server.ingest("city",
                       sample_line("f", "Later", "pothole", "0.6") + sample_line("g", "Later", "pothole", "0.6"));
    city.server.settings.limits.feed_reach = 1;
    city.ada.client->poke();
    city.ada.settle_for(Duration{5 * kMinute_us});
    CHECK(number_of(*city.ada.database, "g") != 0);
    CHECK(store::read_notes(*city.ada.database, number_of(*city.ada.database, "a")).value().empty());
    CHECK_FALSE(store::read_document(*city.ada.database, number_of(*city.ada.database, "a")).ok());
}

TEST_CASE("what waits to be judged when somebody is erased leaves no words either") {
    City city;
    city.ada.settle();
    city.server.judges = false;
    REQUIRE(city.ada.decide("b", rejected(marked("not judged yet"))).ok());
    city.ada.settle();
    REQUIRE(city.erase("subject", "person-1").status == 200);
    store::Database& database = *city.server.database;
    CHECK(store::read_notes(database, number_of(database, "b")).value().empty());
    store::Statement waiting = database.prepare("SELECT count(*) FROM inbox").value();
    REQUIRE(waiting.step().value());
    CHECK(waiting.integer(0) == 0);
}

TEST_CASE("an erasure with more texts than one event may name is told in several") {
    TestServer server;
    server.create_project("city", sample_policy());
    std::string lines;
    for (int i = 0; i < 1'000; ++i) {
        lines += line_about("person-1", concat("msg-", i), "Many of them", "0.95");
    }
    server.ingest("city", lines);
    server.sign_in("ruth", "admin");
    REQUIRE(
        server.ask("POST", "/api/v1/projects/city/erase", R"({"subject":"person-1","ground":"retention"})").status ==
        200);
    const std::vector<std::string> leaves = leaves_of(*server.database, "subject_erased");
    CHECK(leaves.size() > 1);
    std::set<std::string> items;
    size_t commitments = 0;
    for (const std::string& leaf : leaves) {
        const Event event = decode_leaf(leaf).value();
        for (const ItemId& item : std::get<SubjectErased>(event.body).items) {
            items.insert(item.text);
        }
        commitments += std::get<SubjectErased>(event.body).commitments.size();
    }
    CHECK(items.size() == 1'000);
    CHECK(commitments == 1'000);
    server.seal();
}
