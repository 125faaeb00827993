#pragma once
// A data folder from a backup, or from a store that was put back to an older state: a new epoch begins in every
// project's log, with an entry that names what it continues, so that devices take back what was lost and offer it
// again, and nothing that was signed before can come a second time.
//
// Contract: no server runs on the folder. What was there is kept aside, never deleted; only the keys of its texts go on
// with the folder that is served, so that there is one place from which they are destroyed. Sessions end; what was
// saved and not yet judged is judged, what was erased since the backup is erased again, and the log sealed. A restore
// that is stopped or fails leaves the folder as it was. Errors: failed_precondition when there is data and `in_place`
// was not given, or when texts are sealed and their keys are not there; unavailable when a server runs or when stopped;
// corrupt when the backup is damaged.

#include <filesystem>
#include <optional>

#include "core/doctor/doctor.h"
#include "core/store/identity.h"

namespace countersign::native {

struct RestoreOptions {
    std::filesystem::path backup;  // empty: the store that is there was put back by other means
    std::filesystem::path data;
    bool in_place = false;
    std::filesystem::path keys = {};  // where the keys of its texts are; empty: in `data`
};

struct Restored {
    store::ServerIdentity server;
    std::filesystem::path kept_aside;  // empty when nothing was there
};

Result<Restored> restore(const RestoreOptions& options, const doctor::GoOn& go_on);

}  // namespace countersign::native
