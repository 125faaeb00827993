#pragma once
// Memory for SQLite that runs out: one of its allocations is refused, or it and all after it. What SQLite makes of it
// is an answer like any other (SQLITE_NOMEM), so that everything that stands on a store can be tried with it.
//
// Use:   FaultMemory memory;          // before anything of SQLite is open; FaultDisk disk; behind it
//        memory.arm(17, false);       // counts from here
//        ... work ...
//        memory.disarm();
//
// Contract: one at a time, one thread; no database is open when it comes and when it goes.

#include <cstdint>

namespace countersign::testing {

class FaultMemory {
public:
    FaultMemory();
    ~FaultMemory();
    FaultMemory(const FaultMemory&) = delete;
    FaultMemory& operator=(const FaultMemory&) = delete;

    // The `at`-th from now on, from 1; with 0 they are only counted.
    void arm(uint64_t at, bool from_then_on);
    void disarm();

    // Since arm().
    uint64_t counted() const;
    bool struck() const;
};

}  // namespace countersign::testing
