// What a store is worth after the machine or its disk failed: opened again, refused, or going on.

#include <cerrno>

#include <catch_amalgamated.hpp>
#include <sqlite3.h>

#include "core/store/schema.h"
#include "core/store/settle.h"
#include "core/store/sqlite_error.h"
#include "tests/support/fault_disk.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

using Store = std::unique_ptr<store::Database>;

Store open_store(bool checkpoints_later = false) {
    auto opened = store::open_store({.path = "s.db", .checkpoints_later = checkpoints_later});
    INFO((opened.ok() ? "" : opened.error().text()));
    REQUIRE(opened.ok());
    return std::move(opened).value();
}

Status add(store::Database& database, int64_t n) {
    store::Statement insert =
        CS_TRY(database.prepare("INSERT INTO meta(key, value) VALUES ('n' || ?1, hex(zeroblob(700)))"));
    return insert.bind(n).run();
}

int64_t count(store::Database& database) {
    store::Statement select = database.prepare("SELECT count(*) FROM meta").value();
    REQUIRE(select.step().value());
    return select.integer(0);
}

// Commits a row, but the process is killed when it asks for the sync: written, and never synced.
void write_and_be_killed(FaultDisk& disk, Store& store, int64_t n) {
    disk.before_call = [&](Call call, const std::string& file) {
        if (call == Call::sync && file == "s.db-wal") {
            disk.kill();
        }
    };
    CHECK_FALSE(add(*store, n).ok());
    disk.before_call = nullptr;
    store.reset();
}

constexpr auto kKeepNothing = static_cast<uint64_t>(Damage::keep_nothing);

}  // namespace

TEST_CASE("what a killed process wrote and never synced is on the disk before the next one is asked for it") {
    FaultDisk disk;
    Store store = open_store();
    REQUIRE(add(*store, 1).ok());
    write_and_be_killed(disk, store, 2);
    store = open_store();
    REQUIRE(count(*store) == 2);  // from here on somebody may have been told
    disk.cut_power(kKeepNothing);
    store.reset();
    CHECK(count(*open_store()) == 2);
}

TEST_CASE("without being settled, the same row is seen and then lost") {
    FaultDisk disk;
    Store store = open_store();
    REQUIRE(add(*store, 1).ok());
    write_and_be_killed(disk, store, 2);
    store = store::Database::open({.path = "s.db"}).value();
    REQUIRE(count(*store) == 2);
    disk.cut_power(kKeepNothing);
    store.reset();
    CHECK(count(*open_store()) == 1);
}

TEST_CASE("a sync of the store's file that fails during a checkpoint is not passed over") {
    FaultDisk disk;
    Store store = open_store();
    bool failed = false;
    disk.before_call = [&](Call call, const std::string& file) {
        if (call == Call::write && file == "s.db" && !failed) {
            failed = true;
            disk.arm({.calls = only(Call::sync), .seed = 3});
        }
    };
    int64_t n = 0;
    while (!disk.struck()) {
        REQUIRE(add(*store, ++n).ok());  // the commits themselves are good
    }
    REQUIRE(store->broken());
    CHECK(store->broken()->code == ErrorCode::disk_failed);
    disk.before_call = nullptr;
    disk.disarm();
    store.reset();  // and the log is left for the next start
    CHECK(disk.file("s.db-wal").bytes().size() > 1'000'000);
    disk.cut_power(kKeepNothing);
    CHECK(count(*open_store()) == n);
}

TEST_CASE("a log that grows is copied into the store now and then") {
    FaultDisk disk;
    Store store = open_store();
    for (int64_t n = 0; n < 2'000; ++n) {
        REQUIRE(add(*store, n).ok());
    }
    CHECK(disk.file("s.db-wal").bytes().size() < 6'000'000);
    CHECK_FALSE(store->broken());
}

TEST_CASE("where the log is copied when there is time, no commit does it until the log is four times as long") {
    bool copied = false;
    FaultDisk disk;
    Store store = open_store(true);
    disk.before_call = [&](Call call, const std::string& file) { copied |= call == Call::write && file == "s.db"; };
    int64_t n = 0;
    while (disk.file("s.db-wal").bytes().size() < 8'000'000) {
        REQUIRE(add(*store, ++n).ok());
    }
    CHECK_FALSE(copied);
    REQUIRE(store->checkpoint_if_due().ok());
    CHECK(copied);
    copied = false;
    REQUIRE(store->checkpoint_if_due().ok());
    CHECK_FALSE(copied);  // it is done
    while (!copied) {
        REQUIRE(add(*store, ++n).ok());
    }
    CHECK(disk.file("s.db-wal").bytes().size() > 16'000'000);
    CHECK(disk.file("s.db-wal").bytes().size() < 17'000'000);
    CHECK(count(*store) == n);
}

TEST_CASE("a sync of the store's file that fails when there was time to copy is told, and not passed over") {
    FaultDisk disk;
    Store store = open_store(true);
    int64_t n = 0;
    while (disk.file("s.db-wal").bytes().size() < 5'000'000) {
        REQUIRE(add(*store, ++n).ok());
    }
    disk.before_call = [&](Call call, const std::string& file) {
        if (call == Call::write && file == "s.db" && !disk.struck()) {
            disk.arm({.calls = only(Call::sync), .seed = 3});
        }
    };
    CHECK(store->checkpoint_if_due().error().code == ErrorCode::disk_failed);
    REQUIRE(store->broken());
    disk.before_call = nullptr;
    disk.disarm();
    store.reset();
    disk.cut_power(kKeepNothing);
    CHECK(count(*open_store()) == n);
}

TEST_CASE("a log that is damaged before what was acknowledged is refused, and left as it is") {
    FaultDisk disk;
    Store store = open_store();
    REQUIRE(add(*store, 1).ok());
    const uint64_t middle = disk.file("s.db-wal").bytes().size() - 2'000;
    REQUIRE(add(*store, 2).ok());
    REQUIRE(add(*store, 3).ok());
    disk.kill();
    store.reset();
    const std::string log = disk.file("s.db-wal").bytes();
    disk.file("s.db-wal").flip_bit(middle * 8);
    for (int times = 0; times < 2; ++times) {
        const auto refused = store::open_store({.path = "s.db"});
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == ErrorCode::corrupt);
        CHECK(refused.error().message.find("log is damaged at its frame") != std::string::npos);
    }
    disk.file("s.db-wal").flip_bit(middle * 8);
    CHECK(disk.file("s.db-wal").bytes() == log);
    CHECK(count(*open_store()) == 3);
}

TEST_CASE("every bit of a log: damage is told, or concerns the last transaction only") {
    FaultDisk disk;
    Store store = open_store();
    for (int64_t n = 1; n <= 3; ++n) {
        REQUIRE(add(*store, n).ok());
    }
    disk.kill();
    store.reset();
    const FaultDisk::Content content = disk.content();
    const uint64_t bits = disk.file("s.db-wal").bytes().size() * 8;
    int64_t told = 0;
    int64_t last_only = 0;
    for (uint64_t bit = 32 * 8; bit < bits; bit += 1'013) {
        disk.restore(content);
        disk.file("s.db-wal").flip_bit(bit);
        INFO("bit " << bit);
        const auto opened = store::open_store({.path = "s.db"});
        if (!opened.ok()) {
            CHECK(opened.error().code == ErrorCode::corrupt);
            ++told;
        } else {
            CHECK(count(*opened.value()) >= 2);
            last_only += count(*opened.value()) == 2 ? 1 : 0;
        }
    }
    CHECK(told > 50);
    CHECK(last_only > 5);
}

TEST_CASE("a transaction that the disk undid stays undone: nothing of it is written by itself") {
    FaultDisk disk;
    Store store = store::Database::open({.path = "s.db", .cache_kib = 16}).value();  // it has to spill
    REQUIRE(store::migrate(*store).ok());
    store::Transaction transaction(*store);
    REQUIRE(transaction.begin().ok());
    REQUIRE(add(*store, 1).ok());
    disk.room_bytes = 150'000;
    int64_t n = 1;
    while (add(*store, ++n).ok()) {
    }
    CHECK_FALSE(store->in_transaction());
    REQUIRE(store->undone_by());
    CHECK(store->undone_by()->code == ErrorCode::exhausted);
    disk.room_bytes = UINT64_MAX;
    // Whoever goes on regardless is told the same, down to the commit.
    const Status after = add(*store, ++n);
    REQUIRE_FALSE(after.ok());
    CHECK(after.error().code == ErrorCode::exhausted);
    store::Transaction inner(*store);
    CHECK_FALSE(inner.begin().ok());
    CHECK_FALSE(transaction.commit().ok());
    store->rollback();
    CHECK(count(*store) == 0);
    CHECK(add(*store, 1).ok());
}

TEST_CASE("a new store whose log cannot be made is refused, though SQLite says that it has one") {
    int refused = 0;
    for (uint64_t at = 1; at < 30; ++at) {
        FaultDisk disk;
        disk.arm({.at = at});
        const auto opened = store::Database::open({.path = "s.db"});
        refused += opened.ok() ? 0 : 1;
        if (opened.ok()) {
            disk.disarm();
            REQUIRE(opened.value()->execute("CREATE TABLE t(n INTEGER)").ok());
            CHECK(disk.has("s.db-wal"));
            CHECK_FALSE(disk.has("s.db-journal"));
        }
    }
    CHECK(refused > 10);
}

TEST_CASE("every failure is a sentence that says what to do") {
    for (const int code :
         {SQLITE_FULL, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CANTOPEN, SQLITE_READONLY,
          SQLITE_PERM, SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_IOERR_READ, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC,
          SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_NOMEM, SQLITE_IOERR_SHMMAP}) {
        const Error error = store::store_error(code, "SQLite's words", 0);
        INFO(error.text());
        CHECK(error.message.find("; ") != std::string::npos);
        CHECK(error.code != ErrorCode::internal);
    }
    CHECK(store::store_error(SQLITE_IOERR_FSYNC, "", EIO).message.find("flush the store (") != std::string::npos);
    CHECK(store::store_error(SQLITE_CANTOPEN, "", EMFILE).code == ErrorCode::unavailable);
    CHECK(store::store_error(SQLITE_CANTOPEN, "", ENOENT).code == ErrorCode::not_found);
    CHECK(store::store_error(SQLITE_CANTOPEN, "", EACCES).code == ErrorCode::forbidden);
}
