#pragma once
// Checkpoints as rows: on a server those it has signed, on a device the newest that it has verified of each epoch.

#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct CheckpointRow {
    uint64_t epoch = 0;
    uint64_t size = 0;
    Digest root;
    std::string note;  // the signed note (core/log/checkpoint.h)
    Instant at;
};

Status add_checkpoint(Database& database, const ProjectRow& project, const CheckpointRow& row);
// The largest of the newest epoch.
Result<std::optional<CheckpointRow>> newest_checkpoint(Database& database, const ProjectRow& project);
// The largest of this epoch.
Result<std::optional<CheckpointRow>> newest_checkpoint(Database& database, const ProjectRow& project, uint64_t epoch);
// The smallest that covers this many leaves, in the newest epoch that has one.
Result<std::optional<CheckpointRow>> covering_checkpoint(Database& database, const ProjectRow& project, uint64_t size);

// A place in their order, which is that of the log: by epoch, then by size.
struct CheckpointAt {
    uint64_t epoch = 0;
    uint64_t size = 0;
};

// In that order, behind `after`, at most `limit`.
Result<std::vector<CheckpointRow>> checkpoints_after(Database& database, const ProjectRow& project, CheckpointAt after,
                                                     size_t limit);

}  // namespace countersign::store
