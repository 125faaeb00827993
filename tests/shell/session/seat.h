#pragma once
// A project with work for several people, and desks at which they have signed in.

#include <string>

#include "tests/shell/session/desk_rig.h"

namespace countersign::tests {

// Six for a glance (q0 ..), two in full (f0, f1).
void fill_city(testing::TestServer& server);

struct Seat {
    Seat(testing::TestServer& server, const std::string& name, const std::string& role, uint64_t seed = 7);

    void go(shell::Key where);
    // As when the live channel says that there is news.
    void news();

    store::ProjectRow project() { return store::find_project(desk.database(), ProjectId("city")).value(); }

    DeskRig desk;
};

}  // namespace countersign::tests
