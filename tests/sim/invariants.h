#pragma once
// What holds whatever happens. Numbers are those of the protocol's design (docs/simulator.md has the list); each check
// reports through World::breach() with its number and what was seen.
//
//   I1  what was called saved is there after a crash, on device and server
//   I2  what is on a device is on the server once both have met, also after a restore
//   I3  a stream is the device's chain; a fork is reported and goes on no more; an honest log is disputed by nobody
//   I4  an operation is in the log once, and as whose it is; a decision counts once, a person once on an item
//   I5  devices have exactly their scope of the feed; places only go forward; no page ends within a commit
//   I6  no lower fence is effective over a higher one of the same slot
//   I7  every decision has one state, which its author can see
//   I8  what an item's decisions add up to is the same in every order of arrival
//   I9  wrong clocks change flags and labels only; a clock that is far ahead poisons nobody else's
//   I10 rows are what the log adds up to; the log can be sealed
//   I11 nobody is sent anything that they have no right to see
//   I12 what was erased is nowhere any more, on server and devices, also when the server was put back
//   I13 what only a newer version knows is kept as it is
//   I14 with the faults over, everything drains in bounded steps, poison or not

#include <string>
#include <utility>
#include <vector>

#include "core/ports/transport.h"
#include "core/store/operations.h"
#include "tests/sim/server.h"

namespace countersign::sim {

class World;
class Desk;

// -- while it runs --
void check_reply(World& world, const TransportRequest& request, const Reply& reply, const Cookies& cookies);
void check_desk(World& world, Desk& desk);
void check_new_operation(World& world, Desk& desk, const store::OperationRow& row);
// When a store is opened.
void check_kept(World& world, Desk& desk);
void check_acknowledged(World& world);

// A device forgets what is stable, and that is all it forgets.
void forget_stable_of(World& world, Desk& desk);

// -- when all is quiet --
void check_server(World& world);   // I1, I3, I4, I10
void check_items(World& world);    // I4, I6, I8, I9
void check_erased(World& world);   // I12
void check_devices(World& world);  // I1, I2, I3, I7, I10, I13, I14
// Of the project and person that the device shows now: I5.
void check_scope(World& world, Desk& desk);

std::vector<store::OperationRow> all_operations(store::Database& database);
std::vector<std::pair<int64_t, ItemId>> items_of(store::Database& database, const store::ProjectRow& project);

}  // namespace countersign::sim
