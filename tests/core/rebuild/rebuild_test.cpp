// Whatever happened on a server: its store, made again from its log, is the store that it has.

#include "core/rebuild/rebuild.h"

#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

#include "core/rebuild/compare.h"
#include "core/store/copy.h"
#include "core/store/schema.h"
#include "tests/support/corpus.h"
#include "tests/support/full_story.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::unique_ptr<store::Database> rebuilt_copy(store::Database& from) {
    auto out = store::Database::open({.path = ":memory:"}).value();
    REQUIRE(store::copy_store(from, *out, [](const store::CopyProgress&) { return true; }).ok());
    const Status done = rebuild::rebuild(*out, [](const rebuild::Progress&) { return true; });
    INFO((done.ok() ? "" : done.error().text()));
    REQUIRE(done.ok());
    return out;
}

rebuild::Comparison compared(store::Database& database) {
    const auto rebuilt = rebuilt_copy(database);
    auto out = rebuild::compare(database, *rebuilt, 5);
    INFO((out.ok() ? "" : out.error().text()));
    REQUIRE(out.ok());
    return std::move(out).value();
}

std::string words(const rebuild::Comparison& comparison) {
    std::string out;
    for (const rebuild::Difference& one : comparison.first) {
        out += one.table + ": " + one.key + ": " + one.what + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("the store of a full life is what its log says") {
    FullStory story(3);
    story.tell();
    const rebuild::Comparison comparison = compared(*story.server.database);
    CHECK(words(comparison) == "");
    for (const rebuild::TableResult& one : comparison.tables) {
        INFO(one.table);
        CHECK(one.rows > 0);
    }
}

TEST_CASE("stores of whatever happens are what their logs say") {
    for (uint64_t seed = 1; seed <= 25; ++seed) {
        FullStory story(seed);
        story.tell_by_chance(60);
        INFO("seed " << seed);
        CHECK(words(compared(*story.server.database)) == "");
    }
}

TEST_CASE("what is not by the log is found with table, key and both values") {
    FullStory story(7);
    story.tell();

    const struct {
        const char* sql;
        const char* found;
    } kCases[] = {
        {"UPDATE item SET label = 'gas' WHERE no = 2", "item: no 2: label is 'gas', the log says "},
        {"UPDATE item SET status = status + 1 WHERE no = 1", "item: no 1: status is "},
        {"INSERT INTO lease VALUES (1, 7, 'eve', 's', 1, 1, 1, 0)",
         "lease: item 1, slot 7: is there, and nothing in the log says so"},
        {"DELETE FROM lease", "lease: item "},
        {"DELETE FROM operation WHERE event_seq = (SELECT max(event_seq) FROM operation)", "operation: stream '"},
        {"UPDATE operation SET state = 3 WHERE event_seq = (SELECT max(event_seq) FROM operation)",
         "operation: stream '"},
        {"UPDATE event SET item = NULL WHERE at_key = (SELECT max(at_key) FROM event WHERE type = 'note_added')",
         "event: project 1, number "},
        {"UPDATE project SET policy_version = 9", "project: no 1: policy_version is 9, the log says "},
        {"UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE level = 0",
         "tile: project 1, level 0, n 0: hashes is "},
    };

    for (const auto& one : kCases) {
        INFO(one.sql);
        auto changed = store::Database::open({.path = ":memory:"}).value();
        REQUIRE(
            store::copy_store(*story.server.database, *changed, [](const store::CopyProgress&) { return true; }).ok());
        REQUIRE(changed->execute(one.sql).ok());
        CHECK_THAT(words(compared(*changed)), Catch::Matchers::StartsWith(one.found));
    }
}

TEST_CASE("a log with a hole or an entry that cannot be read is told with its number") {
    FullStory story(8);
    story.tell();
    store::Database& database = *story.server.database;
    const auto error_after = [&](const char* sql) {
        auto copy = store::Database::open({.path = ":memory:"}).value();
        REQUIRE(store::copy_store(database, *copy, [](const store::CopyProgress&) { return true; }).ok());
        REQUIRE(copy->execute(sql).ok());
        const Status done = rebuild::rebuild(*copy, [](const rebuild::Progress&) { return true; });
        REQUIRE_FALSE(done.ok());
        CHECK(done.error().code == ErrorCode::corrupt);
        return done.error().text();
    };
    CHECK(error_after("DELETE FROM event WHERE at_key % 1099511627776 = 5") == "event 6 of 'city': event 5 is missing");
    CHECK(error_after("UPDATE event SET leaf = substr(leaf, 3) WHERE at_key % 1099511627776 = 9")
              .starts_with("event 9 of 'city'"));
    CHECK(error_after("DELETE FROM event WHERE at_key % 1099511627776 > 9")
              .starts_with("project 'city': its log ends at event 9"));
}

TEST_CASE("a rebuild that is stopped has changed nothing") {
    FullStory story(9);
    story.tell();
    store::Database& database = *story.server.database;
    const std::string before = dump_store(database);
    const Status done = rebuild::rebuild(database, [](const rebuild::Progress&) { return false; });
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().code == ErrorCode::unavailable);
    CHECK(dump_store(database) == before);
}

TEST_CASE("a store of 0.1 that has come to this version is what its log says") {
    std::ifstream file(std::string(COUNTERSIGN_CORPUS) + "/0.1/server.jsonl", std::ios::binary);
    REQUIRE(file);
    const std::string lines{std::istreambuf_iterator<char>(file), {}};
    auto database = store::Database::open({.path = ":memory:"}).value();
    REQUIRE(store::migrate_to(*database, 1).ok());
    lay_out_store(*database, lines);
    REQUIRE(store::migrate(*database).ok());
    CHECK(words(compared(*database)) == "");
}
