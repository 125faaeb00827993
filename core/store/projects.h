#pragma once
// Projects and their policies as rows.

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct ProjectRow {
    int64_t no = 0;
    ProjectId id;
    std::string name;
    Instant created;
    EventSeq head_seq = 0;  // on a device: of the newest event that was heard of
    std::optional<Digest> policy;
    int64_t policy_version = 0;
    EventSeq stable_seq = 0;     // backed up or witnessed up to here
    std::string feed = {};       // a device's place in the server's feed; empty: a snapshot is needed
    EventSeq snapshot_at = 0;    // a device's, while it takes a snapshot: of which moment, 0: none
    int64_t snapshot_after = 0;  // and how far it has come
    int64_t snapshot_no = 0;     // how many were begun
};

// already_exists when the id is taken; invalid_argument when it is not [a-z0-9-]{1,64}.
Result<ProjectRow> create_project(Database& database, const ProjectId& id, const std::string& name, Instant now);
// not_found with the known ids when there are few.
Result<ProjectRow> find_project(Database& database, const ProjectId& id);
Result<ProjectRow> read_project(Database& database, int64_t no);
Result<std::vector<ProjectRow>> list_projects(Database& database);
// Writes everything but id, no and created.
Status save_project(Database& database, const ProjectRow& project);

Status add_policy(Database& database, const ProjectRow& project, const Digest& digest, std::string_view bytes);
// The document with this digest; not_found otherwise.
Result<std::string> policy_bytes(Database& database, const ProjectRow& project, const Digest& digest);

// On a device: an item here was routed under this policy, so its document is needed.
Status note_policy(Database& database, const ProjectRow& project, const Digest& digest);
// No longer needed, as far as is known; a policy whose document is here stays.
Status forget_policy_note(Database& database, const ProjectRow& project, const Digest& digest);
// A policy that is needed and whose document is not here.
Result<std::optional<Digest>> missing_policy(Database& database, const ProjectRow& project);

// Small named values of the store itself: the device's id, a server's epoch.
Result<std::optional<std::string>> read_meta(Database& database, std::string_view key);
Status write_meta(Database& database, std::string_view key, std::string_view value);

}  // namespace countersign::store
