#pragma once
// Keeps the logs of a data folder sealed: the key that signs, and the second file with the last checkpoints.
//
//   log.key           one line: "countersign-log-key-1 <base64 of the 32-byte seed>"; made at the first start, mode
//   0600 last-checkpoints  the newest signed checkpoint of each project, one JSON line each; flushed before the store's
//   own
//
// The store may be put back to an older state behind a server's back, the second file with it or not: open() refuses a
// store that is behind what was signed or is another than it. Only `countersign restore` goes on from an older store,
// in a new epoch that says what it continues.
//
// Contract: one thread at a time. Errors of open(): failed_precondition when the store was put back, corrupt when it is
// another; the sentence says what to do.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/ports/entropy.h"
#include "core/seal/seal.h"

namespace countersign::native {

// The key in the folder; not_found when there is none.
Result<crypto::SigningKey> read_log_key(const std::filesystem::path& folder);
// The second file: the newest signed checkpoint of each project. Empty when there is none; nothing is verified yet.
Result<std::map<std::string, std::string>> read_last_checkpoints(const std::filesystem::path& folder);
Status write_last_checkpoints(const std::filesystem::path& folder, const std::map<std::string, std::string>& notes);

class LogKeeper {
public:
    // Reads or makes the key; checks the store against the second file.
    static Result<LogKeeper> open(const std::filesystem::path& folder, store::Database& database, Entropy& entropy);

    struct Sealed {
        std::vector<ProjectId> projects;  // that have a new checkpoint
        bool more = false;                // something is left
    };

    // One step of sealing for each project that has news, in a transaction of its own.
    Result<Sealed> seal(store::Database& database, Instant now);

    const crypto::PublicKey& public_key() const { return key_.public_key(); }

    const crypto::SigningKey& key() const { return key_; }

    // Forgets what was signed in older epochs; for a restore, which starts another.
    Status forget_checkpoints();

private:
    LogKeeper(std::filesystem::path folder, crypto::SigningKey key, store::ServerIdentity server)
        : folder_(std::move(folder)), key_(std::move(key)), server_(std::move(server)) {}

    Status check(store::Database& database) const;
    Status check_key(store::Database& database) const;

    std::filesystem::path folder_;
    crypto::SigningKey key_;
    store::ServerIdentity server_;
    std::map<std::string, std::string> notes_;  // by project
};

}  // namespace countersign::native
