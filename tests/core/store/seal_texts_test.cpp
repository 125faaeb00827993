// A store of an earlier version becomes one whose texts are sealed: they mean the same, and the file has none in plain.

#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

#include "core/keys/subject_key_file.h"
#include "core/store/items.h"
#include "core/store/schema.h"
#include "core/store/subjects.h"
#include "tests/support/corpus.h"
#include "tests/support/fakes.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::unique_ptr<SubjectKeys> keys_with(SeededEntropy& entropy) {
    auto file = store::Database::open({.path = ":memory:"}).value();
    return keys::SubjectKeyFile::open(std::move(file), crypto::Secret(std::string(keys::kMasterKey_bytes, 'm')),
                                      entropy)
        .value();
}

// As version 0.1 left it.
void lay_out(const std::filesystem::path& path) {
    auto database = store::Database::open({.path = path.string()}).value();
    REQUIRE(store::migrate_to(*database, 1).ok());
    const std::string corpus = bytes_of(std::string(COUNTERSIGN_CORPUS) + "/0.1/server.jsonl");
    REQUIRE_FALSE(corpus.empty());
    lay_out_store(*database, corpus);
}

std::vector<std::string> texts_in(store::Database& database) {
    std::vector<std::string> out;
    for (int64_t no = 1; no <= 5; ++no) {
        out.push_back(store::read_document(database, no).value().text);
        for (const CommittedText& note : store::read_notes(database, no).value()) {
            out.push_back(note.text);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("a server's store of 0.1 gets its texts sealed, and has none in plain any more") {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "countersign.db";
    lay_out(path);
    std::vector<std::string> before;
    {
        const auto plain = store::open_store({.path = path.string()}).value();
        before = texts_in(*plain);
    }
    REQUIRE(before.size() > 5);
    REQUIRE(bytes_of(path).find("Smell of gas") != std::string::npos);
    SeededEntropy entropy(1);
    const auto keys = keys_with(entropy);
    {
        const auto sealed = store::open_store({.path = path.string(), .keys = keys.get()}).value();
        REQUIRE(store::seal_plain_texts(*sealed).ok());
        CHECK(texts_in(*sealed) == before);
        for (const char* file : {"countersign.db", "countersign.db-wal"}) {
            CHECK(bytes_of(folder / file).find("Smell of gas") == std::string::npos);
            CHECK(bytes_of(folder / file).find("The water, not the hole") == std::string::npos);
        }
        REQUIRE(store::seal_plain_texts(*sealed).ok());
        CHECK(texts_in(*sealed) == before);
    }
    // Without the keys they cannot be read, and under others the store is not opened.
    const auto keyless = store::open_store({.path = path.string()}).value();
    CHECK(store::read_document(*keyless, 1).error().code == ErrorCode::failed_precondition);
    const auto others = keys_with(entropy);
    const auto wrong = store::open_store({.path = path.string(), .keys = others.get()}).value();
    CHECK(store::seal_plain_texts(*wrong).error().code == ErrorCode::failed_precondition);
}

TEST_CASE("sealing that was cut off goes on where it was") {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "countersign.db";
    lay_out(path);
    SeededEntropy entropy(2);
    const auto keys = keys_with(entropy);
    const auto database = store::open_store({.path = path.string(), .keys = keys.get()}).value();
    const std::vector<std::string> before = texts_in(*database);
    {
        // The first items are done, the rest is as it was.
        store::Transaction transaction(*database);
        REQUIRE(transaction.begin().ok());
        for (int64_t no = 1; no <= 2; ++no) {
            const CommittedText document = store::read_document(*database, no).value();
            REQUIRE(store::forget_document(*database, no).ok());
            REQUIRE(store::add_document(*database, no, document).ok());
        }
        REQUIRE(transaction.commit().ok());
    }
    REQUIRE(store::seal_plain_texts(*database).ok());
    CHECK(texts_in(*database) == before);
    store::Statement plain = database
                                 ->prepare(
                                     "SELECT (SELECT count(*) FROM document WHERE box IS NULL) + (SELECT "
                                     "count(*) FROM note WHERE box IS NULL)")
                                 .value();
    REQUIRE(plain.step().value());
    CHECK(plain.integer(0) == 0);
}
