// A store that lies on a bad disk: bits that flipped, pages that went astray. Whatever is asked of it, the answer is
// right, or a sentence; the process never ends.

#include <cstdio>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/store/notices.h"
#include "tests/core/faults/sweep.h"
#include "tests/core/faults/world.h"

using namespace countersign;
using namespace countersign::faults;
using namespace countersign::testing;

namespace {

// A server and a device with decisions of all kinds, cleanly closed.
FaultDisk::Content city(FaultDisk& disk) {
    disk.restore({});
    World world(disk, 1);
    REQUIRE(world.open_server().ok());
    world.server->create_project("city", sample_policy());
    world.server->ingest("city", city_lines(0, 12, "0.71"));
    world.server->ingest("city", city_lines(3, 6, "0.2", "topics-2"));
    REQUIRE(world.open_device().ok());
    REQUIRE(world.sync().ok());
    const OperationId first = world.device->decide("msg-0", {.verdict = Verdict::accept, .active_ms = 9}).value();
    REQUIRE(world.device->withdraw("msg-0", first).ok());
    ReviewDraft corrected{.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 9};
    corrected.rationale.text = "The water, not the hole.";
    REQUIRE(world.device->decide("msg-1", corrected).ok());
    REQUIRE(world.device->decide("msg-2", {.verdict = Verdict::escalate, .active_ms = 9}).ok());
    REQUIRE(world.sync().ok());
    REQUIRE(world.server->try_seal().ok());
    REQUIRE(world.sync().ok());  // the device verifies the checkpoint
    REQUIRE(world.server->try_sign_in("ada", "reviewer").ok());
    const std::string stream =
        store::streams_of(*world.server->database, ActorId("ada"), nullptr).value()[0].stream.text;
    REQUIRE(good(world.server->ask("POST", "/api/v1/projects/city/leases",
                                   R"({"stream":")" + stream + R"(","items":["msg-9","msg-10"]})"))
                .ok());
    // Recorded, and still to be judged.
    REQUIRE(world.device->decide("msg-6", {.verdict = Verdict::accept, .active_ms = 9}).ok());
    REQUIRE(world.exchange().ok());
    world.device->transport.network = LoopbackTransport::Network::down;
    REQUIRE(world.device->decide("msg-7", {.verdict = Verdict::accept, .active_ms = 9}).ok());
    world.device.reset();
    world.reader.reset();
    world.server.reset();
    return disk.content();
}

struct Told {
    int refused_to_open = 0;
    int sentences = 0;
    int answers = 0;
    std::string last = {};  // sentence
};

void count(Told& told, const Status& status) {
    if (status.ok()) {
        ++told.answers;
        return;
    }
    INFO(status.error().text());
    CHECK(status.error().text().size() > 10);
    ++told.sentences;
    told.last = status.error().text();
}

void use_server(World& world, Told& told) {
    if (const Status opened = world.open_server(); !opened.ok()) {
        CHECK(opened.error().message.size() > 10);
        ++told.refused_to_open;
        return;
    }
    for (const char* target :
         {"/api/v1/projects", "/api/v1/projects/city", "/api/v1/projects/city/items?limit=5",
          "/api/v1/projects/city/items?status=resolved&sort=newest", "/api/v1/accounts",
          "/api/v1/projects/city/items/msg-1", "/api/v1/projects/city/items/msg-4", "/api/v1/projects/city/leases",
          "/api/v1/projects/city/quarantine", "/api/v1/projects/city/incidents", "/api/v1/projects/city/log/checkpoint",
          "/api/v1/projects/city/log/proof?seq=3", "/api/v1/projects/city/log/consistency?from=5",
          "/api/v1/projects/city/log/tile/0/000.p/5",
          "/api/v1/projects/city/export?status=open,resolved,escalated,auto_approved"}) {
        count(told, world.ask("GET", target));
    }
    count(told, world.read_feed());
    count(told, world.server->try_judge());
    count(told, world.server->try_seal());
    count(told, world.ask("POST", "/api/v1/projects/city/predictions", city_lines(4, 14, "0.9", "topics-3"),
                          "application/jsonl"));
    count(told, world.ask("POST", "/api/v1/tokens", R"({"name":"pipeline","role":"model_owner"})"));
}

void use_device(World& world, Told& told) {
    if (const Status opened = world.open_device(); !opened.ok()) {
        CHECK(opened.error().message.size() > 10);
        ++told.refused_to_open;
        return;
    }
    for (int i = 0; i < 12; ++i) {
        const auto state = world.item(concat("msg-", i));
        count(told, state.ok() ? success() : Status(state.error()));
    }
    const auto decided = world.device->decide("msg-8", {.verdict = Verdict::accept, .active_ms = 9});
    count(told, decided.ok() ? success() : Status(decided.error()));
    count(told, world.sync());
    const auto notices = store::notices_of(*world.device->database, world.device->actor);
    count(told, notices.ok() ? success() : Status(notices.error()));
    const auto forgotten = store::forget_stable(*world.device->database, world.server->clock.now());
    count(told, forgotten.ok() ? success() : Status(forgotten.error()));
}

void use(FaultDisk& disk, bool of_server, Told& told) {
    World world(disk, 2);
    if (of_server) {
        use_server(world, told);
        return;
    }
    REQUIRE(world.open_server().ok());
    use_device(world, told);
}

}  // namespace

TEST_CASE("a store that is not damaged answers everything that damaged ones are asked") {
    FaultDisk disk;
    const FaultDisk::Content content = city(disk);
    for (const bool of_server : {true, false}) {
        disk.restore(content);
        Told told;
        use(disk, of_server, told);
        INFO((of_server ? "server" : "device") << ": " << told.last);
        CHECK(told.sentences + told.refused_to_open == 0);
    }
}

TEST_CASE("a flipped bit anywhere in a store is met with a right answer or a sentence") {
    FaultDisk disk;
    const FaultDisk::Content content = city(disk);
    for (const bool of_server : {true, false}) {
        const std::string name = of_server ? "server.db" : "device.db";
        Told told;
        const uint64_t bits = content.files.at(name).bytes().size() * 8;
        Chance chance(bits);
        for (uint64_t bit = 0; bit < bits; bit += (300 + chance.below(1'600)) * fault_step()) {
            disk.restore(content);
            disk.file(name).flip_bit(bit);
            INFO(name << " bit " << bit);
            use(disk, of_server, told);
        }
        std::printf("%s: %llu bits, %d times not opened, %d sentences, %d answers\n", name.c_str(),
                    static_cast<unsigned long long>(bits), told.refused_to_open, told.sentences, told.answers);
        CHECK(told.refused_to_open + told.sentences > 0);
        CHECK(told.answers > 0);
    }
}

TEST_CASE("pages that were written to another's place are met with a right answer or a sentence") {
    FaultDisk disk;
    const FaultDisk::Content content = city(disk);
    for (const bool of_server : {true, false}) {
        const std::string name = of_server ? "server.db" : "device.db";
        const uint64_t pages = content.files.at(name).bytes().size() / 4096;
        Told told;
        for (uint64_t page = 0; page < pages; page += fault_step()) {
            for (const uint64_t other : {page + 1, page + 2, page + 7, page + 13, pages - page}) {
                disk.restore(content);
                std::string bytes(4096, '\0');
                disk.file(name).read(other % pages * 4096, bytes.data(), bytes.size());
                disk.file(name).write(page * 4096, bytes);
                INFO(name << " page " << page << " holds " << other % pages);
                use(disk, of_server, told);
            }
        }
        CHECK(told.refused_to_open + told.sentences > 0);
    }
}
