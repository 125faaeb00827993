// The disk that fails, by itself: that it loses what it should lose, and nothing else.

#include <catch_amalgamated.hpp>

#include "core/store/schema.h"
#include "tests/support/fakes.h"
#include "tests/support/fault_disk.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

constexpr auto kSeed = [](Damage damage) { return static_cast<uint64_t>(damage); };

std::unique_ptr<store::Database> open_numbers() {
    auto opened = store::Database::open({.path = "n.db"});
    REQUIRE(opened.ok());
    REQUIRE(opened.value()->execute("CREATE TABLE IF NOT EXISTS n(n INTEGER PRIMARY KEY, why TEXT)").ok());
    return std::move(opened).value();
}

Status add(store::Database& database, int64_t n) {
    store::Statement insert = CS_TRY(database.prepare("INSERT INTO n VALUES (?1, hex(zeroblob(500)) || ?1)"));
    return insert.bind(n).run();
}

std::string single(store::Database& database, std::string_view sql) {
    auto query = database.prepare(sql);
    REQUIRE(query.ok());
    const auto row = query.value().step();
    REQUIRE(row.ok());
    return row.value() ? std::string(query.value().text(0)) : "(nothing)";
}

FaultFile written(std::string_view synced, std::string_view then) {
    FaultFile file;
    file.write(0, synced);
    file.sync();
    file.write(0, then);
    return file;
}

}  // namespace

TEST_CASE("what was synced survives a power cut; what was not may be gone, and reads see it until then") {
    DamageCounts counts;
    Chance chance(1);
    FaultFile file = written("before", "AFTER!");
    CHECK(file.bytes() == "AFTER!");
    file.cut_power(Damage::keep_nothing, chance, counts);
    CHECK(file.bytes() == "before");
    FaultFile kept = written("before", "AFTER!");
    kept.cut_power(Damage::keep_all, chance, counts);
    CHECK(kept.bytes() == "AFTER!");
    CHECK(counts.lost_writes == 1);
    CHECK(counts.kept_writes == 1);
}

TEST_CASE("a long write is torn at sectors, and each sector is whole") {
    DamageCounts counts;
    const std::string old(16'384, 'o');
    const std::string young(16'384, 'n');
    for (const auto& [damage, sector] :
         {std::pair(Damage::sectors_512, 512U), std::pair(Damage::sectors_4096, 4096U)}) {
        Chance chance(3);
        FaultFile file = written(old, young);
        file.cut_power(damage, chance, counts);
        const std::string& left = file.bytes();
        REQUIRE(left.size() == old.size());
        CHECK(left.find('o') != std::string::npos);
        CHECK(left.find('n') != std::string::npos);
        for (size_t at = 0; at < left.size(); at += sector) {
            CHECK(left.substr(at, sector) == std::string(sector, left[at]));
        }
    }
    CHECK(counts.torn_writes == 2);
}

TEST_CASE("after a sync that failed, what it did not write never reaches the disk, however often it is synced") {
    DamageCounts counts;
    Chance chance(2);
    FaultFile file;
    const std::string young(262'144, 'n');
    file.write(0, young);
    file.fail_sync(chance, counts);
    file.sync();
    CHECK(file.bytes() == young);
    CHECK(counts.forgotten_pages > 0);
    file.cut_power(Damage::keep_all, chance, counts);
    CHECK(file.bytes() != young);
    // What is written again is owed again.
    file.write(0, young);
    file.sync();
    file.cut_power(Damage::keep_nothing, chance, counts);
    CHECK(file.bytes() == young);
}

TEST_CASE("a file that grew and shrank keeps nothing of what lay beyond its end") {
    DamageCounts counts;
    Chance chance(2);
    FaultFile file = written(std::string(20'000, 'o'), "");
    file.truncate(10);
    file.write(15'000, "end");
    file.sync();
    file.cut_power(Damage::keep_nothing, chance, counts);
    CHECK(file.bytes().substr(0, 12) == std::string("oooooooooo\0\0", 12));
    CHECK(file.bytes().substr(8'000, 4) == std::string(4, '\0'));
    CHECK(file.bytes().substr(15'000) == "end");
}

TEST_CASE("a store on the disk is there after a kill, and committed rows after a power cut of any kind") {
    for (uint64_t seed = 0; seed < 4 * kDamages; ++seed) {
        FaultDisk disk;
        auto database = open_numbers();
        for (int64_t n = 0; n < 30; ++n) {
            REQUIRE(add(*database, n).ok());
        }
        REQUIRE(database->begin().ok());
        REQUIRE(add(*database, 30).ok());
        if (seed == 0) {
            disk.kill();
        } else {
            disk.cut_power(seed);
        }
        CHECK_FALSE(database->commit().ok());
        database.reset();
        database = open_numbers();
        CHECK(single(*database, "SELECT count(*) FROM n") == "30");
        CHECK(single(*database, "PRAGMA integrity_check") == "ok");
    }
}

TEST_CASE("a store that does not sync is found out: the disk loses what it acknowledged") {
    FaultDisk disk;
    auto database = open_numbers();
    REQUIRE(database->execute("PRAGMA synchronous=OFF").ok());
    for (int64_t n = 0; n < 30; ++n) {
        REQUIRE(add(*database, n).ok());
    }
    disk.cut_power(kSeed(Damage::keep_nothing));
    database.reset();
    database = open_numbers();
    CHECK(single(*database, "SELECT count(*) FROM n") != "30");
}

TEST_CASE("a file that was made and never synced is not there after the power cut") {
    FaultDisk disk;
    auto database = store::Database::open({.path = "n.db"});
    REQUIRE(database.ok());
    CHECK(disk.has("n.db"));
    disk.cut_power(kSeed(Damage::keep_nothing));
    CHECK_FALSE(disk.has("n.db-wal"));
}

TEST_CASE("the same seeds make the same bytes") {
    const auto once = [](uint64_t seed) {
        FaultDisk disk;
        disk.restore({});
        auto database = open_numbers();
        for (int64_t n = 0; n < 20; ++n) {
            REQUIRE(add(*database, n).ok());
        }
        disk.arm({.at = 9, .effect = Effect::power_cut, .calls = only(Call::write), .seed = seed});
        while (add(*database, static_cast<int64_t>(disk.counted()) + 100).ok()) {
        }
        disk.cut_power(seed);
        database.reset();
        std::string out;
        for (const auto& [name, file] : disk.content().files) {
            out += name + file.bytes();
        }
        return out;
    };
    CHECK(once(5) == once(5));
    CHECK(once(5) != once(11));
}

TEST_CASE("a full disk takes what fits, and takes more when there is room") {
    FaultDisk disk;
    auto database = open_numbers();
    REQUIRE(add(*database, 1).ok());
    disk.room_bytes = 20'000;
    int64_t n = 2;
    Status last = success();
    while (last.ok()) {
        last = add(*database, n++);
    }
    CHECK(last.error().code == ErrorCode::exhausted);
    disk.room_bytes = UINT64_MAX;
    CHECK(add(*database, n).ok());
    CHECK(single(*database, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("a slow disk moves the clock, not the test") {
    FaultDisk disk;
    ManualClock clock;
    const Instant began = clock.now();
    disk.before_call = [&](Call call, const std::string&) {
        if (call == Call::sync) {
            clock.advance(Duration{10 * kSecond_us});
        }
    };
    auto database = open_numbers();
    REQUIRE(add(*database, 1).ok());
    CHECK(clock.now().us - began.us >= 10 * kSecond_us);
}

TEST_CASE("a write that went astray and a flipped bit change the file, and nothing says so") {
    for (const Effect effect : {Effect::misdirected, Effect::bit_flipped}) {
        FaultDisk disk;
        auto database = open_numbers();
        REQUIRE(database->execute("PRAGMA wal_checkpoint(TRUNCATE)").ok());
        const std::string before = disk.file("n.db").bytes();
        REQUIRE(add(*database, 1).ok());
        disk.arm({.effect = effect, .calls = only(Call::write), .files = "n.db-wal", .seed = 4});
        CHECK(add(*database, 2).ok());
        CHECK(disk.struck());
        CHECK(disk.counts().fired[static_cast<size_t>(effect)] == 1);
        disk.disarm();
        CHECK(disk.file("n.db").bytes() == before);
    }
}

TEST_CASE("two connections of a process see each other's commits, and one that waits is told that the other writes") {
    FaultDisk disk;
    auto writer = open_numbers();
    auto other = open_numbers();
    REQUIRE(add(*writer, 1).ok());
    CHECK(single(*other, "SELECT count(*) FROM n") == "1");
    REQUIRE(writer->begin().ok());
    REQUIRE(add(*writer, 2).ok());
    CHECK(single(*other, "SELECT count(*) FROM n") == "1");
    const Status busy = add(*other, 3);
    REQUIRE_FALSE(busy.ok());
    CHECK(busy.error().code == ErrorCode::unavailable);
    REQUIRE(writer->commit().ok());
    CHECK(add(*other, 3).ok());
}
