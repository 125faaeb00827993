// Work of several people at once: who is at what, packs taken along, decisions brought as a file, and what leads
// settle.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/shell/session/seat.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::TestServer;
using countersign::tests::fill_city;
using countersign::tests::Seat;

TEST_CASE("the queue and the review show who is at an item, and it is free again when they leave it") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    Seat ben(server, "ben", "reviewer", 9);
    mira.desk.press(Key::enter);
    REQUIRE(mira.desk.shows(Role::region, "Full review f0"));
    mira.desk.settle(Duration{kSecond_us});
    ben.news();
    INFO(ben.desk.outline());
    CHECK(ben.desk.says("text 'mira is at it'"));
    ben.desk.press(Key::enter);
    CHECK(ben.desk.says("mira is at this item until"));
    CHECK(ben.desk.shows(Role::button, "Submit review"));
    mira.desk.press(Key::escape);
    mira.desk.settle(Duration{kSecond_us});
    ben.news();
    CHECK_FALSE(ben.desk.says("mira is at this item"));
}

TEST_CASE("two people in quick check do not get the same card while there is other work") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    Seat ben(server, "ben", "reviewer", 9);
    mira.go(Key::c);
    mira.desk.settle(Duration{kSecond_us});
    ben.news();
    ben.go(Key::c);
    INFO(ben.desk.outline());
    CHECK(ben.desk.shows(Role::region, "Quick check q2"));  // mira is at q0 and has q1 next
    ben.desk.settle(Duration{kSecond_us});
    for (int i = 0; i < 4; ++i) {
        ben.desk.press(Key::a);
        ben.desk.settle(Duration{kSecond_us});
    }
    // Nothing else is left: it is shown, with a word of who is at it.
    CHECK(ben.desk.shows(Role::region, "Quick check q0"));
    CHECK(ben.desk.says("mira is at this item until"));
    mira.news();
    mira.desk.press(Key::a);
    mira.desk.press(Key::a);
    mira.desk.settle(Duration{kSecond_us});
    CHECK(mira.desk.says("All checked"));
}

TEST_CASE("work is taken along by number and time, is listed, and is given back") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    Seat ben(server, "ben", "reviewer", 9);
    mira.desk.press(Key::t);
    INFO(mira.desk.outline());
    REQUIRE(mira.desk.shows(Role::dialog, "Take work along"));
    CHECK(mira.desk.says("Nothing is taken along."));
    mira.desk.type_into(Role::textbox, "How many items", "all");
    CHECK(mira.desk.says("Type a number from 1 to 500."));
    mira.desk.type_into(Role::textbox, "How many items", "3");
    mira.desk.activate(Role::radio, "3 days");
    mira.desk.activate(Role::button, "Take along");
    mira.news();
    INFO(mira.desk.outline());
    CHECK(mira.desk.shows(Role::status, "3 items taken along"));
    CHECK(mira.desk.shows(Role::link, "f0"));
    CHECK(mira.desk.says("text 'until 24 Sep,"));
    mira.desk.type_into(Role::textbox, "How many items", "25");
    mira.desk.activate(Role::button, "Take along");
    mira.news();
    CHECK(mira.desk.shows(Role::status, "5 of 25 taken along; nothing else is free"));
    ben.news();
    CHECK(ben.desk.says("text 'mira is at it'"));
    mira.desk.activate(Role::button, "Give back f0");
    mira.news();
    CHECK_FALSE(mira.desk.shows(Role::link, "f0"));
    mira.desk.activate(Role::button, "Give all back");
    mira.news();
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("Nothing is taken along."));
    mira.desk.press(Key::escape);
    mira.desk.press(Key::escape);
    CHECK_FALSE(mira.desk.shows(Role::dialog, "Take work along"));
}

TEST_CASE("decisions go out as a file and come in at another desk, once") {
    TestServer server;
    fill_city(server);
    Seat here(server, "mira", "reviewer", 7);
    Seat there(server, "mira", "reviewer", 9);
    here.go(Key::c);
    here.desk.network = false;
    here.desk.press(Key::a);
    here.desk.press(Key::x);
    here.go(Key::s);
    here.desk.press(Key::e);
    INFO(here.desk.outline());
    REQUIRE(here.desk.host.saved == std::vector<std::string>{"countersign-outbox-city-mira.jsonl"});
    CHECK(here.desk.says("2 operations saved as a file"));
    there.go(Key::s);
    there.desk.press(Key::i);
    CHECK(there.desk.host.opening == std::vector<std::string>{".jsonl"});
    there.desk.choose_file("outbox.jsonl", here.desk.host.saved_bytes);
    INFO(there.desk.outline());
    CHECK(there.desk.shows(Role::text, "Imported: outbox.jsonl"));
    CHECK(there.desk.shows(Role::status, "2 decisions taken"));
    here.desk.network = true;
    here.desk.settle(Duration{2 * kMinute_us});
    CHECK(here.desk.shows(Role::link, "All saved"));
    server.sign_in("ava", "auditor");
    const std::string item = server.ask("GET", "/api/v1/projects/city/items/q0").body;
    CHECK(item.find("\"reviewer\":\"mira\"") == item.rfind("\"reviewer\":\"mira\""));
}

TEST_CASE("a file that cannot be read says in which line; one of somebody else's is refused to all but leads") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    Seat ben(server, "ben", "reviewer", 9);
    mira.go(Key::c);
    mira.desk.network = false;
    mira.desk.press(Key::a);
    mira.go(Key::s);
    mira.desk.press(Key::e);
    const std::string file = mira.desk.host.saved_bytes;
    ben.desk.choose_file("half.jsonl", file.substr(0, file.size() / 2));
    INFO(ben.desk.outline());
    CHECK(ben.desk.says("half.jsonl cannot be imported: line "));
    ben.desk.choose_file("mira.jsonl", file);
    CHECK(ben.desk.says("1 decision was not taken: only a lead hands in what somebody else decided"));
    Seat lea(server, "lea", "lead", 11);
    lea.desk.choose_file("mira.jsonl", file);
    CHECK(lea.desk.shows(Role::status, "1 decision taken"));
}

namespace {

// A decision of carol's on q3 that her device had not signed.
OperationId unsigned_decision(TestServer& server, testing::Hand& carol) {
    server.sign_in("carol", "reviewer");
    carol.hello();
    SubmitReview review;
    const ItemState state = carol.state("q3");
    review.prediction = prediction_digest(state.current());
    review.policy = state.route().policy;
    review.draft.verdict = countersign::Verdict::reject;
    carol.seal("q3", review);
    PushBody batch = carol.batch();
    batch.signature.assign(64, 'x');
    CHECK(carol.send(batch).status == 200);
    return carol.last;
}

}  // namespace

TEST_CASE("a lead sees what waits, reads what it says, and admits it with a reason; its author learns of it") {
    TestServer server;
    fill_city(server);
    testing::Hand carol(server, "carol");
    unsigned_decision(server, carol);
    Seat lea(server, "lea", "lead", 11);
    lea.go(Key::t);
    INFO(lea.desk.outline());
    REQUIRE(lea.desk.shows(Role::heading, "To settle"));
    CHECK(lea.desk.says("row 'q3, carol, Rejected'"));
    CHECK(lea.desk.says("it is not signed by the device that it names"));
    lea.desk.press(Key::a);
    CHECK(lea.desk.says("A reason is missing"));
    CHECK(carol.state("q3").reviews.front().quarantined);
    lea.desk.type_into(Role::textbox, "Reason", "She called; it is hers.");
    lea.desk.activate(Role::button, "Admit");
    lea.desk.settle(Duration{kSecond_us});
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("q3 admitted"));
    CHECK(lea.desk.says("Nothing waits to be settled"));
    CHECK_FALSE(carol.state("q3").reviews.front().quarantined);
    CHECK(carol.state("q3").resolution.status == ItemStatus::resolved);
}

TEST_CASE(
    "a lead rejects with a reason, incidents are told in sentences, and an own decision is another lead's to settle") {
    TestServer server;
    fill_city(server);
    testing::Hand carol(server, "carol");
    unsigned_decision(server, carol);
    Seat lea(server, "lea", "lead", 11);
    lea.go(Key::t);
    lea.desk.press(Key::t);
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("heading 'A decision waits for a lead'"));
    CHECK(lea.desk.says("carol: it is not signed by the device that it names."));
    lea.desk.press(Key::t);
    lea.desk.type_into(Role::textbox, "Reason", "Nobody knows whose it is.");
    lea.desk.press(Key::escape);
    lea.desk.press(Key::x);
    lea.desk.settle(Duration{kSecond_us});
    CHECK(lea.desk.says("q3 rejected"));
    CHECK(carol.state("q3").reviews.front().quarantined);

    testing::Hand own(server, "lea", 21);
    server.sign_in("lea", "lead");
    unsigned_decision(server, own);
    lea.desk.press(Key::f);
    INFO(lea.desk.outline());
    CHECK(lea.desk.says("It is your own. Another lead has to settle it."));
    CHECK_FALSE(lea.desk.shows(Role::button, "Admit"));
}

TEST_CASE("what leads settle is shown to no reviewer, needs the server, and says so without it") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer", 7);
    CHECK_FALSE(mira.desk.shows(Role::link, "To settle"));
    mira.go(Key::t);
    CHECK_FALSE(mira.desk.shows(Role::heading, "To settle"));
    Seat lea(server, "lea", "lead", 11);
    lea.desk.network = false;
    lea.go(Key::t);
    INFO(lea.desk.outline());
    CHECK(lea.desk.shows(Role::heading, "This could not be loaded"));
    lea.desk.network = true;
    lea.desk.activate(Role::button, "Try again");
    CHECK(lea.desk.shows(Role::heading, "Nothing waits to be settled"));
}

TEST_CASE("who opens an item that the staff document keeps for others is told why, and can decide all the same") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    server.sign_in("amy", "admin");
    REQUIRE(server
                .ask("PUT", "/api/v1/projects/city/staff",
                     R"({"format":"countersign-staff-1","people":[{"account":"mira","conflicts":{"items":["f0"]}}]})")
                .status == 200);
    mira.desk.press(Key::enter);
    mira.desk.settle(Duration{kSecond_us});
    INFO(mira.desk.outline());
    REQUIRE(mira.desk.shows(Role::region, "Full review f0"));
    CHECK(mira.desk.says("Somebody else is to review this: mira has a conflict of interest with this item."));
    CHECK(mira.desk.shows(Role::button, "Submit review"));
}
