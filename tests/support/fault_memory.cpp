#include "tests/support/fault_memory.h"

#include <sqlite3.h>

#include "core/base/check.h"

namespace countersign::testing {

namespace {

// SQLite's functions for memory get no argument of ours.
struct State {
    sqlite3_mem_methods real{};
    bool armed = false;
    uint64_t at = 0;
    bool from_then_on = false;
    uint64_t counted = 0;
    bool struck = false;
};

State& state() {
    static State kept;
    return kept;
}

bool strikes() {
    State& now = state();
    if (!now.armed) {
        return false;
    }
    ++now.counted;
    const bool chosen = now.at != 0 && (now.counted == now.at || (now.from_then_on && now.counted > now.at));
    now.struck = now.struck || chosen;
    return chosen;
}

void* allocate(int bytes) {
    return strikes() ? nullptr : state().real.xMalloc(bytes);
}

void* reallocate(void* old, int bytes) {
    return strikes() ? nullptr : state().real.xRealloc(old, bytes);
}

void set_methods(sqlite3_mem_methods methods) {
    CS_CHECK(sqlite3_shutdown() == SQLITE_OK);
    CS_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
    CS_CHECK(sqlite3_initialize() == SQLITE_OK);
}

}  // namespace

FaultMemory::FaultMemory() {
    CS_CHECK(sqlite3_initialize() == SQLITE_OK);
    CS_CHECK(sqlite3_shutdown() == SQLITE_OK);
    CS_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &state().real) == SQLITE_OK);
    sqlite3_mem_methods ours = state().real;
    ours.xMalloc = allocate;
    ours.xRealloc = reallocate;
    set_methods(ours);
}

FaultMemory::~FaultMemory() {
    disarm();
    set_methods(state().real);
}

void FaultMemory::arm(uint64_t at, bool from_then_on) {
    State& now = state();
    now.armed = true;
    now.at = at;
    now.from_then_on = from_then_on;
    now.counted = 0;
    now.struck = false;
}

void FaultMemory::disarm() {
    state().armed = false;
}

uint64_t FaultMemory::counted() const {
    return state().counted;
}

bool FaultMemory::struck() const {
    return state().struck;
}

}  // namespace countersign::testing
