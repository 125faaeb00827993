#pragma once
// In which life a device last met its server. A server that was restored from a backup has a new one: what it lost is
// taken back here, to be offered again.

#include <string>
#include <vector>

#include "core/store/identity.h"
#include "core/sync/device.h"

namespace countersign::sync {

// "" when the project was never greeted.
Result<std::string> known_incarnation(store::Database& database, const store::ProjectRow& project);

struct Restored {
    EventSeq had = 0;        // how far this device had heard of the log
    EventSeq continues = 0;  // and from where the server goes on
};

// Inside a transaction. The server lives anew, in the last of these epochs: events that it does not have are dropped,
// operations that only they recorded are pending again, levels fall back, and a snapshot is due. Nothing of this
// device's own is lost by it.
Result<Restored> meet_anew(Device& device, store::ProjectRow& project, const std::string& incarnation,
                           const std::vector<store::EpochMark>& epochs);

}  // namespace countersign::sync
