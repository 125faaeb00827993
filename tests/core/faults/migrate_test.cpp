// A store of an earlier version, taken over by this one while the power goes, the process is killed or the disk refuses
// a call: at each call there is, with each kind of damage. Opened again, it is what an undisturbed one is, byte for
// byte.

#include <cstdio>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/store/schema.h"
#include "tests/core/faults/sweep.h"
#include "tests/support/corpus.h"
#include "tests/support/fault_disk.h"
#include "tests/support/store_check.h"

using namespace countersign;
using namespace countersign::faults;
using namespace countersign::testing;

namespace {

// A small cache, so that the transaction is written out before its end, too.
const store::OpenOptions kStore{.path = "s.db", .cache_kib = 16};

// As 0.1 left it: closed in peace, or with its last transactions still in the log.
FaultDisk::Content store_of_1(FaultDisk& disk, const std::string& corpus, bool closed) {
    disk.restore({});
    auto database = store::Database::open(kStore).value();
    REQUIRE(store::migrate_to(*database, 1).ok());
    lay_out_store(*database, read_corpus(corpus));
    if (!closed) {
        disk.kill();
    }
    database.reset();
    return disk.content();
}

// Every row and every table; the full-text index by how many texts it has.
std::string content_of(store::Database& database) {
    store::Statement texts = database.prepare("SELECT count(*) FROM search_docsize").value();
    REQUIRE(texts.step().value());
    return concat(dump_store(database), dump_table(database, "sqlite_schema"), texts.integer(0));
}

std::string opened_again() {
    auto opened = store::open_store(kStore);
    INFO((opened.ok() ? "" : opened.error().text()));
    REQUIRE(opened.ok());
    CHECK(in_lines(check_pages(*opened.value())) == "");
    return content_of(*opened.value());
}

void end(FaultDisk& disk, const Fault& fault) {
    if (fault.effect == Effect::power_cut) {
        disk.cut_power(fault.seed);
    } else {
        disk.kill();
        disk.drop_cache();
    }
    disk.disarm();
}

// False when there are fewer calls than that.
bool disturb(FaultDisk& disk, const FaultDisk::Content& before, const Fault& fault, const std::string& undisturbed) {
    INFO(effect_name(fault.effect) << " at call " << fault.at << ", seed " << fault.seed);
    disk.restore(before);
    disk.arm(fault);
    {
        const auto opened = store::open_store(kStore);
        CHECK((opened.ok() || opened.error().message.find("; ") != std::string::npos));
        end(disk, fault);
    }
    const bool struck = disk.struck();
    const bool same = opened_again() == undisturbed;
    CHECK(same);
    return struck;
}

}  // namespace

TEST_CASE("a migration that is cut off at any call is done again whole: the store is as if nothing had been") {
    FaultDisk disk;
    uint64_t disturbed = 0;
    for (const char* corpus : {"0.1/server.jsonl", "0.1/device.jsonl"}) {
        for (const bool closed : {true, false}) {
            const FaultDisk::Content before = store_of_1(disk, corpus, closed);
            disk.restore(before);
            const std::string undisturbed = opened_again();
            REQUIRE(undisturbed.find("\"table\":\"stream\"") != std::string::npos);
            for (const Effect effect : {Effect::power_cut, Effect::io_error, Effect::disk_full}) {
                const uint64_t seeds = effect == Effect::power_cut ? kDamages : 1;
                bool struck = true;
                for (uint64_t call = 1; struck; call += fault_step()) {
                    for (uint64_t damage = 0; damage < seeds; ++damage) {
                        struck = disturb(disk, before, {.at = call, .effect = effect, .seed = call * kDamages + damage},
                                         undisturbed);
                        ++disturbed;
                    }
                }
            }
        }
    }
    std::printf("migrations disturbed: %llu\n", static_cast<unsigned long long>(disturbed));
    CHECK(disturbed * fault_step() > 100);
}
