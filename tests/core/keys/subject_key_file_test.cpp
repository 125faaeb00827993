#include "core/keys/subject_key_file.h"

#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

#include "tests/support/fakes.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::unique_ptr<keys::SubjectKeyFile> opened(const std::string& path, SeededEntropy& entropy, char master = 'm') {
    auto file = store::Database::open({.path = path});
    REQUIRE(file.ok());
    auto out = keys::SubjectKeyFile::open(std::move(file).value(),
                                          crypto::Secret(std::string(keys::kMasterKey_bytes, master)), entropy);
    INFO((out.ok() ? "" : out.error().text()));
    REQUIRE(out.ok());
    return std::move(out).value();
}

Tombstone tombstone_of(const KeyRef& key, std::string name) {
    return {std::string(16, 't'), "city", "{}\n", {key}, {std::move(name)}};
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a text opens under its key, at its place, and nowhere else") {
    SeededEntropy entropy(1);
    const auto keys = opened(":memory:", entropy);
    const KeyRef one = keys->make().value();
    const KeyRef other = keys->make().value();
    CHECK(one.size() == kKeyRef_bytes);
    const std::string box = keys->seal(one, "Rang the works.", "here").value();
    const std::string rest = box.substr(kKeyRef_bytes);
    REQUIRE(box == one + rest);
    CHECK(keys->open(box, "here").value() == "Rang the works.");
    CHECK(keys->open(box, "there").error().code == ErrorCode::corrupt);
    CHECK(keys->open(other + rest, "here").error().code == ErrorCode::corrupt);
    CHECK(keys->open(one + rest.substr(0, 10), "here").error().code == ErrorCode::corrupt);
    CHECK(keys->open(box.substr(0, 10), "here").error().code == ErrorCode::corrupt);
    CHECK(keys->open(std::string(kKeyRef_bytes, 'x') + rest, "here").error().code == ErrorCode::not_found);
}

TEST_CASE("a key that was destroyed is gone for good, and so its name says") {
    SeededEntropy entropy(2);
    const auto keys = opened(":memory:", entropy);
    const KeyRef key = keys->make().value();
    const std::string box = keys->seal(key, "text", "").value();
    const std::string name = keys->name_of(NamedKind::subject, "city", "person-1");
    CHECK(name != keys->name_of(NamedKind::item, "city", "person-1"));
    CHECK(name != keys->name_of(NamedKind::subject, "town", "person-1"));
    CHECK_FALSE(keys->is_erased(name).value());
    REQUIRE(keys->destroy(tombstone_of(key, name)).ok());
    REQUIRE(keys->flush().ok());
    CHECK(keys->open(box, "").error().code == ErrorCode::gone);
    CHECK(keys->is_erased(name).value());
    REQUIRE(keys->tombstones().value().size() == 1);
    CHECK(keys->tombstones().value().front().project == "city");
}

TEST_CASE("what was not flushed is taken back: keys that were made, and destructions") {
    SeededEntropy entropy(3);
    const auto keys = opened(":memory:", entropy);
    const KeyRef kept = keys->make().value();
    const std::string box = keys->seal(kept, "text", "").value();
    REQUIRE(keys->flush().ok());
    const KeyRef lost = keys->make().value();
    REQUIRE(keys->destroy(tombstone_of(kept, "name")).ok());
    keys->discard();
    CHECK(keys->open(box, "").value() == "text");
    CHECK(keys->seal(lost, "text", "").error().code == ErrorCode::not_found);
    CHECK(keys->tombstones().value().empty());
    CHECK_FALSE(keys->is_erased("name").value());
}

TEST_CASE("keys outlive the process, under their master key only") {
    const TemporaryFolder folder;
    const std::string path = (folder / "keys.db").string();
    SeededEntropy entropy(4);
    KeyRef key;
    std::string box;
    std::string id;
    {
        const auto keys = opened(path, entropy);
        key = keys->make().value();
        box = keys->seal(key, "text", "").value();
        id = keys->id().value();
        REQUIRE(keys->flush().ok());
    }
    CHECK(opened(path, entropy)->open(box, "").value() == "text");
    CHECK(opened(path, entropy)->id().value() == id);
    auto file = store::Database::open({.path = path}).value();
    const auto other =
        keys::SubjectKeyFile::open(std::move(file), crypto::Secret(std::string(keys::kMasterKey_bytes, 'x')), entropy);
    REQUIRE_FALSE(other.ok());
    CHECK(other.error().code == ErrorCode::failed_precondition);
}

TEST_CASE("of a destroyed key nothing is left in the file or its log, wrapped as it was") {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "keys.db";
    SeededEntropy entropy(5);
    const auto keys = opened(path.string(), entropy);
    std::vector<KeyRef> made;
    for (int i = 0; i < 200; ++i) {
        made.push_back(keys->make().value());
    }
    REQUIRE(keys->flush().ok());
    auto reader = store::Database::open({.path = path.string(), .read_only = true}).value();
    std::string wrapped;
    {
        store::Statement select = reader->prepare("SELECT wrapped FROM key WHERE ref = ?").value();
        select.bind_blob(made[77]);
        REQUIRE(select.step().value());
        wrapped = select.blob(0);
    }
    reader.reset();
    const auto everything = [&] { return bytes_of(path) + bytes_of(path.string() + "-wal"); };
    REQUIRE(everything().find(wrapped) != std::string::npos);
    REQUIRE(keys->destroy(tombstone_of(made[77], "name")).ok());
    REQUIRE(keys->flush().ok());
    CHECK(everything().find(wrapped) == std::string::npos);
}
