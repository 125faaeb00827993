// What the desk tells people about their decisions: how far each has come, what it counts for, what has to be read.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/store/notices.h"
#include "core/store/operations.h"
#include "core/store/streams.h"
#include "core/sync/leasing.h"
#include "tests/shell/session/seat.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::TestDevice;
using countersign::testing::TestServer;
using countersign::tests::fill_city;
using countersign::tests::Seat;

namespace {

void set_levels(Seat& seat, store::StreamLevels levels) {
    auto streams = store::streams_of(seat.desk.database(), ActorId("mira"), nullptr).value();
    REQUIRE(streams.size() == 1);
    streams[0].levels = levels;
    REQUIRE(store::save_stream(seat.desk.database(), streams[0]).ok());
}

}  // namespace

TEST_CASE("each decision says how far it has come, and what that means") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    mira.go(Key::c);
    mira.desk.network = false;
    for (int i = 0; i < 4; ++i) {
        mira.desk.press(Key::a);
    }
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("listitem 'q3: Accepted, Pothole' = On this device"));
    mira.go(Key::d);
    CHECK(mira.desk.says("text 'On this device' - Written to this device's disk."));
    mira.desk.network = true;
    mira.desk.settle(Duration{2 * kMinute_us});
    CHECK(mira.desk.says("text 'Saved' - Written to the server's disk."));
    set_levels(mira, {.saved = 4, .sealed = 2, .stable = 1});
    mira.go(Key::s);
    mira.go(Key::d);
    CHECK(mira.desk.says("text 'Stable' - Backed up or seen by a witness."));
    CHECK(mira.desk.says("text 'Sealed' - Under a checkpoint"));
    CHECK(mira.desk.says("region 'Selected decision q3'"));
    mira.go(Key::c);
    CHECK(mira.desk.says("listitem 'q0: Accepted, Pothole' = Stable"));
}

TEST_CASE("the sync screen counts decisions by level, and the navigation says the same in a sentence") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    mira.go(Key::c);
    mira.desk.press(Key::a);
    mira.desk.press(Key::a);
    mira.desk.settle(Duration{kSecond_us});
    mira.desk.network = false;
    mira.desk.press(Key::a);
    mira.go(Key::s);
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("listitem 'On this device' = 1 decision"));
    CHECK(mira.desk.says("listitem 'Saved' = 2 decisions"));
    CHECK(mira.desk.says("link '1 on this device' - On this device only: 1. Saved: 2. Sealed: 0. Stable: 0."));
    CHECK(mira.desk.says("This device's own storage"));
    CHECK(mira.desk.says("The browser has promised not to clear it"));
    // After an hour it is said on every screen.
    mira.desk.settle(Duration{61 * kMinute_us});
    CHECK(mira.desk.says("1 decision has waited on this device for over an hour."));
}

TEST_CASE("a decision that lost its lease is kept as a second opinion, and its author reads why") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    TestDevice ben(server, "ben", "city", 11);
    mira.go(Key::c);
    mira.desk.settle(Duration{kSecond_us});
    mira.news();
    mira.desk.network = false;
    server.clock.advance(Duration{kHour_us});
    // Meanwhile somebody else takes the item and decides.
    ben.settle();
    sync::Leasing leasing(*ben.device, ben.transport, server.clock);
    leasing.start(ben.actor, ben.project);
    leasing.set_reachable(true);
    leasing.work_on({ItemId("q0")});
    leasing.run();
    REQUIRE(ben.transport.deliver());
    ben.client->poke();
    ben.settle();
    REQUIRE(ben.decide("q0", {.verdict = countersign::Verdict::reject}).ok());
    ben.settle();
    mira.desk.press(Key::a);
    mira.desk.network = true;
    mira.desk.settle(Duration{3 * kMinute_us});
    mira.news();
    mira.go(Key::d);
    INFO(mira.desk.outline());
    CHECK(mira.desk.says(
        "text 'Second opinion' - Kept as a second opinion: the lease had passed to ben, who has decided."));
    CHECK(mira.desk.says("text 'Kept as a second opinion: the lease had passed to ben, who has decided.'"));
    mira.desk.press(Key::enter);
    INFO(mira.desk.outline());
    REQUIRE(mira.desk.shows(Role::region, "Full review q0"));
    CHECK(mira.desk.says("heading 'Your decisions on this item'"));
    CHECK(mira.desk.says("text 'Accepted: Pothole'"));
}

namespace {

// A full review of f0 by mira, with a comment and a rationale.
void review_f0(Seat& mira) {
    mira.go(Key::q);
    mira.desk.activate(Role::tab, "Full review");
    mira.desk.press(Key::enter);
    INFO(mira.desk.outline());
    REQUIRE(mira.desk.shows(Role::region, "Full review f0"));
    mira.desk.press(Key::a);
    mira.desk.answer("Is anybody in danger?", "No");
    mira.desk.answer("Is the place known?", "Yes");
    mira.desk.type_into(Role::textbox, "Anything else?", "The caller sounded calm.");
    mira.desk.activate(Role::checkbox, "Clear wording");
    mira.desk.type_into(Role::textbox, "Rationale", "It says gas.");
    mira.desk.press(Key::enter, {.control = true});
    REQUIRE(mira.desk.says("f0 decided"));
}

}  // namespace

TEST_CASE("a review that comes back is first in the queue, says why, and opens with what was said before") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    mira.desk.network = false;
    review_f0(mira);
    // Before it is sent, the model says something else.
    server.ingest("city", R"({"id":"f0","input":{"text":"it smells of gas here"},"metadata":{"channel":"web"},)"
                          R"("prediction":{"model":"topics-2","label":"gas","confidence":0.9}})"
                          "\n");
    mira.desk.network = true;
    mira.desk.settle(Duration{3 * kMinute_us});
    mira.news();
    mira.go(Key::q);
    mira.desk.activate(Role::tab, "All");
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("1 given back to you"));
    CHECK(
        mira.desk.says("text 'Given back to you' - Given back to you: the model said Drain when you decided, and says "
                       "Gas smell now."));
    CHECK(mira.desk.first_row().starts_with("f0,"));
    mira.desk.press(Key::home);
    mira.desk.press(Key::enter);
    REQUIRE(mira.desk.shows(Role::region, "Full review f0"));
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("the model said Drain when you decided, and says Gas smell now. Your answers are filled in"));
    // The same label, though it is no acceptance any more.
    CHECK(mira.desk.says("radio 'Correct to another label' (on)"));
    CHECK(mira.desk.says("combobox 'Choose a label' = Drain"));
    CHECK(mira.desk.says("textbox 'Anything else?' = The caller sounded calm."));
    CHECK(mira.desk.says("textbox 'Rationale' = It says gas."));
    CHECK(mira.desk.says("checkbox 'Clear wording' (on)"));
    mira.desk.activate(Role::radio, "Accept: Gas smell");
    mira.desk.press(Key::enter, {.control = true});
    mira.desk.settle(Duration{kMinute_us});
    mira.news();
    mira.go(Key::d);
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("text 'Replaced' - Replaced by your later decision."));
    server.sign_in("ava", "auditor");
    const auto item = server.ask("GET", "/api/v1/projects/city/items/f0");
    INFO(item.body);
    CHECK(item.body.find(R"("status":"resolved")") != std::string::npos);
    CHECK(item.body.find(R"("label":"gas")") != std::string::npos);
}

TEST_CASE("quick check asks again first what came back, and the new decision replaces the old one") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    mira.go(Key::c);
    mira.desk.network = false;
    mira.desk.press(Key::a);
    server.ingest("city", R"({"id":"q0","input":{"text":"a hole in street 0"},"metadata":{"channel":"web"},)"
                          R"("prediction":{"model":"topics-2","label":"drain","confidence":0.7}})"
                          "\n");
    mira.desk.network = true;
    mira.desk.settle(Duration{3 * kMinute_us});
    mira.news();
    REQUIRE(mira.desk.shows(Role::region, "Quick check q1"));
    mira.desk.press(Key::a);
    INFO(mira.desk.outline());
    REQUIRE(mira.desk.shows(Role::region, "Quick check q0"));
    CHECK(mira.desk.says("Given back to you: the model said Pothole when you decided, and says Drain now."));
    mira.desk.press(Key::a);
    mira.desk.settle(Duration{kMinute_us});
    mira.news();
    mira.go(Key::d);
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("text 'Replaced' - Replaced by your later decision."));
    CHECK_FALSE(mira.desk.says("Given back"));
}

namespace {

void add_notice(Seat& seat, store::NoticeKind kind, uint64_t count, std::vector<ItemId> items) {
    store::NoticeRow row;
    row.kind = kind;
    row.account = ActorId("mira");
    row.project_no = seat.project().no;
    row.count = count;
    row.items = std::move(items);
    row.at = seat.desk.server.clock.now();
    REQUIRE(store::add_notice(seat.desk.database(), row).ok());
}

}  // namespace

TEST_CASE("notices stand over every screen until they are read, lead to their items, and are dismissed") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    add_notice(mira, store::NoticeKind::server_restored, 0, {});
    add_notice(mira, store::NoticeKind::work_lost, 2, {ItemId("q1"), ItemId("f1")});
    mira.news();
    mira.go(Key::q);
    INFO(mira.desk.outline());
    CHECK(mira.desk.shows(Role::alert, "Decisions were lost in this browser, and 1 more"));
    CHECK(mira.desk.says("link 'Sync' = 2 notices"));
    mira.desk.activate(Role::button, "Read");
    INFO(mira.desk.outline());
    CHECK(mira.desk.shows(Role::alert, "Decisions were lost in this browser"));
    CHECK(mira.desk.says("before 2 decisions of yours were sent."));
    mira.desk.activate(Role::link, "f1");
    REQUIRE(mira.desk.shows(Role::region, "Full review f1"));
    mira.go(Key::s);
    mira.desk.press(Key::d);
    INFO(mira.desk.outline());
    CHECK(mira.desk.says("Dismissed: Decisions were lost in this browser"));
    CHECK_FALSE(mira.desk.says("before 2 decisions"));
    mira.go(Key::q);
    CHECK(mira.desk.shows(Role::status, "The server was restored from a backup"));
    mira.go(Key::s);
    mira.desk.activate(Role::button, "Dismiss");
    mira.go(Key::q);
    CHECK_FALSE(mira.desk.shows(Role::button, "Read"));
    CHECK(store::notices_of(mira.desk.database(), ActorId("mira")).value().empty());
}

TEST_CASE("each kind of notice has its own sentences") {
    TestServer server;
    fill_city(server);
    Seat mira(server, "mira", "reviewer");
    for (int kind = 0; kind <= static_cast<int>(store::NoticeKind::log_disputed); ++kind) {
        add_notice(mira, static_cast<store::NoticeKind>(kind), 1, {});
    }
    mira.news();
    mira.go(Key::s);
    INFO(mira.desk.outline());
    for (const char* words : {"1 decision of yours was sent", "1 decision of yours among it",
                              "1 decision of yours is on the server", "Somebody has copied this device's storage",
                              "1 decision came after that", "Tell your administrator before"}) {
        INFO(words);
        CHECK(mira.desk.says(words));
    }
}
