#pragma once
// Runs one operation again and again, with a disk, or memory, that fails at its first call, its second, and so on to
// its last:
//   crash       the power goes at that call, or after the last; unsynced writes suffer each kind of damage
//   failure     that call alone is refused, or it and all after it: EIO, ENOSPC, EMFILE
//   recovery    a crash, and then the opening that follows it is refused a call or is itself cut off
//   starvation  SQLite is refused that allocation alone, or it and all after it
// What must hold afterwards, every time: the store opens; it is whole (check_store); its content is one that a plain
// kill of the process could have left, and the last of these where the operation was acknowledged; an error said what
// to do; and the operation works when it is tried again, and then survives a power cut.

#include <map>
#include <string>

#include "tests/core/faults/task.h"
#include "tests/support/fault_memory.h"

namespace countersign::faults {

// Every how many-th call is made to fail: COUNTERSIGN_FAULT_STEP, of the environment or else of the build.
uint64_t fault_step();

struct SweepCounts {
    uint64_t calls = 0;   // that the operation makes when nothing fails
    uint64_t states = 0;  // different contents that a kill can leave
    uint64_t crashes = 0;
    uint64_t failures = 0;
    uint64_t recoveries = 0;
    uint64_t acknowledged = 0;  // and looked for afterwards
    uint64_t allocations = 0;   // that SQLite makes in the operation when nothing fails
    uint64_t starvations = 0;
};

class Sweep {
public:
    // Of the calls every `step`-th is made to fail.
    Sweep(testing::FaultDisk& disk, testing::FaultMemory& memory, Task task, uint64_t step);

    void crashes();
    void failures();
    void recoveries();
    // Of the allocations, which are many, every `step`-th.
    void starvations(uint64_t step);

    const SweepCounts& counts() const { return counts_; }

private:
    void learn();
    void start(uint64_t life);
    void drop();
    // The operation with the fault armed; whether it struck.
    bool attempt(const testing::Fault& fault, Status& outcome);
    // After a restart.
    std::string look();
    void look_at_living(bool several, store::Database& database);
    void verify(bool acknowledged);
    void crash(uint64_t call, uint64_t seed);
    void crash_after(uint64_t damage);
    void fail_at(const testing::Fault& fault);
    void starve(uint64_t at, bool from_then_on);
    // Behind a failure: what is there, and whether it works when it is tried again and survives a power cut.
    void try_again(const Status& outcome, uint64_t damage);
    void recover(uint64_t call, uint64_t seed, const testing::Fault& fault);

    testing::FaultDisk& disk_;
    testing::FaultMemory& memory_;
    Task task_;
    uint64_t step_;
    std::string files_;
    testing::FaultDisk::Content before_;
    std::map<std::string, bool> states_;  // contents that may be; true: checked whole
    std::string last_;                    // what is there when it was acknowledged
    std::unique_ptr<World> world_;
    SweepCounts counts_;
};

}  // namespace countersign::faults
