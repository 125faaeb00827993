#pragma once
// A server's store made again from its log: everything that is computed from events and kept beside them for speed.
// What comes of it is what the store must have; where it has something else, the log is right (core/rebuild/compare.h).
//
//   made again    item, lease, drawn, promised, tile; of event: type and item; of project: name, head_seq, policy,
//   policy_version;
//                 operation, as far as events record them
//   kept          what no event has: texts (document, note), the bytes of operations that cannot stand in a leaf and
//                 when each arrived, operations of version 0.1, numbers of items that are there, everything else
//
// Contract: a server's store, at this version's schema. In a transaction of its own, or the open one: who rolls back
// has changed nothing. Memory does not grow with the log. Errors: corrupt when an event is missing or cannot be read,
// with its number; unavailable when `go_on` says no.

#include <cstdint>
#include <functional>

#include "core/store/sqlite.h"

namespace countersign::rebuild {

struct Progress {
    uint64_t done = 0;  // events
    uint64_t of = 0;
};

using GoOn = std::function<bool(const Progress&)>;

Status rebuild(store::Database& database, const GoOn& go_on);

}  // namespace countersign::rebuild
