// The board of automatic tiers at the desk, against the real API: what a lead sees, opens and closes.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/shell/session/seat.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::Hand;
using countersign::testing::TestServer;
using countersign::tests::fill_city;
using countersign::tests::Seat;

namespace {

// A tier that is about to open: 50 drawn items, all found right; 20 more wait.
void promise(TestServer& server) {
    std::string policy = testing::sample_policy();
    const std::string tier = R"({"id": "auto", "kind": "auto"})";
    policy.replace(
        policy.find(tier), tier.size(),
        R"({"id": "auto", "name": "Approved", "kind": "auto", "promise": {"max_error": 0.3, "first_look": 50}})");
    server.create_project("city", policy);
    std::string lines;
    for (int i = 0; i < 70; ++i) {
        lines += testing::sample_line(concat("sure-", i), "A hole", "pothole", i % 2 == 0 ? "0.91" : "0.97");
    }
    server.ingest("city", lines);
    Hand ada(server);
    ada.hello();
    for (int i = 0; i < 50; ++i) {
        ada.seal(concat("sure-", i), ada.review(concat("sure-", i)));
    }
    ada.push();
}

}  // namespace

TEST_CASE("a lead opens a tier that the evidence bears, and closes it with a reason") {
    TestServer server;
    promise(server);
    Seat lea(server, "lea", "lead", 11);
    lea.go(Key::a);
    INFO(lea.desk.outline());
    REQUIRE(lea.desk.shows(Role::heading, "Automatic tiers"));
    CHECK(lea.desk.says("The evidence would open it from confidence 0.910 on"));
    CHECK(lea.desk.says("Is its confidence true?"));
    lea.desk.press(Key::o);
    lea.desk.settle(Duration{kSecond_us});
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("Approved  ·  topics-1: open"));
    CHECK(lea.desk.says("Approves from confidence 0.910 on"));
    CHECK(lea.desk.says("50 of 50 reviewed items were that sure, 0 of them wrong"));
    lea.desk.press(Key::x);
    CHECK(lea.desk.says("A reason is missing"));
    CHECK(lea.desk.says("Approves from confidence 0.910 on"));
    lea.desk.type_into(Role::textbox, "Why it is closed", "The form has changed.");
    lea.desk.activate(Role::button, "Close the tier");
    lea.desk.settle(Duration{kSecond_us});
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("Approved  ·  topics-1: closed"));
    CHECK(lea.desk.says("Closed: The form has changed."));
    lea.go(Key::t);
    lea.desk.press(Key::t);
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("An automatic tier was closed"));
}

TEST_CASE("the board says when no tier promises anything, is for leads, and needs the server") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    CHECK_FALSE(mira.desk.shows(Role::link, "Tiers"));
    mira.go(Key::a);
    CHECK_FALSE(mira.desk.shows(Role::heading, "Automatic tiers"));
    Seat lea(server, "lea", "lead", 11);
    lea.desk.network = false;
    lea.go(Key::a);
    INFO(lea.desk.outline());
    CHECK(lea.desk.shows(Role::button, "Try again"));
    lea.desk.network = true;
    lea.desk.activate(Role::button, "Try again");
    CHECK(lea.desk.shows(Role::heading, "No tier promises anything"));
    // What was fetched stays to be seen, and that it is old is said.
    lea.go(Key::q);
    lea.desk.network = false;
    lea.go(Key::a);
    CHECK(lea.desk.shows(Role::heading, "No tier promises anything"));
    CHECK(lea.desk.says("no connection"));
}

TEST_CASE("nothing on a reviewer's desk tells an item that was drawn from one that was not") {
    TestServer server;
    promise(server);
    Seat lea(server, "lea", "lead", 11);
    lea.go(Key::a);
    lea.desk.press(Key::o);
    lea.desk.settle(Duration{kSecond_us});
    Seat mira(server, "mira", "reviewer", 7);
    CHECK(mira.desk.says("sure-"));
    for (const std::string_view word : {"audit", "Audit", "evidence", "drawn", "approved", "Approved"}) {
        INFO(word << '\n' << mira.desk.outline());
        CHECK_FALSE(mira.desk.says(word));
    }
}
