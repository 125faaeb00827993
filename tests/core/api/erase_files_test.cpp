// Erasure as it stands on disk: no byte of the texts is left in any file of server or device, wherever the server was
// killed, and whatever backup is put in its place.

#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

#include "core/api/erase.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/seal/seal.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/subjects.h"
#include "tests/support/device.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A database with its log, in small letters: the index of words keeps no others.
std::string files_of(const std::filesystem::path& path) {
    return lower(bytes_of(path) + bytes_of(path.string() + "-wal"));
}

std::string line_about(std::string_view subject, std::string_view id, std::string_view text) {
    return concat(R"({"subject":")", subject, R"(",)", sample_line(id, text, "pothole", "0.3").substr(1));
}

// Words that stand in nothing else; the index may cut what two words have in common, so they differ from the start.
std::vector<std::string> markers(SeededEntropy& entropy, size_t count) {
    std::vector<std::string> out;
    for (size_t i = 0; i < count; ++i) {
        std::string word;
        for (int letter = 0; letter < 14; ++letter) {
            word.push_back(static_cast<char>('a' + entropy.below(26)));
        }
        out.push_back(std::move(word));
    }
    return out;
}

size_t found_in(const std::string& bytes, const std::vector<std::string>& words) {
    size_t found = 0;
    for (const std::string& word : words) {
        // Without its beginning, which the index may have left to the word before it.
        found += bytes.find(word.substr(4)) != std::string::npos ? 1 : 0;
    }
    return found;
}

ReviewDraft rejected(const std::string& reason, const std::string& answer) {
    ReviewDraft draft{.verdict = Verdict::reject, .active_ms = 900};
    draft.answers = {{"danger", "no"}, {"place", "yes"}, {"comment", answer}};
    draft.rationale = {{"vague"}, "Because of " + reason, {}};
    return draft;
}

Result<api::Erased> erase(TestServer& server, std::string subject) {
    api::Workspace here = server.workspace();
    api::ErasureRequest request;
    request.project = ProjectId("city");
    request.subject = std::move(subject);
    request.ground = "request";
    request.actor = ActorId("ruth");
    return api::erase(here, request);
}

// Keys of which the process is killed around their flush: what happens there is what the files say afterwards.
class KilledKeys : public SubjectKeys {
public:
    enum class At : uint8_t { nowhere, before_flush, after_flush };

    explicit KilledKeys(SubjectKeys& keys) : keys_(keys) {}

    At at = At::nowhere;

    Result<std::string> id() override { return keys_.id(); }

    std::string name_of(NamedKind kind, std::string_view project, std::string_view id) override {
        return keys_.name_of(kind, project, id);
    }

    Result<KeyRef> make() override { return keys_.make(); }

    Result<KeyRef> shared() override { return keys_.shared(); }

    Result<std::string> seal(const KeyRef& key, std::string_view text, std::string_view associated) override {
        return keys_.seal(key, text, associated);
    }

    Result<std::string> open(std::string_view box, std::string_view associated) override {
        return keys_.open(box, associated);
    }

    Status destroy(const Tombstone& tombstone) override { return keys_.destroy(tombstone); }

    Result<std::vector<Tombstone>> tombstones() override { return keys_.tombstones(); }

    Result<bool> is_erased(std::string_view name) override { return keys_.is_erased(name); }

    Status flush() override {
        if (at == At::nowhere) {
            return keys_.flush();
        }
        if (at == At::after_flush) {
            REQUIRE(keys_.flush().ok());
        }
        return fail(ErrorCode::unavailable, "killed");
    }

    void discard() override { keys_.discard(); }

private:
    SubjectKeys& keys_;
};

// A folder as a server has it, opened and left again and again.
struct Folder {
    TemporaryFolder folder;
    uint64_t starts = 0;

    std::filesystem::path store() const { return folder / "countersign.db"; }

    std::filesystem::path keys() const { return folder / "keys.db"; }

    std::unique_ptr<TestServer> start() {
        auto server = std::make_unique<TestServer>(++starts, store().string(), keys().string());
        REQUIRE(store::seal_plain_texts(*server->database).ok());
        const auto replayed = api::replay_erasures(*server->database, server->clock.now());
        INFO((replayed.ok() ? "" : replayed.error().text()));
        REQUIRE(replayed.ok());
        REQUIRE(server->database->truncate_if_wanted().ok());
        return server;
    }

    std::string everything() const { return files_of(store()) + files_of(keys()); }
};

void fill(TestServer& server) {
    server.create_project("city", sample_policy());
    server.ingest("city", line_about("person-1", "a", "Quetzalcoatlus in the street") +
                              line_about("person-2", "b", "A lamp is dark"));
}

size_t events_of(TestServer& server, std::string_view type) {
    store::Statement count = server.database->prepare("SELECT count(*) FROM event WHERE type = ?").value();
    count.bind(type);
    REQUIRE(count.step().value());
    return static_cast<size_t>(count.integer(0));
}

void check_erased(TestServer& server, const Folder& folder) {
    const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
    const int64_t no = store::find_item(*server.database, project, ItemId("a")).value();
    const ItemState state = store::load_state(*server.database, ItemId("a"), no).value();
    CHECK(state.erased);
    CHECK(state.resolution.status == ItemStatus::withdrawn);
    CHECK(store::read_document(*server.database, no).error().code == ErrorCode::not_found);
    CHECK(store::read_document(*server.database, no + 1).ok());
    CHECK(events_of(server, "subject_erased") == 1);
    CHECK(server.keys->tombstones().value().size() == 1);
    CHECK(folder.everything().find("zalcoatlus") == std::string::npos);
    server.seal();
}

}  // namespace

TEST_CASE("after erasures no planted word is found in any file of the server or a device, and devices had them all") {
    const auto seed = GENERATE(uint64_t{11}, uint64_t{12}, uint64_t{13});
    CAPTURE(seed);
    Folder folder;
    SeededEntropy dice(seed);
    const std::vector<std::string> words = markers(dice, 50);
    auto server = folder.start();
    server->create_project("city", sample_policy());
    std::string lines;
    for (size_t i = 0; i < 20; ++i) {
        lines += line_about(concat("person-", i % 3), concat("msg-", i), "It is about " + words[i]);
    }
    server->ingest("city", lines);
    const std::filesystem::path device_path = folder.folder / "device.db";
    TestDevice ada(*server, "ada", "city", seed, device_path.string());
    ada.settle();
    for (size_t i = 0; i < 10; ++i) {
        // Some judged, some only recorded, some not even sent when everybody is erased.
        server->judges = i < 5;
        REQUIRE(ada.decide(concat("msg-", i), rejected(words[20 + 2 * i], words[21 + 2 * i])).ok());
        i < 8 ? ada.settle() : void();
    }
    for (size_t i = 0; i < 10; ++i) {
        const std::string item = concat("msg-", 10 + i);
        if (i % 2 == 0) {
            REQUIRE(
                ada.device->submit({ada.project, ItemId(item), ada.actor, AddNote{"Note: " + words[40 + i], {}}}).ok());
            ada.client->operation_added();
        } else {
            REQUIRE(store::write_meta(*ada.database, concat("draft/ada/city/", item), words[40 + i]).ok());
        }
    }
    server->judges = true;
    REQUIRE(found_in(files_of(device_path), words) == words.size());
    for (int person = 0; person < 3; ++person) {
        const auto erased = erase(*server, concat("person-", person));
        INFO((erased.ok() ? "" : erased.error().text()));
        REQUIRE(erased.ok());
    }
    ada.client->poke();
    ada.settle_for(Duration{5 * kMinute_us});
    CHECK(ada.client->status().operations.on_device == 0);
    REQUIRE(server->database->truncate_if_wanted().ok());
    CHECK(found_in(files_of(folder.store()), words) == 0);
    CHECK(found_in(files_of(folder.keys()), words) == 0);
    CHECK(found_in(files_of(device_path), words) == 0);
    CHECK(folder.everything().find("person-") == std::string::npos);
}

TEST_CASE("a server that is killed anywhere in an erasure comes to the same end at its next start") {
    const auto at = GENERATE(KilledKeys::At::nowhere, KilledKeys::At::before_flush, KilledKeys::At::after_flush);
    CAPTURE(static_cast<int>(at));
    Folder folder;
    {
        const auto server = folder.start();
        fill(*server);
        KilledKeys keys(*server->keys);
        server->database = store::open_store({.path = folder.store().string(), .keys = &keys}).value();
        keys.at = at;
        // Nobody is told that it is done unless it is.
        CHECK(erase(*server, "person-1").ok() == (at == KilledKeys::At::nowhere));
        server->database.reset();
    }
    auto server = folder.start();
    if (at == KilledKeys::At::before_flush) {
        // Nothing had happened.
        CHECK(events_of(*server, "subject_erased") == 0);
        CHECK(server->keys->tombstones().value().empty());
        REQUIRE(erase(*server, "person-1").ok());
        REQUIRE(server->database->truncate_if_wanted().ok());
    }
    check_erased(*server, folder);
    // Once in line, it stays as it is.
    server.reset();
    server = folder.start();
    check_erased(*server, folder);
}

TEST_CASE("an erasure whose commit failed is made good by the next one, without a start") {
    Folder folder;
    const auto server = folder.start();
    fill(*server);
    KilledKeys keys(*server->keys);
    server->database = store::open_store({.path = folder.store().string(), .keys = &keys}).value();
    keys.at = KilledKeys::At::after_flush;
    REQUIRE_FALSE(erase(*server, "person-1").ok());
    keys.at = KilledKeys::At::nowhere;
    // What cannot be opened any more is as if it were not there.
    const store::ProjectRow project = store::find_project(*server->database, ProjectId("city")).value();
    const int64_t no = store::find_item(*server->database, project, ItemId("a")).value();
    CHECK(store::read_document(*server->database, no).error().code == ErrorCode::not_found);
    const auto again = erase(*server, "person-1");
    REQUIRE(again.ok());
    CHECK(again.value().already);
    REQUIRE(server->database->truncate_if_wanted().ok());
    check_erased(*server, folder);
    server->database.reset();
}

TEST_CASE("a store that is put back to before an erasure is brought in line with it, and takes nothing of it again") {
    Folder folder;
    const std::filesystem::path backup = folder.folder / "backup.db";
    {
        auto server = folder.start();
        fill(*server);
        server.reset();
        std::filesystem::copy_file(folder.store(), backup);
        server = folder.start();
        server->ingest("city", line_about("person-1", "later", "Quetzalcoatlus again"));
        REQUIRE(erase(*server, "person-1").ok());
        REQUIRE(server->database->truncate_if_wanted().ok());
    }
    // The backup itself has nothing to read for whoever has no keys.
    CHECK(files_of(backup).find("zalcoatlus") == std::string::npos);
    for (const char* part : {"countersign.db-wal", "countersign.db-shm", "countersign.db"}) {
        std::filesystem::remove(folder.folder / part);
    }
    std::filesystem::copy_file(backup, folder.store());
    const auto server = folder.start();
    check_erased(*server, folder);
    // Of what came after the backup the store knows nothing; it is not taken again all the same.
    const store::ProjectRow project = store::find_project(*server->database, ProjectId("city")).value();
    REQUIRE(store::find_item(*server->database, project, ItemId("later")).value() == 0);
    server->sign_in("owner", "model_owner");
    const TestServer::Answer answer =
        server->ask("POST", "/api/v1/projects/city/predictions",
                    line_about("person-1", "later", "Quetzalcoatlus again"), "application/jsonl");
    CHECK(answer.status == 207);
    CHECK(answer.body.find("this item was erased") != std::string::npos);
}

TEST_CASE("a log has the same root over what it had before, erased or not") {
    Folder folder;
    const auto server = folder.start();
    fill(*server);
    const store::ProjectRow before = store::find_project(*server->database, ProjectId("city")).value();
    const Digest root = seal::root_at(*server->database, before, before.head_seq).value();
    server->seal();
    REQUIRE(erase(*server, "person-1").ok());
    server->seal();
    const store::ProjectRow after = store::find_project(*server->database, ProjectId("city")).value();
    CHECK(after.head_seq > before.head_seq);
    CHECK(seal::root_at(*server->database, after, before.head_seq).value() == root);
}
