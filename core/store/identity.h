#pragma once
// Which server this store belongs to, and in which of its lives: the epoch changes with every restore, so that fences
// and the log's origin can never repeat.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/ports/entropy.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct ServerIdentity {
    std::string server;  // 16 hex digits, for ever
    uint64_t epoch = 0;  // 1, then Unix milliseconds of each restore
    std::string nonce;   // 16 hex digits, of the epoch

    // "1-5f0c...": two epochs are the same when this is.
    std::string incarnation() const;
    // Of a project's log: "countersign/<server>/<project>/<epoch>".
    std::string origin(const ProjectId& project) const;
};

// Made when the store has none.
Result<ServerIdentity> ensure_identity(Database& database, Entropy& entropy);
// failed_precondition when the store has none yet.
Result<ServerIdentity> read_identity(Database& database);
// Where the project's log of the present epoch goes on from an older one's; 0 in the first epoch.
Result<EventSeq> continues_at(Database& database, const ProjectRow& project);
Status set_continues_at(Database& database, const ProjectRow& project, EventSeq size);
// The public key that signs the logs in this epoch (32 bytes), as far as it was noted: stores of before do not have it.
Result<std::optional<std::string>> epoch_key(Database& database, uint64_t epoch);
Status note_epoch_key(Database& database, uint64_t epoch, std::string_view key);
// The next epoch, greater than `above`; the caller records the event that says so in each project.
Result<ServerIdentity> begin_epoch(Database& database, Entropy& entropy, Instant now, uint64_t above);

}  // namespace countersign::store
