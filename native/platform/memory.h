#pragma once

// What becomes of the program when the system gives it no more memory.
//
// Of core and shell nothing is thrown, so an allocation that fails can be told to nobody: the process says so in one
// line and ends with status 71. That is a kill like any other: what was acknowledged is on disk, and what was not is
// undone at the next start. SQLite asks for memory by itself and answers that there is none (core/store).
//
// Contract: call it once, first thing in main().

namespace countersign::native {

inline constexpr int kNoMemoryStatus = 71;  // EX_OSERR of sysexits.h

void end_when_memory_is_out();

}  // namespace countersign::native
