// Leases as a device asks for them, against the real API: they come and go with the work, and nothing hangs on them.

#include "core/sync/leasing.h"

#include <catch_amalgamated.hpp>

#include "core/store/ledger.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

ItemId msg(int number) {
    return ItemId("msg-" + std::to_string(number));
}

// A device with its leasing; both use one network.
struct Person {
    Person(TestServer& server, std::string name, uint64_t seed)
        : device(server, std::move(name), "city", seed), leasing(*device.device, device.transport, server.clock) {
        leasing.start(device.actor, device.project);
        leasing.set_reachable(true);
    }

    void settle() {
        do {
            leasing.run();
        } while (device.transport.deliver());
        device.client->poke();
        device.settle();
    }

    TestDevice device;
    sync::Leasing leasing;
};

struct City {
    City() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 6; ++i) {
            lines += sample_line(msg(i).text, "A hole in the road", "pothole", "0.71");
        }
        server.ingest("city", lines);
        ada.device.settle();
        ben.device.settle();
    }

    // Who has the item at the server now; empty when nobody has.
    std::string holder(int number) {
        const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
        const int64_t no = store::find_item(*server.database, project, msg(number)).value();
        const ItemState state = store::load_state(*server.database, msg(number), no).value();
        const bool runs = !state.slots.empty() && state.slots.front().runs(server.clock.now());
        return runs ? state.slots.front().holder.text : std::string();
    }

    size_t lease_events() {
        auto count = server.database->prepare("SELECT count(*) FROM event WHERE type LIKE 'lease_%'").value();
        REQUIRE(count.step().ok());
        return static_cast<size_t>(count.integer(0));
    }

    TestServer server;
    Person ada{server, "ada", 7};
    Person ben{server, "ben", 8};
};

}  // namespace

TEST_CASE("an item that is opened is leased, and given back when it is left undecided") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    CHECK(city.holder(1) == "ada");
    city.ben.leasing.work_on({msg(1), msg(2)});
    city.ben.settle();
    CHECK(city.holder(1) == "ada");
    CHECK(city.holder(2) == "ben");
    // The feed has told the other device as well.
    CHECK(city.ben.device.item("msg-1").slots.front().holder.text == "ada");
    city.ada.leasing.work_on({msg(3)});
    city.ada.settle();
    CHECK(city.holder(1).empty());
    CHECK(city.holder(3) == "ada");
    CHECK(city.server.clock.now() < city.ada.device.item("msg-3").slots.front().expires);
}

TEST_CASE("what was decided is not given back: the decision has ended its lease") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    REQUIRE(city.ada.device.decide("msg-1", {.verdict = Verdict::accept}).ok());
    city.ada.leasing.decided(msg(1));
    city.ada.leasing.work_on({});
    city.ada.settle();
    CHECK(city.holder(1).empty());
    CHECK(city.lease_events() == 1);
    REQUIRE(city.ada.device.item("msg-1").reviews.size() == 1);
    CHECK(city.ada.device.item("msg-1").reviews.front().lease.has_value());
}

TEST_CASE("a lease is renewed while somebody works, and runs out when nobody does") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    CHECK_FALSE(city.ada.leasing.next_run().has_value());
    city.server.clock.advance(Duration{25 * kMinute_us});
    city.ada.settle();
    CHECK(city.lease_events() == 1);
    city.ada.leasing.worked();
    REQUIRE(city.ada.leasing.next_run().has_value());
    CHECK(city.ada.leasing.next_run()->us == 0);
    city.ada.settle();
    CHECK(city.lease_events() == 2);
    city.server.clock.advance(Duration{25 * kMinute_us});
    CHECK(city.holder(1) == "ada");
    city.server.clock.advance(Duration{6 * kMinute_us});
    CHECK(city.holder(1).empty());
    // Back at work after it ran out.
    city.ada.leasing.worked();
    city.ada.settle();
    CHECK(city.holder(1) == "ada");
}

TEST_CASE("a renewal is due after two thirds of the time, once somebody has worked since") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    city.server.clock.advance(Duration{kMinute_us});
    city.ada.leasing.worked();
    CHECK(city.ada.leasing.next_run()->us == 19 * kMinute_us);
}

TEST_CASE("without a network nothing is asked, and what is open is asked for when there is one again") {
    City city;
    city.ada.leasing.set_reachable(false);
    city.ada.leasing.work_on({msg(1)});
    CHECK_FALSE(city.ada.leasing.run());
    CHECK_FALSE(city.ada.device.transport.deliver());
    CHECK_FALSE(city.ada.leasing.next_run().has_value());
    city.ada.leasing.set_reachable(true);
    city.ada.settle();
    CHECK(city.holder(1) == "ada");
}

TEST_CASE("a request that fails is forgotten for a minute, and a lease that cannot be given back runs out") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    city.ada.device.transport.network = LoopbackTransport::Network::down;
    city.ada.leasing.work_on({msg(2)});
    city.ada.leasing.run();
    REQUIRE(city.ada.device.transport.deliver());
    city.ada.device.transport.network = LoopbackTransport::Network::up;
    city.ada.leasing.run();
    CHECK_FALSE(city.ada.device.transport.deliver());
    CHECK(city.holder(1) == "ada");
    city.server.clock.advance(Duration{61 * kSecond_us});
    city.ada.settle();
    CHECK(city.holder(2) == "ada");
    city.server.clock.advance(Duration{30 * kMinute_us});
    CHECK(city.holder(1).empty());
}

TEST_CASE("a lease that is granted after the item was left is given back at once") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.leasing.run();
    city.ada.leasing.work_on({});
    city.ada.settle();
    CHECK(city.holder(1).empty());
    CHECK(city.lease_events() == 2);
}

TEST_CASE("an item that somebody else is at is asked for once, and again when it is opened again") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    city.ben.leasing.work_on({msg(1)});
    city.ben.settle();
    city.ada.leasing.work_on({});
    city.ada.settle();
    city.ben.leasing.worked();
    city.ben.settle();
    CHECK(city.holder(1).empty());
    city.ben.leasing.work_on({});
    city.ben.leasing.work_on({msg(1)});
    city.ben.settle();
    CHECK(city.holder(1) == "ben");
}

TEST_CASE("a pack is taken along for hours, says how many there were, and is given back item by item") {
    City city;
    city.ben.leasing.work_on({msg(0)});
    city.ben.settle();
    city.ada.leasing.take_along({.count = 25, .tier = "quick", .time = Duration{8 * kHour_us}});
    CHECK(city.ada.leasing.busy());
    city.ada.settle();
    CHECK_FALSE(city.ada.leasing.busy());
    REQUIRE(city.ada.leasing.outcome().has_value());
    CHECK(city.ada.leasing.outcome()->asked == 25);
    CHECK(city.ada.leasing.outcome()->taken == 5);
    city.server.clock.advance(Duration{7 * kHour_us});
    CHECK(city.holder(5) == "ada");
    const store::ProjectRow project = store::find_project(*city.ada.device.database, ProjectId("city")).value();
    std::vector<store::LeaseRow> mine =
        store::running_leases(*city.ada.device.database, project, city.server.clock.now(), 100).value();
    std::erase_if(mine, [](const store::LeaseRow& row) { return !row.offline; });
    REQUIRE(mine.size() == 5);
    city.ada.leasing.give_back({mine.front()});
    city.ada.settle();
    CHECK_FALSE(city.ada.leasing.busy());
    CHECK(city.holder(1).empty());
    CHECK(city.holder(2) == "ada");
    city.server.clock.advance(Duration{2 * kHour_us});
    CHECK(city.holder(2).empty());
}

TEST_CASE("what was taken along is neither asked for when it is opened nor given back when it is left") {
    City city;
    city.ada.leasing.take_along({.count = 2, .tier = {}, .time = Duration{8 * kHour_us}});
    city.ada.settle();
    const size_t before = city.lease_events();
    city.ada.leasing.work_on({msg(0)});
    city.ada.settle();
    city.ada.leasing.work_on({});
    city.ada.settle();
    CHECK(city.lease_events() == before);
    CHECK(city.holder(0) == "ada");
}

TEST_CASE("a pack that cannot be asked for says why, and the wish is not kept") {
    City city;
    city.ada.device.transport.network = LoopbackTransport::Network::down;
    city.ada.leasing.take_along({.count = 2, .tier = {}, .time = Duration{8 * kHour_us}});
    city.ada.leasing.run();
    REQUIRE(city.ada.device.transport.deliver());
    REQUIRE(city.ada.leasing.outcome().has_value());
    CHECK(city.ada.leasing.outcome()->problem.has_value());
    CHECK_FALSE(city.ada.leasing.busy());
}

TEST_CASE("a lease that ran before the desk was opened is known, and given back all the same") {
    City city;
    city.ada.leasing.work_on({msg(1)});
    city.ada.settle();
    const size_t before = city.lease_events();
    sync::Leasing again(*city.ada.device.device, city.ada.device.transport, city.server.clock);
    again.start(city.ada.device.actor, city.ada.device.project);
    again.set_reachable(true);
    again.work_on({msg(1)});
    again.run();
    CHECK_FALSE(city.ada.device.transport.deliver());
    again.work_on({});
    again.run();
    REQUIRE(city.ada.device.transport.deliver());
    CHECK(city.holder(1).empty());
    CHECK(city.lease_events() == before + 1);
}
