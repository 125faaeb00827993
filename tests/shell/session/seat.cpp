#include "tests/shell/session/seat.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"

namespace countersign::tests {

using namespace shell;

void fill_city(testing::TestServer& server) {
    server.create_project("city", testing::sample_policy());
    std::string lines;
    for (int i = 0; i < 6; ++i) {
        lines += testing::sample_line(concat("q", i), concat("a hole in street ", i), "pothole", "0.7");
    }
    lines += testing::sample_line("f0", "it smells of gas here", "drain", "0.8");
    lines += testing::sample_line("f1", "gas again", "gas", "0.95");
    server.ingest("city", lines);
}

Seat::Seat(testing::TestServer& server, const std::string& name, const std::string& role, uint64_t seed)
    : desk(server, ":memory:", seed) {
    server.sign_in(name, role);
    server.sign_out();
    desk.type_into(Role::textbox, "Name", name);
    desk.type_into(Role::textbox, "Password", "secret");
    desk.activate(Role::button, "Sign in");
    desk.settle(Duration{kSecond_us});
    INFO(desk.outline());
    REQUIRE(desk.shows(Role::heading, "Queue"));
}

void Seat::go(Key where) {
    desk.press(Key::g);
    desk.press(where);
}

void Seat::news() {
    desk.poke();
    desk.settle(Duration{kSecond_us});
}

}  // namespace countersign::tests
