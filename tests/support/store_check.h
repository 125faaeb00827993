#pragma once
// What holds of every store at every moment, whatever happened to it: looked at after crashes and failed disks.
//
// Each function returns what does not hold, as sentences; nothing when all is well. They change nothing that stays.

#include <string>
#include <vector>

#include "core/store/sqlite.h"

namespace countersign::testing {

using Breaches = std::vector<std::string>;

// Ids of all operations that a server has recorded, judged or not; one that it has twice is here twice.
Result<std::vector<std::string>> recorded_operations(store::Database& database);

// SQLite's own view: pages, indexes, foreign keys.
Breaches check_pages(store::Database& database);
// Each project's log: numbers without gaps up to the head, leaves that decode and say where they belong, commits with
// an end, checkpoints whose root the leaves give, policies that are there.
Breaches check_log(store::Database& database);
// Each stream: numbers without gaps up to its head, each operation's hash and the one before it, the event that its row
// names; on a server also what waits to be judged, one event for each operation that was, and no event that names an
// operation which is not there. On a device levels in their order.
Breaches check_streams(store::Database& database, bool server);
// Each item's row, and its leases, are what its events, and on a device the waiting operations on top, add up to; its
// document is there and opens.
Breaches check_server_items(store::Database& database);
Breaches check_device_items(store::Database& database);

// All of them.
Breaches check_server_store(store::Database& database);
Breaches check_device_store(store::Database& database);

std::string in_lines(const Breaches& breaches);

}  // namespace countersign::testing
