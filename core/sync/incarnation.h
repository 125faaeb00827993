#pragma once
// In which life a device last met its server. A server that was restored from a backup has a new one: what it lost is
// taken back here, to be offered again.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/identity.h"
#include "core/sync/device.h"

namespace countersign::sync {

// The number that an incarnation begins with; 0 where there is none.
uint64_t epoch_of(std::string_view incarnation);
// "" when the project was never greeted.
Result<std::string> known_incarnation(store::Database& database, const store::ProjectRow& project);

struct Restored {
    EventSeq had = 0;        // how far this device had heard of the log
    EventSeq continues = 0;  // and from where the server goes on
};

// Inside a transaction. The server lives anew, in the last of these epochs: events that it does not have are dropped,
// operations that only they recorded are pending again, levels fall back, and a snapshot is due. Nothing of this
// device's own is lost by it. store::continues_at() is then how much of the log under the newest checkpoint that this
// device has verified is still the server's, however many lives have passed since.
Result<Restored> meet_anew(Device& device, store::ProjectRow& project, const std::string& incarnation,
                           const std::vector<store::EpochMark>& epochs);

}  // namespace countersign::sync
