// SQLite on the device's files, against files in memory that know what was synced and what was not.

#include "web/store/device_vfs.h"

#include <memory>

#include <catch_amalgamated.hpp>
#include <sqlite3.h>

#include "core/base/concat.h"
#include "tests/web/support/fake_browser.h"

using namespace countersign;
using namespace countersign::web;
using namespace countersign::web::test;

namespace {

struct Closer {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

using Connection = std::unique_ptr<sqlite3, Closer>;

Connection open_file(const char* name) {
    sqlite3* connection = nullptr;
    sqlite3_open(name, &connection);
    return Connection(connection);
}

int run(const Connection& connection, const std::string& sql) {
    return sqlite3_exec(connection.get(), sql.c_str(), nullptr, nullptr, nullptr);
}

std::string single(const Connection& connection, const std::string& sql) {
    std::string answer = "(nothing)";
    const auto take = [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0] == nullptr ? "" : values[0];
        return 0;
    };
    sqlite3_exec(connection.get(), sql.c_str(), take, &answer, nullptr);
    return answer;
}

Connection open_store(shell::StorageKind kind = shell::StorageKind::file) {
    Connection connection = open_file(kDatabaseName);
    run(connection, std::string(opening_pragmas(kind)));
    run(connection, "CREATE TABLE IF NOT EXISTS decision (n INTEGER PRIMARY KEY, why TEXT)");
    return connection;
}

int decide(const Connection& connection, int64_t n) {
    return run(connection, concat("INSERT INTO decision VALUES (", n, ", 'because ", n, "')"));
}

void begin_test() {
    reset_browser();
    register_device_vfs();
}

}  // namespace

TEST_CASE("a store that was closed is there when it is opened again") {
    begin_test();
    {
        const Connection store = open_store();
        CHECK(single(store, "PRAGMA journal_mode") == "wal");
        CHECK(single(store, "PRAGMA synchronous") == "2");
        CHECK(single(store, "PRAGMA locking_mode") == "exclusive");
        REQUIRE(decide(store, 1) == SQLITE_OK);
    }
    const Connection again = open_store();
    CHECK(single(again, "SELECT why FROM decision") == "because 1");
    CHECK(single(again, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a store that nobody closed is there as well, without its write-ahead log having been emptied") {
    begin_test();
    const Connection killed = open_store();
    REQUIRE(decide(killed, 1) == SQLITE_OK);
    CHECK(browser().files[2].now.size() > 0);
    const Connection again = open_store();
    CHECK(single(again, "SELECT count(*) FROM decision") == "1");
}

TEST_CASE("every commit syncs before it is acknowledged") {
    begin_test();
    const Connection store = open_store();
    for (int64_t n = 0; n < 20; ++n) {
        const int64_t before = browser().syncs;
        REQUIRE(decide(store, n) == SQLITE_OK);
        CHECK(browser().syncs > before);
        CHECK(browser().files[2].unsynced.empty());
    }
}

TEST_CASE("with IndexedDB's blocks every commit syncs the database file itself") {
    begin_test();
    const Connection store = open_store(shell::StorageKind::indexed_db);
    CHECK(single(store, "PRAGMA journal_mode") == "memory");
    REQUIRE(decide(store, 1) == SQLITE_OK);
    CHECK(browser().files[0].unsynced.empty());
    CHECK(browser().files[1].now.empty());
    CHECK(browser().files[2].now.empty());
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
            const Connection store = open_store();
            // Small enough that checkpoints happen in the middle.
            run(store, "PRAGMA wal_autocheckpoint=8");
            while (acknowledged < 40 && decide(store, acknowledged + 1) == SQLITE_OK) {
                ++acknowledged;
            }
            browser().cut_power(chance);
            browser().fails_from = 0;  // the dying process writes nothing more
        }
        browser().fails_from = INT64_MAX;
        const Connection again = open_store();
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
    const Connection store = open_store();
    REQUIRE(decide(store, 1) == SQLITE_OK);
    browser().quota_bytes = static_cast<int64_t>(browser().files[2].now.size());
    CHECK(run(store, "INSERT INTO decision VALUES (2, hex(randomblob(9000)))") == SQLITE_FULL);
    CHECK(single(store, "SELECT count(*) FROM decision") == "1");
    browser().quota_bytes = INT64_MAX;
    CHECK(decide(store, 3) == SQLITE_OK);
    CHECK(single(store, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a refused write or sync is an error of input and output, not a commit") {
    begin_test();
    const Connection store = open_store();
    REQUIRE(decide(store, 1) == SQLITE_OK);
    browser().fails_from = browser().operations + 2;
    CHECK(decide(store, 2) == SQLITE_IOERR);
}

TEST_CASE("any other file name cannot be opened") {
    begin_test();
    for (const char* name : {"other.db", "countersign.db-shm", "/countersign.db",
                             "a name that is far longer than this file "
                             "system would ever hand out to anybody"}) {
        const Connection store = open_file(name);
        CHECK(sqlite3_errcode(store.get()) == SQLITE_CANTOPEN);
    }
}

TEST_CASE("temporary tables and large sorts need no file") {
    begin_test();
    const Connection store = open_store();
    CHECK(
        run(store,
            "CREATE TEMP TABLE big AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) "
            "SELECT n, hex(randomblob(40)) AS h FROM c") == SQLITE_OK);
    CHECK(single(store, "SELECT count(*) FROM (SELECT h FROM big ORDER BY h)") == "20000");
}

TEST_CASE("SQLite's clock is the browser's") {
    begin_test();
    browser().now_ms = 1'700'000'000'000;
    const Connection store = open_store();
    CHECK(single(store, "SELECT unixepoch('now')") == "1700000000");
}
