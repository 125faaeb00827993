// When a device and its server no longer agree: a server put back to an older state, a store that was put back, copied
// or thrown away. Nothing that is anywhere is lost, and whoever decided it is told.

#include <catch_amalgamated.hpp>

#include "core/api/setup.h"
#include "core/store/notices.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

using store::NoticeKind;

ReviewDraft accepted() {
    return {.verdict = Verdict::accept, .active_ms = 900};
}

struct City {
    City() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 12; ++i) {
            lines += sample_line("msg-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
        }
        server.ingest("city", lines);
        ada.settle();
    }

    void decide(int from, int to) {
        for (int i = from; i < to; ++i) {
            server.clock.advance(Duration{kSecond_us});
            REQUIRE(ada.decide("msg-" + std::to_string(i), accepted()).ok());
        }
    }

    // As when ada's browser is copied with all that it keeps, one decision in it.
    void decide_and_copy_to(TestDevice& copy) {
        decide(0, 1);
        ada.settle();
        copy.database = copy_of(*ada.database);
        copy.restart();
    }

    int64_t resolved() {
        const store::ProjectRow row = store::find_project(*server.database, ProjectId("city")).value();
        int64_t items = 0;
        for (const store::TierCount& count : store::count_items(*server.database, row).value()) {
            items += count.status == ItemStatus::resolved ? count.items : 0;
        }
        return items;
    }

    // One that was not there at the beginning, and ada hears of it.
    void item_comes() {
        server.ingest("city", sample_line("later", "A hole", "pothole", "0.7"));
        ada.client->poke();
        ada.settle();
    }

    std::vector<store::NoticeRow> notices(TestDevice& device) {
        return store::notices_of(*device.database, device.actor).value();
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
};

}  // namespace

TEST_CASE("a server that was put back has everything again once its devices were there") {
    City city;
    city.decide(0, 3);
    city.ada.settle();
    auto backup = copy_of(*city.server.database);
    city.decide(3, 8);
    city.ada.settle();
    CHECK(city.resolved() == 8);
    city.server.put_back(std::move(backup));
    CHECK(city.resolved() == 3);
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.resolved() == 8);
    CHECK(city.ada.client->status().operations.on_server() == 8);
    CHECK(city.ada.item("msg-7").resolution.status == ItemStatus::resolved);
    REQUIRE(city.notices(city.ada).size() == 1);
    CHECK(city.notices(city.ada)[0].kind == NoticeKind::server_restored);
    CHECK(city.notices(city.ada)[0].count == 5);
    // Nobody has it twice.
    CHECK(city.ada.item("msg-7").reviews.size() == 1);
    city.ada.restart();
    city.ada.settle();
    CHECK(city.notices(city.ada).size() == 1);
}

TEST_CASE("what was decided while the server was being put back goes to it as well") {
    City city;
    auto backup = copy_of(*city.server.database);
    city.decide(0, 2);
    city.ada.settle();
    city.ada.transport.network = LoopbackTransport::Network::down;
    city.decide(2, 5);
    city.server.put_back(std::move(backup));
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.ada.settle_for(Duration{2 * kMinute_us});
    CHECK(city.resolved() == 5);
    CHECK(city.ada.client->status().operations.on_device == 0);
}

TEST_CASE("items that came after the backup are gone with it, decisions on them wait until they come again") {
    City city;
    auto backup = copy_of(*city.server.database);
    city.item_comes();
    REQUIRE(city.ada.decide("later", accepted()).ok());
    city.ada.settle();
    city.server.put_back(std::move(backup));
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.ada.client->status().operations.on_device == 0);
    // No list shows it meanwhile.
    const store::ProjectRow row = store::find_project(*city.ada.database, city.ada.project).value();
    const int64_t later = store::find_item(*city.ada.database, row, ItemId("later")).value();
    CHECK(store::read_item(*city.ada.database, later).value()->status == ItemStatus::unknown);
    city.item_comes();
    CHECK(city.ada.item("later").resolution.status == ItemStatus::resolved);
    CHECK(city.resolved() == 1);
}

// Found by the simulator (seed 3064).
TEST_CASE("an item that a restored server lost and lets through when it comes again is nowhere in pieces") {
    City city;
    auto backup = copy_of(*city.server.database);
    city.item_comes();
    city.ada.transport.unreachable = {"/operations"};
    REQUIRE(city.ada.decide("later", accepted()).ok());
    city.server.put_back(std::move(backup));
    city.ada.client->poke();
    city.ada.settle();
    city.server.ingest("city", sample_line("later", "A hole", "pothole", "0.97"));
    city.ada.settle_for(Duration{2 * kMinute_us});
    city.ada.transport.unreachable.clear();
    city.ada.settle_for(Duration{10 * kMinute_us});
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.ada.client->status().operations.on_device == 0);
    // The decision counts there; here nothing claims to be the item without its prediction.
    const store::ProjectRow there = store::find_project(*city.server.database, ProjectId("city")).value();
    const int64_t item = store::find_item(*city.server.database, there, ItemId("later")).value();
    CHECK(store::load_state(*city.server.database, ItemId("later"), item).value().reviews.size() == 1);
    const store::ProjectRow row = store::find_project(*city.ada.database, city.ada.project).value();
    const int64_t later = store::find_item(*city.ada.database, row, ItemId("later")).value();
    CHECK(store::read_item(*city.ada.database, later).value()->status == ItemStatus::unknown);
    CHECK(store::read_item_events(*city.ada.database, later).value().empty());
}

// Found by the simulator (seed 8888).
TEST_CASE("a policy that a restored server never had keeps no device from going on") {
    City city;
    auto backup = copy_of(*city.server.database);
    city.ada.transport.unreachable = {"/policy?"};
    city.server.clock.advance(Duration{kSecond_us});
    api::Workspace here = city.server.workspace();
    std::string policy = sample_policy();
    policy.replace(policy.find("City service"), 4, "Town");
    REQUIRE(api::activate_policy(here, ProjectId("city"), policy, ActorId("owner")).ok());
    city.ada.client->poke();
    city.ada.settle();
    city.server.put_back(std::move(backup));
    city.ada.transport.unreachable.clear();
    city.ada.client->poke();
    city.ada.settle_for(Duration{2 * kMinute_us});
    CHECK_FALSE(city.ada.client->status().last_error);
    city.decide(0, 1);
    city.ada.settle();
    CHECK(city.resolved() == 1);
}

// Found by the simulator (seed 9920).
TEST_CASE("what somebody decides on while the news about it is on its way is not left behind by a new life") {
    City city;
    TestDevice ben(city.server, "ben", "city", 8);
    ben.settle();
    auto backup = copy_of(*city.server.database);
    REQUIRE(ben.decide("msg-0", accepted()).ok());
    ben.settle();
    city.ada.client->poke();
    city.ada.settle();
    REQUIRE(city.ada.item("msg-0").resolution.status == ItemStatus::resolved);
    city.server.put_back(std::move(backup));
    ben.client->poke();
    ben.settle();
    REQUIRE(city.resolved() == 1);
    city.ada.client->poke();
    // The last page is an empty one, and on its way.
    city.server.settings.limits.page_items = 11;
    do {
        city.ada.client->run();
    } while (!city.ada.transport.asks("&after=") && city.ada.transport.deliver());
    REQUIRE(city.ada.transport.asks("&after="));
    REQUIRE(city.ada.item("msg-0").resolution.status == ItemStatus::open);
    city.server.clock.advance(Duration{kSecond_us});
    REQUIRE(city.ada.decide("msg-0", accepted()).ok());
    city.ada.settle();
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.ada.item("msg-0").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.item("msg-0").reviews.size() == 2);
}

TEST_CASE("a device that missed a life of its server keeps nothing of what that life does not have") {
    City city;
    TestDevice ben(city.server, "ben", "city", 8);
    ben.settle();
    auto first = copy_of(*city.server.database);
    city.decide(0, 4);
    city.ada.settle();
    city.ada.transport.network = LoopbackTransport::Network::down;
    // The second life goes other ways for longer than the first one had, and the third goes on from there.
    city.server.put_back(std::move(first));
    for (int i = 4; i < 12; ++i) {
        city.server.clock.advance(Duration{kSecond_us});
        REQUIRE(ben.decide("msg-" + std::to_string(i), accepted()).ok());
    }
    ben.settle_for(Duration{2 * kMinute_us});
    CHECK(city.resolved() == 8);
    city.server.put_back(copy_of(*city.server.database));
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.ada.client->poke();
    city.ada.settle_for(Duration{2 * kMinute_us});
    CHECK(city.resolved() == 12);
    CHECK(city.ada.client->status().operations.on_device == 0);
    for (int i = 0; i < 4; ++i) {
        CHECK(city.ada.item("msg-" + std::to_string(i)).reviews.size() == 1);
    }
}

TEST_CASE("a stream that goes on no more is offered to a restored server as well") {
    City city;
    auto of_server = copy_of(*city.server.database);
    city.decide(0, 1);
    city.ada.settle();
    auto of_ada = copy_of(*city.ada.database);
    city.decide(1, 2);
    city.ada.settle();
    // Put back: the stream with the first decision is closed, another begins.
    city.ada.database = std::move(of_ada);
    city.ada.entropy = SeededEntropy(70);
    city.ada.restart();
    city.ada.settle();
    city.decide(2, 3);
    city.ada.settle();
    CHECK(city.resolved() == 3);
    city.server.put_back(std::move(of_server));
    city.ada.client->poke();
    city.ada.settle_for(Duration{2 * kMinute_us});
    // The second decision is nowhere any more.
    CHECK(city.resolved() == 2);
    CHECK(city.ada.item("msg-0").resolution.status == ItemStatus::resolved);
}

TEST_CASE("a device whose store was put back begins a new stream, and is told what it does not remember") {
    City city;
    auto backup = copy_of(*city.ada.database);
    city.decide(0, 3);
    city.ada.settle();
    city.ada.database = std::move(backup);
    city.ada.entropy = SeededEntropy(70);
    city.ada.restart();
    city.ada.settle();
    REQUIRE(city.notices(city.ada).size() == 1);
    CHECK(city.notices(city.ada)[0].kind == NoticeKind::server_ahead);
    CHECK(city.notices(city.ada)[0].count == 3);
    CHECK(city.notices(city.ada)[0].items.size() == 3);
    city.decide(3, 5);
    city.ada.settle();
    CHECK(city.resolved() == 5);
    CHECK(city.ada.item("msg-0").resolution.status == ItemStatus::resolved);
    const store::ProjectRow row = store::find_project(*city.ada.database, city.ada.project).value();
    CHECK(store::streams_of(*city.ada.database, city.ada.actor, &row).value().size() == 2);
}

TEST_CASE("two copies of a browser both keep all they decided; both begin streams of their own") {
    City city;
    TestDevice copy(city.server, "ada", "city", 71);
    city.decide_and_copy_to(copy);
    city.decide(1, 3);
    city.server.clock.advance(Duration{kSecond_us});
    for (int i = 3; i < 6; ++i) {
        REQUIRE(copy.decide("msg-" + std::to_string(i), accepted()).ok());
    }
    city.ada.settle();
    copy.settle_for(Duration{2 * kMinute_us});
    CHECK(city.resolved() == 6);
    CHECK(copy.client->status().operations.on_device == 0);
    REQUIRE_FALSE(city.notices(copy).empty());
    CHECK(city.notices(copy)[0].kind == NoticeKind::copied);
    REQUIRE(copy.decide("msg-6", accepted()).ok());
    copy.settle();
    city.decide(7, 8);
    city.ada.settle_for(Duration{2 * kMinute_us});
    CHECK(city.ada.client->status().operations.on_device == 0);
    CHECK(city.resolved() == 8);
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("GET", "/api/v1/projects/city/incidents").body.find("stream_forked") != std::string::npos);
}

TEST_CASE("what is decided while a server that is ahead answers goes to it as well") {
    const int ahead = GENERATE(1, 2);
    CAPTURE(ahead);
    City city;
    TestDevice copy(city.server, "ada", "city", 71);
    city.decide_and_copy_to(copy);
    city.decide(1, 1 + ahead);
    city.ada.settle();
    copy.run_until_it_asks("/hello");
    city.server.clock.advance(Duration{kSecond_us});
    REQUIRE(copy.decide("msg-5", accepted()).ok());
    copy.transport.deliver();  // before anything asks about the new one
    copy.settle_for(Duration{2 * kMinute_us});
    CHECK(city.resolved() == 2 + ahead);
    CHECK(copy.client->status().operations.on_device == 0);
}

TEST_CASE("a browser whose storage was thrown away says which decisions went with it") {
    City city;
    city.decide(0, 1);
    city.ada.settle();
    city.decide(1, 3);
    // Announced by a hello, then cut before they were sent.
    city.ada.restart();
    city.ada.client->run();
    city.ada.transport.deliver();
    city.ada.client->run();
    city.ada.transport.deliver();
    city.ada.database = store::open_store({.path = ":memory:"}).value();
    city.ada.entropy = SeededEntropy(72);
    city.ada.restart();
    city.ada.settle();
    REQUIRE(city.notices(city.ada).size() == 1);
    CHECK(city.notices(city.ada)[0].kind == NoticeKind::work_lost);
    CHECK(city.notices(city.ada)[0].count == 2);
    CHECK(city.notices(city.ada)[0].items == std::vector<ItemId>{ItemId("msg-1"), ItemId("msg-2")});
}

TEST_CASE("what is decided after the right was taken away waits for a lead, and its author is told") {
    City city;
    city.server.sign_in("root", "admin");
    city.decide(0, 1);
    city.ada.settle();
    city.ada.transport.network = LoopbackTransport::Network::down;
    city.decide(1, 3);
    city.server.sign_in("root", "admin");
    REQUIRE(city.server.ask("PUT", "/api/v1/accounts/ada", R"({"disabled":true})").status == 200);
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.ada.settle_for(Duration{2 * kMinute_us});
    CHECK(city.ada.client->status().operations.on_device == 0);
    CHECK(city.resolved() == 1);
    CHECK(city.server.ask("GET", "/api/v1/projects/city").status < 500);
    const auto notices = city.notices(city.ada);
    REQUIRE_FALSE(notices.empty());
    CHECK(notices[0].kind == NoticeKind::rights_revoked);
}

TEST_CASE("what was backed up ninety days ago a device forgets, and nothing else") {
    City city;
    city.decide(0, 3);
    city.ada.settle();
    const auto stable_so_far = [&] {
        city.server.seal();
        store::ProjectRow row = store::find_project(*city.server.database, ProjectId("city")).value();
        row.stable_seq = row.head_seq;
        REQUIRE(store::save_project(*city.server.database, row).ok());
    };
    stable_so_far();
    city.decide(3, 5);
    city.ada.settle();
    const auto kept = [&] {
        store::Statement count = city.ada.database->prepare("SELECT count(*) FROM operation").value();
        REQUIRE(count.step().value());
        return count.integer(0);
    };
    const auto come_again_after = [&](int64_t days) {
        city.server.clock.advance(Duration{days * kDay_us});
        city.ada.client->start(city.ada.actor, city.ada.project);
        city.ada.settle();
    };
    come_again_after(89);
    CHECK(kept() == 5);
    come_again_after(2);
    CHECK(kept() == 2);  // they are on the server, and in no backup
    stable_so_far();
    city.decide(5, 6);
    come_again_after(91);
    CHECK(kept() == 3);  // it hears only now that they are in one
    come_again_after(1);
    CHECK(kept() == 1);
    CHECK(city.ada.item("msg-0").resolution.status == ItemStatus::resolved);
    CHECK(city.ada.client->status().operations.on_device == 0);
    CHECK(city.resolved() == 6);
}
