// One device, several projects: what is decided in one is never held up by another.

#include <catch_amalgamated.hpp>

#include "core/store/identity.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct World {
    World() {
        for (const char* project : {"city", "other"}) {
            server.create_project(project, sample_policy());
            std::string lines;
            for (int i = 0; i < 10; ++i) {
                lines += sample_line("msg-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
            }
            server.ingest(project, lines);
        }
        ada.settle();
        ada.open_project("other");
        ada.settle();
        ada.transport.network = LoopbackTransport::Network::down;
    }

    void decide_in(const char* project, int from, int to) {
        ada.open_project(project);
        for (int i = from; i < to; ++i) {
            REQUIRE(ada.decide("msg-" + std::to_string(i), {.verdict = Verdict::accept, .active_ms = 900}).ok());
            server.clock.advance(Duration{kSecond_us});
        }
    }

    void network_returns() {
        ada.transport.network = LoopbackTransport::Network::up;
        ada.client->poke();
        ada.settle_for(Duration{3 * kMinute_us});
    }

    int64_t resolved_in(const char* project) {
        const store::ProjectRow row = store::find_project(*server.database, ProjectId(project)).value();
        int64_t items = 0;
        for (const store::TierCount& count : store::count_items(*server.database, row).value()) {
            items += count.status == ItemStatus::resolved ? count.items : 0;
        }
        return items;
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
};

}  // namespace

TEST_CASE("decisions made offline in two projects by turns are saved in their own projects, whichever is open") {
    World world;
    world.decide_in("city", 0, 3);
    world.decide_in("other", 0, 2);
    world.decide_in("city", 3, 4);
    world.decide_in("other", 2, 3);
    CHECK(world.ada.client->status().operations.on_device == 7);
    world.network_returns();
    CHECK(world.ada.client->status().operations.on_device == 0);
    CHECK(world.ada.client->status().operations.on_server() == 7);
    CHECK_FALSE(world.ada.client->status().push_stopped);
    CHECK(world.resolved_in("city") == 4);
    CHECK(world.resolved_in("other") == 3);
}

TEST_CASE("lists of the open project hear nothing of what another project's operations became") {
    World world;
    world.decide_in("city", 0, 3);
    world.decide_in("other", 0, 1);
    static_cast<void>(world.ada.device->take_changes());
    world.network_returns();
    const store::ProjectRow other = store::find_project(*world.ada.database, ProjectId("other")).value();
    for (const sync::RowChange& change : world.ada.device->take_changes()) {
        REQUIRE(change.after);
        CHECK(store::find_item(*world.ada.database, other, change.after->id).value() == change.after->no);
    }
}

TEST_CASE("a project whose operations the server will not take stops no other project, and says why") {
    World world;
    // As when somebody else has that stream: the server will hear nothing of it from ada.
    const store::ProjectRow city = store::find_project(*world.ada.database, ProjectId("city")).value();
    const StreamId stream = store::open_stream(*world.ada.database, world.ada.actor, city).value()->stream;
    const auto belongs_to = [&](const char* account) {
        REQUIRE(world.server.database
                    ->execute("UPDATE stream SET account = '" + std::string(account) + "' WHERE stream = '" +
                              stream.text + "'")
                    .ok());
    };
    belongs_to("ben");
    world.decide_in("city", 0, 3);
    world.decide_in("other", 0, 3);
    world.network_returns();
    CHECK(world.resolved_in("other") == 3);
    CHECK(world.ada.client->status().operations.on_device == 3);
    REQUIRE(world.ada.client->status().push_stopped);
    CHECK(world.ada.client->status().push_stopped->code == ErrorCode::forbidden);
    CHECK(world.ada.client->status().online);
    // What is decided from now on in the other project goes at once, though the first one waits.
    world.decide_in("other", 3, 4);
    world.ada.settle();
    CHECK(world.resolved_in("other") == 4);
    // And the first one is tried again by itself.
    belongs_to("ada");
    world.ada.settle_for(Duration{2 * kMinute_us});
    CHECK(world.resolved_in("city") == 3);
    CHECK_FALSE(world.ada.client->status().push_stopped);
}

// Found by the simulator (seed 22072).
TEST_CASE("another project's meeting with a restored server takes nothing out of the open one") {
    World world;
    auto backup = copy_of(*world.server.database);
    world.network_returns();
    world.decide_in("city", 0, 2);
    world.ada.settle();
    world.decide_in("other", 0, 2);
    world.ada.settle();
    REQUIRE(world.resolved_in("city") == 2);
    world.server.put_back(std::move(backup));
    const std::string life = store::read_identity(*world.server.database).value().incarnation();
    world.server.ingest("other", sample_line("new", "A hole", "pothole", "0.7"));
    LoopbackTransport& transport = world.ada.transport;
    transport.unreachable = {"/city/"};
    world.ada.client->poke();
    // The open project has taken its snapshot in the new life, the other one has heard nothing of that yet.
    const std::string next_page = "/other/feed?cursor=" + life;
    do {
        world.ada.client->run();
    } while ((!transport.asks(next_page) || transport.asks("/city/")) && transport.deliver());
    REQUIRE(transport.asks(next_page));
    transport.unreachable.clear();
    world.server.clock.advance(Duration{2 * kMinute_us});
    world.ada.client->run();
    REQUIRE(transport.asks("/city/"));
    transport.overtake();
    world.network_returns();
    CHECK(world.resolved_in("city") == 2);
    CHECK(world.resolved_in("other") == 2);
    const store::ProjectRow other = store::find_project(*world.ada.database, ProjectId("other")).value();
    int64_t waiting = 0;
    for (const store::TierCount& count : store::count_items(*world.ada.database, other).value()) {
        waiting += waits_for_people(count.status) ? count.items : 0;
    }
    CHECK(waiting == 9);
}
