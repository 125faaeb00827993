// One decision from a device to the server and back to another device, and what cuts in between do to it.

#include <catch_amalgamated.hpp>

#include "core/sync/intake.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct World {
    World() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 120; ++i) {
            lines += sample_line("msg-" + std::to_string(i), "A hole in the road, number " + std::to_string(i),
                                 "pothole", "0.71");
        }
        server.ingest("city", lines);
    }

    TestServer server;
};

ReviewDraft accepted() {
    return ReviewDraft{.verdict = Verdict::accept, .active_ms = 1'500};
}

int64_t operations_on_server(TestServer& server) {
    store::Statement count = server.database->prepare("SELECT count(*) FROM operation").value();
    REQUIRE(count.step().value());
    return count.integer(0);
}

}  // namespace

TEST_CASE("a device pulls the items that people review, with their texts") {
    World world;
    TestDevice device(world.server, "ada", "city", 7);
    device.settle();
    CHECK(device.client->status().online);
    CHECK(device.client->status().items_taken == 120);
    CHECK(device.item("msg-5").current().label.text == "pothole");
    const store::ProjectRow row = store::find_project(*device.database, device.project).value();
    const int64_t no = store::find_item(*device.database, row, ItemId("msg-5")).value();
    CHECK(store::read_document(*device.database, no).value().text.find("number 5") != std::string::npos);
}

TEST_CASE("a decision is on the device at once, then saved, and reaches the next device") {
    World world;
    TestDevice ada(world.server, "ada", "city", 7);
    TestDevice ben(world.server, "ben", "city", 8);
    ada.settle();
    ben.settle();
    const auto decided = ada.decide("msg-3", accepted());
    INFO((decided.ok() ? "" : decided.error().text()));
    REQUIRE(decided.ok());
    CHECK(ada.item("msg-3").resolution.status == ItemStatus::resolved);
    CHECK(ada.client->status().operations.on_device == 1);
    ada.settle();
    CHECK(ada.client->status().operations.on_device == 0);
    CHECK(ada.client->status().operations.on_server() == 1);
    CHECK(ada.item("msg-3").resolution.status == ItemStatus::resolved);
    CHECK(ada.item("msg-3").reviews.size() == 1);
    ben.client->poke();
    ben.settle();
    CHECK(ben.item("msg-3").resolution.status == ItemStatus::resolved);
    CHECK(ben.item("msg-3").reviews.front().reviewer.text == "ada");
}

TEST_CASE("without a network decisions wait, survive a restart and are saved once when it is back") {
    World world;
    TestDevice ada(world.server, "ada", "city", 7);
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::down;
    for (int i = 0; i < 20; ++i) {
        REQUIRE(ada.decide("msg-" + std::to_string(i), accepted()).ok());
    }
    ada.settle_for(Duration{5 * kMinute_us});
    CHECK(ada.client->status().operations.on_device == 20);
    CHECK_FALSE(ada.client->status().online);
    ada.restart();
    CHECK(ada.client->status().operations.on_device == 20);
    CHECK(ada.item("msg-19").resolution.status == ItemStatus::resolved);
    ada.transport.network = LoopbackTransport::Network::up;
    ada.settle_for(Duration{2 * kMinute_us});
    CHECK(ada.client->status().operations.on_server() == 20);
    CHECK(operations_on_server(world.server) == 20);
}

TEST_CASE("an answer that is lost after the server saved makes no second decision") {
    World world;
    TestDevice ada(world.server, "ada", "city", 7);
    ada.settle();
    REQUIRE(ada.decide("msg-1", accepted()).ok());
    ada.transport.network = LoopbackTransport::Network::answer_lost;
    ada.settle();
    CHECK(operations_on_server(world.server) == 1);
    CHECK(ada.client->status().operations.on_device == 1);
    ada.transport.network = LoopbackTransport::Network::up;
    ada.settle_for(Duration{kMinute_us});
    CHECK(operations_on_server(world.server) == 1);
    CHECK(ada.client->status().operations.on_server() == 1);
    CHECK(ada.item("msg-1").reviews.size() == 1);
}

TEST_CASE("a decision that is undone before and after sync leaves the item open, and both facts in the log") {
    World world;
    TestDevice ada(world.server, "ada", "city", 7);
    ada.settle();
    const OperationId first = ada.decide("msg-2", accepted()).value();
    REQUIRE(ada.withdraw("msg-2", first).ok());
    CHECK(ada.item("msg-2").resolution.status == ItemStatus::open);
    ada.settle();
    CHECK(ada.item("msg-2").resolution.status == ItemStatus::open);
    CHECK(operations_on_server(world.server) == 2);
    const OperationId second = ada.decide("msg-2", accepted()).value();
    ada.settle();
    REQUIRE(ada.withdraw("msg-2", second).ok());
    ada.settle();
    CHECK(ada.item("msg-2").resolution.status == ItemStatus::open);
    CHECK(ada.item("msg-2").reviews.size() == 2);
}

TEST_CASE("a device keeps only texts that an event names and that open") {
    World world;
    TestDevice ada(world.server, "ada", "city", 7);
    TestDevice ben(world.server, "ben", "city", 8);
    ada.settle();
    ben.settle();
    REQUIRE(ada.device->submit({ada.project, ItemId("msg-1"), ada.actor, AddNote{"Rang the works.", {}}}).ok());
    ada.client->operation_added();
    ada.settle();
    const store::ProjectRow row = store::find_project(*ben.database, ben.project).value();
    world.server.sign_in("ben", "reviewer");
    const TestServer::Answer feed = world.server.ask("GET", "/api/v1/projects/city/feed?cursor=" + row.feed);
    const auto notes_after = [&](const char* from, const char* to) {
        std::string body = feed.body;
        for (size_t at = body.find(from); at != std::string::npos; at = body.find(from, at + 20)) {
            body.replace(at, std::string_view(from).size(), to);
        }
        const auto taken = sync::Intake(*ben.device, ben.project, sync::PageKind::feed, body).take(100);
        const int64_t no = store::find_item(*ben.database, row, ItemId("msg-1")).value();
        return std::pair(taken.ok(), store::read_notes(*ben.database, no).value().size());
    };
    CHECK(notes_after("Rang the works.", "Rang nobody at all.") == std::pair(false, size_t{0}));
    // A text that no event names is passed over.
    const std::string other = R"("texts":[{"commitment":")" + std::string(64, 'a') + R"(","key":")" +
                              std::string(64, 'b') + R"(","text":"not asked for"},{"commitment":")";
    CHECK(notes_after(R"("texts":[{"commitment":")", other.c_str()) == std::pair(true, size_t{1}));
}
