#pragma once
// Sealing: a project's log gets a signed checkpoint (core/log/checkpoint.h) over all of its leaves. From then on
// nobody, the server's keeper included, can change or drop an entry without every device and every auditor noticing.
//
//  1. The leaves that are new are read from the store and hashed as they stand there.
//  2. The tree as it was is recomputed from the stored tiles; it must give the last checkpoint's root. So must 256
//  older
//     leaves, read again from the store by turns, give the hashes that stand for them.
//  3. The new root is computed twice: by adding leaves, and from the tiles as they are stored now.
//  4. Only then is it signed. Sizes never go back within an epoch (compare and swap on the last checkpoint).
//
// Errors: corrupt when anything stored does not fit together: nothing is signed then, and the sentence names the leaf
// or tile. A server goes on recording, and says so.

#include <cstdint>
#include <optional>

#include "core/base/instant.h"
#include "core/crypto/ed25519.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"

namespace countersign::seal {

struct Sealing {
    const store::ServerIdentity& server;
    const crypto::SigningKey& key;
    Instant now;
    uint64_t most_leaves = 20'000;  // of one step: the writer has other things to do
};

// One step, inside a transaction; nothing when there is no news. More may be left: the checkpoint's size says it.
Result<std::optional<store::CheckpointRow>> seal(store::Database& database, const store::ProjectRow& project,
                                                 const Sealing& sealing);

// The root of the first `size` leaves, from the tiles as far as they go and from the stored leaves behind them.
Result<Digest> root_at(store::Database& database, const store::ProjectRow& project, uint64_t size);

}  // namespace countersign::seal
