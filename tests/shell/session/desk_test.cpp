// The desk as people use it, against the real API: signing in, deciding, what is refused, what is undone.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/shell/session/desk_rig.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::sample_line;
using countersign::testing::sample_policy;
using countersign::testing::TestServer;
using countersign::tests::DeskRig;

namespace {

// Eight for a glance, two in full, one that went through.
void fill(TestServer& server) {
    server.settings.demo = true;
    server.sign_in("admin", "admin");
    server.create_project("city", sample_policy());
    std::string lines;
    for (int i = 0; i < 8; ++i) {
        lines += sample_line(concat("q", i), concat("a hole in street ", i), "pothole", "0.7") + "\n";
    }
    lines += sample_line("f0", "it smells of gas here", "drain", "0.8") + "\n";
    lines += sample_line("f1", "gas again", "gas", "0.9") + "\n";
    lines += sample_line("s0", "pothole, plainly", "pothole", "0.99") + "\n";
    server.ingest("city", lines);
    server.sign_out();
}

void open_demo(DeskRig& desk) {
    desk.activate(Role::button, "Open the demo");
    INFO(desk.outline());
    REQUIRE(desk.shows(Role::heading, "Queue"));
}

}  // namespace

TEST_CASE("the demo opens with one press, says that it is one, and lists what waits") {
    TestServer server;
    fill(server);
    DeskRig desk(server);
    CHECK(desk.shows(Role::heading, "This is a demo"));
    open_demo(desk);
    INFO(desk.outline());
    CHECK(desk.shows(Role::text, "10 items"));
    CHECK(desk.says("it smells of gas here"));
    CHECK(desk.host.location == "/p/city/queue");
}

namespace {

const Modifiers kControl{.control = true};

// The events of the item at the server, as its API tells them.
size_t reviews_at(TestServer& server) {
    server.sign_in("ada", "auditor");
    const auto answer = server.ask("GET", "/api/v1/projects/city/export");
    REQUIRE(answer.status == 200);
    size_t count = 0;
    for (size_t at = answer.body.find("\"decision\":{"); at != std::string::npos;
         at = answer.body.find("\"decision\":{", at + 1)) {
        ++count;
    }
    return count;
}

void go(DeskRig& desk, Key where) {
    desk.press(Key::g);
    desk.press(where);
}

}  // namespace

TEST_CASE("in quick check one key is one decision, and the next card is there") {
    TestServer server;
    fill(server);
    DeskRig desk(server);
    open_demo(desk);
    go(desk, Key::c);
    INFO(desk.outline());
    CHECK(desk.shows(Role::region, "Quick check q0"));
    desk.press(Key::a);
    CHECK(desk.shows(Role::region, "Quick check q1"));
    desk.press(Key::digit_2);
    CHECK(desk.shows(Role::region, "Quick check q2"));
    CHECK(desk.says("q0: Accepted, Pothole"));
    CHECK(desk.says("q1: Corrected, Drain"));
    desk.settle(Duration{kSecond_us});
    CHECK(desk.shows(Role::link, "All saved"));
    CHECK(reviews_at(server) == 2);
}

TEST_CASE("undo takes back the newest decision that no server has, and its card comes back") {
    TestServer server;
    fill(server);
    DeskRig desk(server);
    open_demo(desk);
    go(desk, Key::c);
    desk.network = false;
    desk.press(Key::a);
    desk.press(Key::a);
    REQUIRE(desk.shows(Role::region, "Quick check q2"));
    desk.press(Key::z);
    INFO(desk.outline());
    CHECK(desk.shows(Role::region, "Quick check q1"));
    desk.network = true;
    desk.settle(Duration{2 * kMinute_us});
    CHECK(reviews_at(server) == 1);
}

TEST_CASE("a full review is refused by the name of what is missing, and goes through when it is there") {
    TestServer server;
    fill(server);
    DeskRig desk(server);
    open_demo(desk);
    desk.press(Key::enter);
    INFO(desk.outline());
    REQUIRE(desk.shows(Role::region, "Full review f0"));
    desk.activate(Role::radio, "Accept: Drain");
    desk.press(Key::enter, kControl);
    CHECK(desk.says("Is anybody in danger?"));
    CHECK(desk.shows(Role::region, "Full review f0"));
    CHECK(desk.says("Not submitted"));
    REQUIRE(reviews_at(server) == 0);
}

TEST_CASE("what was decided without a network survives the end of the process and is sent later, none twice") {
    TestServer server;
    fill(server);
    const std::string path = concat("desk_test_", std::to_string(Catch::rngSeed()), ".db");
    for (const char* tail : {"", "-wal", "-shm"}) {
        std::remove((path + tail).c_str());
    }
    {
        DeskRig desk(server, path);
        open_demo(desk);
        go(desk, Key::c);
        desk.settle(Duration{kSecond_us});
        desk.network = false;
        desk.press(Key::a);
        desk.press(Key::x);
        desk.press(Key::a);
        CHECK(desk.says("3 on this device"));
    }
    {
        DeskRig desk(server, path);
        desk.network = false;
        go(desk, Key::d);
        INFO(desk.outline());
        CHECK(desk.shows(Role::text, "3 decisions"));
    }
    DeskRig desk(server, path);  // without its cookie, too: the demo opens by itself
    desk.settle(Duration{kMinute_us});
    INFO(desk.outline());
    CHECK(desk.shows(Role::link, "All saved"));
    CHECK(reviews_at(server) == 3);
    for (const char* tail : {"", "-wal", "-shm"}) {
        std::remove((path + tail).c_str());
    }
}

TEST_CASE("signed out by the server, one goes on deciding, signs in again, and everything is sent") {
    TestServer server;
    fill(server);
    server.settings.demo = false;
    server.sign_in("mira", "reviewer");
    server.sign_out();
    DeskRig desk(server);
    desk.type_into(Role::textbox, "Name", "mira");
    desk.type_into(Role::textbox, "Password", "wrong");
    desk.activate(Role::button, "Sign in");
    CHECK(desk.says("password"));
    desk.type_into(Role::textbox, "Password", "secret");
    desk.activate(Role::button, "Sign in");
    go(desk, Key::c);
    REQUIRE(desk.shows(Role::region, "Quick check q0"));

    desk.forget_session();
    desk.press(Key::a);
    desk.press(Key::a);
    desk.settle(Duration{kMinute_us});
    INFO(desk.outline());
    CHECK(desk.shows(Role::link, "2 on this device"));
    CHECK(desk.shows(Role::region, "Quick check q2"));
    desk.activate(Role::button, "Sign in again");
    desk.type_into(Role::textbox, "Name", "mira");
    desk.type_into(Role::textbox, "Password", "secret");
    desk.activate(Role::button, "Sign in");
    desk.settle(Duration{kMinute_us});
    CHECK(desk.shows(Role::link, "All saved"));
    CHECK(reviews_at(server) == 2);
}
