// SQLite on the device's files, against files in memory that know what was synced and what was not.

#include "web/store/device_vfs.h"

#include <memory>
#include <random>

#include <catch_amalgamated.hpp>

#include "tests/web/support/fake_browser.h"

using namespace countersign;
using namespace countersign::web;
using namespace countersign::web::test;

namespace {

using Store = std::unique_ptr<store::Database>;

Store open_store() {
    auto opened = store::Database::open(device_store());
    if (!opened.ok()) {
        return nullptr;
    }
    Store database = std::move(opened).value();
    const Status made = database->execute("CREATE TABLE IF NOT EXISTS decision (n INTEGER PRIMARY KEY, why TEXT)");
    return made.ok() ? std::move(database) : nullptr;
}

std::string single(const Store& database, std::string_view sql) {
    auto query = database->prepare(sql);
    REQUIRE(query.ok());
    const auto row = query.value().step();
    REQUIRE(row.ok());
    return row.value() ? std::string(query.value().text(0)) : "(nothing)";
}

Status decide(const Store& database, int64_t n) {
    auto insert = database->prepare("INSERT INTO decision VALUES (?1, 'because ' || ?1)");
    return insert.ok() ? insert.value().bind(n).run() : Status(insert.error());
}

// Decides until it may not or the browser refuses; how many were acknowledged.
int64_t decide_up_to(const Store& database, int64_t limit) {
    int64_t acknowledged = 0;
    while (acknowledged < limit && decide(database, acknowledged + 1).ok()) {
        ++acknowledged;
    }
    return acknowledged;
}

void begin_test() {
    reset_browser();
    register_device_vfs();
}

}  // namespace

TEST_CASE("a store that was closed is there when it is opened again") {
    begin_test();
    {
        const Store store = open_store();
        CHECK(single(store, "PRAGMA journal_mode") == "wal");
        CHECK(single(store, "PRAGMA synchronous") == "2");
        CHECK(single(store, "PRAGMA locking_mode") == "exclusive");
        REQUIRE(decide(store, 1).ok());
    }
    const Store again = open_store();
    CHECK(single(again, "SELECT why FROM decision") == "because 1");
    CHECK(single(again, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a store that nobody closed is there as well, without its write-ahead log having been emptied") {
    begin_test();
    const Store killed = open_store();
    REQUIRE(decide(killed, 1).ok());
    CHECK(browser().files[2].now.size() > 0);
    const Store again = open_store();
    CHECK(single(again, "SELECT count(*) FROM decision") == "1");
}

TEST_CASE("every commit syncs before it is acknowledged") {
    begin_test();
    const Store store = open_store();
    for (int64_t n = 0; n < 20; ++n) {
        const int64_t before = browser().syncs;
        REQUIRE(decide(store, n).ok());
        CHECK(browser().syncs > before);
        CHECK(browser().files[2].unsynced.empty());
    }
}

TEST_CASE("whatever moment the power is cut at, every acknowledged decision is there and the store is whole") {
    const auto seed = Catch::getSeed();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    int64_t cuts = 0;
    for (int64_t cut = 1;; cut += 1 + static_cast<int64_t>(chance() % 4)) {
        begin_test();
        browser().fails_from = cut;
        int64_t acknowledged = 0;
        {
            const Store store = open_store();
            // Small enough that checkpoints happen in the middle.
            if (store != nullptr && store->execute("PRAGMA wal_autocheckpoint=8").ok()) {
                acknowledged = decide_up_to(store, 40);
            }
            browser().cut_power(chance);
            browser().fails_from = 0;  // the dying process writes nothing more
        }
        browser().fails_from = INT64_MAX;
        const Store again = open_store();
        REQUIRE(again != nullptr);
        INFO("cut at operation " << cut);
        REQUIRE(single(again, "PRAGMA integrity_check") == "ok");
        const auto found = std::stoll(single(again, "SELECT count(*) FROM decision WHERE why = 'because ' || n"));
        REQUIRE(found >= acknowledged);
        REQUIRE(found <= acknowledged + 1);
        ++cuts;
        if (acknowledged == 40) {
            break;
        }
    }
    CHECK(cuts > 30);
}

TEST_CASE("a full quota fails the transaction, keeps what was there, and works again when there is room") {
    begin_test();
    const Store store = open_store();
    REQUIRE(decide(store, 1).ok());
    browser().quota_bytes = static_cast<int64_t>(browser().files[2].now.size());
    const Status full = store->execute("INSERT INTO decision VALUES (2, hex(randomblob(9000)))");
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().code == ErrorCode::exhausted);
    CHECK(single(store, "SELECT count(*) FROM decision") == "1");
    browser().quota_bytes = INT64_MAX;
    CHECK(decide(store, 3).ok());
    CHECK(single(store, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a refused write or sync is an error of input and output, not a commit") {
    begin_test();
    const Store store = open_store();
    REQUIRE(decide(store, 1).ok());
    browser().fails_from = browser().operations + 2;
    CHECK_FALSE(decide(store, 2).ok());
}

TEST_CASE("any other file name cannot be opened") {
    begin_test();
    for (const char* name : {"other.db", "countersign.db-shm", "/countersign.db",
                             "a name that is far longer than this file "
                             "system would ever hand out to anybody"}) {
        store::OpenOptions options = device_store();
        options.path = name;
        const auto opened = store::Database::open(options);
        REQUIRE_FALSE(opened.ok());
        CHECK(opened.error().code == ErrorCode::not_found);
    }
}

TEST_CASE("temporary tables and large sorts need no file") {
    begin_test();
    const Store store = open_store();
    REQUIRE(
        store
            ->execute("CREATE TEMP TABLE big AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE "
                      "n < 20000) SELECT n, hex(randomblob(40)) AS h FROM c")
            .ok());
    CHECK(single(store, "SELECT count(*) FROM (SELECT h FROM big ORDER BY h)") == "20000");
}

TEST_CASE("SQLite's clock is the browser's") {
    begin_test();
    browser().now_ms = 1'700'000'000'000;
    const Store store = open_store();
    CHECK(single(store, "SELECT unixepoch('now')") == "1700000000");
}
