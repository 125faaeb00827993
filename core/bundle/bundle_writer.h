#pragma once
// Writes a project's log as a bundle (core/verify/bundle.h), piece by piece, while the server goes on: everything up to
// the newest checkpoint of the moment in which it began. Each checkpoint stands behind the entry that it is over, each
// text behind the first entry that names it; texts that were erased are not there.
//
// Contract: memory does not grow with the log but for 44 to 88 bytes a text. One thread; the store may change between
// two calls, since nothing that was sealed ever does. Errors: not_found when nothing is sealed yet, corrupt when an
// entry is missing or cannot be read.

#include <deque>
#include <optional>
#include <string>

#include "core/base/instant.h"
#include "core/crypto/ed25519.h"
#include "core/model/event.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/ledger.h"
#include "core/verify/commitment_table.h"

namespace countersign::bundle {

enum class Texts : uint8_t { with, without };

struct BundleOptions {
    crypto::PublicKey key;  // of the present epoch; older ones are in the store
    Instant made;
    Texts texts = Texts::with;
};

class BundleWriter {
public:
    static Result<BundleWriter> open(store::Database& database, const ProjectId& project, const BundleOptions& options);

    // Appends some 64 KiB of whole lines; false when there are none left.
    Result<bool> next(store::Database& database, std::string& out);

    uint64_t size() const { return end_.size; }

private:
    BundleWriter(store::ProjectRow project, store::ServerIdentity server, const BundleOptions& options)
        : project_(std::move(project)), server_(std::move(server)), options_(options) {}

    Status take_entries(store::Database& database, std::string& out);
    Status take_checkpoints(store::Database& database, std::string& out);
    Status write_key(store::Database& database, uint64_t epoch, std::string& out);
    Status write_texts(store::Database& database, const store::StoredEvent& stored, std::string& out);
    Status write_named(store::Database& database, const Event& event, std::string& out);

    store::ProjectRow project_;
    store::ServerIdentity server_;
    BundleOptions options_;
    store::CheckpointRow end_;
    std::deque<store::CheckpointRow> checkpoints_;  // the next ones
    std::optional<store::CheckpointAt> asked_;      // up to which they were read
    std::optional<uint64_t> key_of_;                // the epoch whose key was written last
    verify::CommitmentTable written_;
    Sha256Stream hash_;
    uint64_t leaves_ = 0;
    bool begun_ = false;
    bool done_ = false;
};

}  // namespace countersign::bundle
