#pragma once
// A proof in one file that a leaf is in a log (C2SP tlog-proof, *.tlog-proof): what somebody gets who asks about one
// decision.
//
//   c2sp.org/tlog-proof@v1
//   extra <base64>              optional; vouched for by nobody
//   index <leaf's index>        from 0, decimal
//   <base64 of a hash>          the inclusion proof, from the leaf upwards; any number of lines
//                               an empty line
//   <the checkpoint>            a signed note, as it is
//
// Errors: invalid_argument with field "line N".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/log/tree_proof.h"

namespace countersign {

struct LogProof {
    std::optional<std::string> extra;
    uint64_t index = 0;
    TreeProof path;
    std::string checkpoint;
};

std::string log_proof_text(const LogProof& proof);
// The checkpoint is taken as it stands: core/log/note.h reads and verifies it.
Result<LogProof> parse_log_proof(std::string_view text);

}  // namespace countersign
