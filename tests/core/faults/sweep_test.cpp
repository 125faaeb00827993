// Every operation, with a disk that fails at each of its calls, and with memory that runs out at each of SQLite's
// allocations. COUNTERSIGN_FAULT_STEP=10 takes every tenth call, COUNTERSIGN_STARVE_STEP=100 every hundredth
// allocation, COUNTERSIGN_FAULT_TASK="ingest a batch" that task alone.

#include "tests/core/faults/sweep.h"

#include <cstdio>
#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"

using namespace countersign;
using namespace countersign::faults;
using namespace countersign::testing;

namespace {

void print(const std::string& name, const SweepCounts& counts) {
    std::printf("%s\n", concat(name, std::string(34 - name.size(), ' '), counts.calls, " calls, ", counts.states,
                               " states: ", counts.crashes, " crashes, ", counts.failures, " failures, ",
                               counts.recoveries, " failures of recovery, ", counts.starvations, " without memory (of ",
                               counts.allocations, " allocations); ", counts.acknowledged, " acknowledged")
                            .c_str());
}

// A prime that no loop of ours goes along with; every allocation takes as long as all else together.
uint64_t starve_step() {
    const char* text = std::getenv("COUNTERSIGN_STARVE_STEP");
    return text == nullptr ? 40 * fault_step() + 11 : std::strtoull(text, nullptr, 10);
}

void sweep(const std::vector<Task>& tasks) {
    FaultMemory memory;
    FaultDisk disk;
    uint64_t starvations = 0;
    const char* only = std::getenv("COUNTERSIGN_FAULT_TASK");
    for (const Task& task : tasks) {
        if (only != nullptr && task.name != only) {
            continue;
        }
        Sweep sweep(disk, memory, task, fault_step());
        sweep.crashes();
        sweep.failures();
        sweep.recoveries();
        sweep.starvations(starve_step());
        starvations += sweep.counts().starvations;
        print(task.name, sweep.counts());
    }
    std::printf("%s", report(disk.counts()).c_str());
    CHECK(starvations > 0);
    // A sweep in which something never happened has shown less than it says.
    const DamageCounts& damage = disk.counts().damage;
    for (const uint64_t count :
         {damage.kept_writes, damage.lost_writes, damage.torn_writes, damage.reordered_writes, damage.garbage_sectors,
          damage.undone_truncations, damage.undone_names, damage.forgotten_pages}) {
        CHECK(count > 0);
    }
}

}  // namespace

TEST_CASE("whatever call to the disk fails, a server's store keeps what it acknowledged and nothing by halves") {
    sweep(server_tasks());
}

TEST_CASE(
    "whatever call to the disk fails while decisions are recorded, judged and sealed, none is lost or there twice") {
    sweep(record_tasks());
}

TEST_CASE("whatever call to the disk fails, a device's store keeps what it acknowledged and nothing by halves") {
    sweep(device_tasks());
}
