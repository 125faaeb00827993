// Stores of every released version, laid out as that version left them: they open, keep their bytes and mean the same.
// COUNTERSIGN_MAKE_CORPUS=0.2 core_store_test '[make]' writes what the present version makes of the same story.

#include "tests/support/corpus.h"

#include <cstdlib>
#include <filesystem>

#include <catch_amalgamated.hpp>

#include "core/store/identity.h"
#include "core/store/ledger.h"
#include "core/store/texts.h"
#include "core/sync/device_streams.h"
#include "tests/support/device.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/write_file.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

// A small city: items of all tiers, decisions of two people, one of them offline with something unsent.
struct Story {
    explicit Story(std::string keys_path) : server(42, ":memory:", std::move(keys_path)) {
        server.create_project("city", sample_policy());
        server.ingest("city", sample_line("a", "A hole in Mill Lane", "pothole", "0.71") +
                                  sample_line("b", "Smell of gas! Größte Eile", "gas", "0.97") +
                                  sample_line("c", "Water in the street", "pothole", "0.3") +
                                  sample_line("d", "Sure thing", "drain", "0.95") +
                                  sample_line("e", "A lamp is dark", "drain", "0.6"));
        ada.settle();
        ben.settle();
        server.clock.advance(Duration{90 * kSecond_us});
        const OperationId first = ada.decide("a", {.verdict = Verdict::accept, .active_ms = 900}).value();
        server.clock.advance(Duration{kSecond_us});
        REQUIRE(ada.withdraw("a", first).ok());
        REQUIRE(ada.decide("a", {.verdict = Verdict::escalate, .active_ms = 40}).ok());
        ReviewDraft corrected{.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 61'234};
        corrected.answers = {{"danger", "no"}, {"place", "na"}, {"comment", "Naïve guess: “Straße” ☂"}};
        corrected.rationale = {{"clear"}, "The water, not the hole, is the matter.", {{"input.text", 0, 5}}};
        REQUIRE(ada.decide("c", corrected).ok());
        ada.settle();
        ReviewDraft rejected{.verdict = Verdict::reject, .active_ms = 3'000};
        rejected.answers = {{"danger", "yes"}, {"place", "yes"}};
        rejected.rationale = {{"vague"}, "Cannot be read, please ask back.", {}};
        REQUIRE(ben.decide("c", rejected).ok());
        REQUIRE(
            ben.device->submit({ben.project, ItemId("b"), ben.actor, AddNote{"Rang the works at 14:05.", {}}}).ok());
        ben.client->operation_added();
        ben.settle();
        server.seal();
        server.sign_in("ruth", "admin");
        REQUIRE(server.ask("POST", "/api/v1/projects/city/erase", R"({"item":"d","ground":"request"})").status == 200);
        ben.client->poke();
        ben.settle();
        ben.transport.network = LoopbackTransport::Network::down;
        REQUIRE(ben.decide("e", {.verdict = Verdict::accept, .active_ms = 700}).ok());
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
    TestDevice ben{server, "ben", "city", 8};
};

struct Version {
    const char* name;
    int64_t schema;
    bool sealed;  // its texts are, under keys that lie beside the store
};

constexpr Version kVersions[] = {{"0.1", 1, false}, {"0.2", 3, true}};

std::unique_ptr<store::Database> laid_out(const Version& version, const char* file, SubjectKeys* keys = nullptr) {
    auto database = store::Database::open({.path = ":memory:", .keys = keys}).value();
    REQUIRE(store::migrate_to(*database, version.schema).ok());
    lay_out_store(*database, read_corpus(std::string(version.name) + "/" + file));
    REQUIRE(store::migrate(*database).ok());
    return database;
}

// The keys of that version's server, in a file that has the tables already.
std::string laid_out_keys(const Version& version, const TemporaryFolder& folder) {
    std::string path = (folder.path() / "keys.db").string();
    if (version.sealed) {
        {
            const TestServer makes_the_tables(1, ":memory:", path);
        }
        const auto file = store::Database::open({.path = path}).value();
        for (const char* table : {"fact", "key", "tombstone", "erased"}) {
            REQUIRE(file->execute("DELETE FROM " + std::string(table)).ok());
        }
        lay_out_store(*file, read_corpus(std::string(version.name) + "/keys.jsonl"));
    }
    return path;
}

// A server of this version on the store of that one.
struct TakenOver {
    explicit TakenOver(const Version& version) : server(43, ":memory:", laid_out_keys(version, folder)) {
        server.database = laid_out(version, "server.jsonl", version.sealed ? server.keys.get() : nullptr);
        REQUIRE(store::ensure_identity(*server.database, server.entropy).ok());
    }

    TemporaryFolder folder;
    TestServer server;
};

ItemState state_in(store::Database& database, const char* item) {
    const store::ProjectRow project = store::find_project(database, ProjectId("city")).value();
    const ItemId id{item};
    return store::load_state(database, id, store::find_item(database, project, id).value()).value();
}

}  // namespace

TEST_CASE("a server's store of every version opens and means the same") {
    for (const Version& version : kVersions) {
        INFO(version.name);
        TakenOver there(version);
        store::Database& database = *there.server.database;
        CHECK(state_in(database, "a").resolution.status == ItemStatus::escalated);
        CHECK(state_in(database, "a").reviews.front().withdrawn);
        REQUIRE(state_in(database, "b").notes.size() == 1);
        CHECK(store::read_note(database, state_in(database, "b").notes.front().text).value()->text ==
              "Rang the works at 14:05.");
        CHECK(state_in(database, "c").reviews.size() == 2);
        CHECK(state_in(database, "c").reviews.front().draft.label.text == "drain");
        CHECK(state_in(database, "e").resolution.status == ItemStatus::open);
        if (version.sealed) {
            CHECK(state_in(database, "d").erased);
        } else {
            CHECK(state_in(database, "d").resolution.status == ItemStatus::auto_approved);
        }
    }
}

TEST_CASE("a device's store of every version opens with the decision that was never sent") {
    for (const Version& version : kVersions) {
        INFO(version.name);
        const auto database = laid_out(version, "device.jsonl");
        ManualClock clock;
        SeededEntropy entropy(9);
        sync::Device device = sync::Device::open(*database, clock, entropy).value();
        const store::OperationCounts counts = store::count_operations(*database, ActorId("ben")).value();
        CHECK(counts.on_device == 1);
        CHECK(counts.on_server() == 2);
        const store::ProjectRow project = store::find_project(*database, ProjectId("city")).value();
        const ItemId item("e");
        const ItemState state = device.load(project, item, store::find_item(*database, project, item).value()).value();
        CHECK(state.resolution.status == ItemStatus::resolved);
        const store::StreamRow stream = sync::ensure_stream(device, project, ActorId("ben")).value();
        CHECK(stream.key.size() == 32);
        if (version.schema == 1) {
            // What is decided from now on stands in a stream of its own, which says so.
            CHECK(stream.reason == "upgraded");
            CHECK(stream.replaces.text.starts_with(device.id().text));
        }
    }
}

TEST_CASE("a device of every version sends what was never sent to a server of this version, which judges it") {
    for (const Version& version : kVersions) {
        INFO(version.name);
        TakenOver there(version);
        TestServer& server = there.server;
        TestDevice ben(server, "ben", "city", 8);
        ben.database = laid_out(version, "device.jsonl");
        ben.restart();
        CHECK(ben.client->status().operations.on_device == 1);
        ben.settle_for(Duration{kMinute_us});
        CHECK_FALSE(ben.client->status().push_stopped);
        CHECK(ben.client->status().operations.on_device == 0);
        REQUIRE(state_in(*server.database, "e").resolution.status == ItemStatus::resolved);
        CHECK(state_in(*server.database, "e").reviews.front().reviewer.text == "ben");
        REQUIRE(ben.decide("b", {.verdict = Verdict::escalate, .active_ms = 10}).ok());
        ben.settle();
        CHECK(state_in(*server.database, "b").resolution.status == ItemStatus::escalated);
        server.seal();
    }
}

TEST_CASE("the present version's store as a corpus", "[.][make]") {
    const char* version = std::getenv("COUNTERSIGN_MAKE_CORPUS");
    REQUIRE(version != nullptr);
    const TemporaryFolder keys;
    const std::string keys_path = (keys.path() / "keys.db").string();
    Story story(keys_path);
    const std::string folder = std::string(COUNTERSIGN_CORPUS) + "/" + version;
    std::filesystem::create_directories(folder);
    REQUIRE(tests::write_file(folder + "/keys.jsonl", dump_store(*store::Database::open({.path = keys_path}).value())));
    REQUIRE(tests::write_file(folder + "/server.jsonl", dump_store(*story.server.database)));
    REQUIRE(tests::write_file(folder + "/device.jsonl", dump_store(*story.ben.database)));
}
