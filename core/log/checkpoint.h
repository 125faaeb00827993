#pragma once
// Checkpoints (C2SP tlog-checkpoint): what a log says about itself at one size, as the text of a signed note.
//
//   origin           which log: for ours countersign/<server, 16 hex digits>/<project>/<epoch number>
//   size             number of leaves, decimal
//   root             base64 of the tree's root
//   extension lines  none in ours; not empty, and passed over
//
// The key that signs has the origin as its name. A server has one Ed25519 key and signs for all its origins with it.
// Errors: invalid_argument with field "line N".

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/ed25519.h"
#include "core/log/tree_proof.h"

namespace countersign {

struct Checkpoint {
    std::string origin;
    TreeHead head;
};

std::string checkpoint_text(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view text);
// The signed note.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key);

// The origin of a project's log in one epoch of its server.
struct LogOrigin {
    std::string server;  // 16 hex digits
    std::string project;
    uint64_t epoch = 0;

    auto operator<=>(const LogOrigin&) const = default;
};

std::string origin_text(const LogOrigin& origin);
// invalid_argument without a field.
Result<LogOrigin> parse_origin(std::string_view origin);

}  // namespace countersign
