// What a lead sees and settles.

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/store/items.h"
#include "core/store/projects.h"
#include "core/store/texts.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const std::string kPath = "/api/v1/projects/city/quarantine";

// One review of ada's waits, because its device did not sign it.
struct City {
    City() {
        set_up_city(server);
        ada.hello();
        ada.seal("msg-1", ada.review("msg-1"));
        PushBody push = ada.batch();
        push.signature = {};
        CHECK(ada.send(push).status == 200);
    }

    Json waiting() {
        server.sign_in("lea", "lead");
        return parse_json(server.ask("GET", kPath).body).value();
    }

    TestServer::Answer settle(const Json& one, bool admit, const char* reason = "Rang her: it is hers.") {
        return server.ask("POST", kPath,
                          R"({"stream":")" + one.text_of("stream") + R"(","seq":)" +
                              std::to_string(*one.find("seq")->integer()) + R"(,"hash":")" + one.text_of("hash") +
                              R"(","admit":)" + (admit ? "true" : "false") + R"(,"reason":")" + reason + R"("})");
    }

    TestServer server;
    Hand ada{server};
};

}  // namespace

TEST_CASE("a lead sees what waits, admits it, and then it counts") {
    City city;
    const Json list = city.waiting();
    REQUIRE(list.find("operations")->array()->size() == 1);
    const Json one = (*list.find("operations")->array())[0];
    CHECK(one.text_of("account") == "ada");
    CHECK(one.text_of("item") == "msg-1");
    CHECK(one.text_of("reason").find("not signed") != std::string::npos);
    CHECK(city.settle(one, true).status == 204);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
    CHECK(city.waiting().find("operations")->array()->empty());
    CHECK(city.settle(one, false).status == 422);
}

TEST_CASE("what a lead does not admit stays, with the reason, and counts for nothing") {
    City city;
    const Json one = (*city.waiting().find("operations")->array())[0];
    CHECK(city.settle(one, false, "Not hers, she says.").status == 204);
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::open);
    CHECK(city.ada.state("msg-1").reviews.front().reason == StandingReason::rejected_by_lead);
    CHECK(city.ada.row(city.ada.last).state == store::OperationState::rejected);
    // The words lie with the item's texts, where they can be erased.
    store::Database& database = *city.server.database;
    const store::ProjectRow project = store::find_project(database, ProjectId("city")).value();
    const auto notes =
        store::read_notes(database, store::find_item(database, project, ItemId("msg-1")).value()).value();
    CHECK(std::count_if(notes.begin(), notes.end(),
                        [](const CommittedText& note) { return note.text == "Not hers, she says."; }) == 1);
    CHECK(city.ada.row(city.ada.last).reason.empty());
}

TEST_CASE("what cannot be read can be set aside, not admitted") {
    City city;
    city.ada.seal_bytes("no operation");
    city.ada.push();
    const Json list = city.waiting();
    for (const Json& one : *list.find("operations")->array()) {
        if (one.text_of("item").empty()) {
            const TestServer::Answer refused = city.settle(one, true);
            CHECK(refused.status == 422);
            CHECK(parse_json(refused.body).value().text_of("detail").find("cannot be read") != std::string::npos);
            CHECK(city.settle(one, false).status == 204);
        }
    }
    INFO(to_text(city.waiting()));
    CHECK(city.waiting().find("operations")->array()->size() == 1);
}

TEST_CASE("nobody settles their own, a reviewer settles nothing, and what is not there is said") {
    City city;
    const Json one = (*city.waiting().find("operations")->array())[0];
    city.server.sign_in("ben", "reviewer");
    CHECK(city.settle(one, true).status == 403);
    REQUIRE(city.server.database->execute("UPDATE account SET role = 'lead' WHERE name = 'ada'").ok());
    city.ada.sign_in();
    const TestServer::Answer own = city.settle(one, true);
    CHECK(own.status == 403);
    CHECK(parse_json(own.body).value().text_of("detail").find("of their own") != std::string::npos);
    city.server.sign_in("lea", "lead");
    CHECK(city.server
              .ask("POST", kPath,
                   R"({"stream":"x","seq":1,"hash":")" + std::string(64, 'a') + R"(","admit":true,"reason":"why"})")
              .status == 404);
    CHECK(city.server.ask("POST", kPath, "{}").status == 400);
}

TEST_CASE("an item is taken out by a lead: nothing is decided on it any more, and what comes is kept") {
    City city;
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"msg-2","as":"final"})").status == 422);
    CHECK(city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"msg-2","as":"withdrawn"})").status == 204);
    CHECK(city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"none","as":"withdrawn"})").status == 404);
    CHECK(city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"msg-2","as":"gone"})").status == 400);
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.push();
    CHECK(city.ada.state("msg-2").resolution.status == ItemStatus::withdrawn);
    CHECK(city.ada.state("msg-2").reviews.front().reason == StandingReason::item_withdrawn);
}
