#pragma once
// Everything about a server's store that can be checked, in this order:
//
//   file         SQLite's own check of every page and index
//   references   rows refer to rows that are there
//   logs         each project's log as an outsider would verify it (core/verify): form, numbers, tree, checkpoints,
//                keys, what devices sent and signed; against the checkpoints that were kept beside the store, too
//   streams      what is kept of each device's stream is what the log says of it, and signed
//   texts        each text is the one that was committed to, each policy the one that its digest names
//   projections  the store made again from its log, compared row by row (core/rebuild)
//
// Contract: a server's store at this version's schema. `stored` and `scratch` are two connections to one file, or two
// copies; nothing is changed in `stored`, and what is made again in `scratch` is kept only when asked for, and when
// file and logs are good. Errors are of the stores, or unavailable when stopped: whatever is wrong with what is stored
// is a finding.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/ports/clock.h"
#include "core/store/sqlite.h"
#include "core/verify/seals.h"

namespace countersign::doctor {

struct CheckResult {
    std::string_view name;
    std::string_view unit;  // what `done` counts
    uint64_t done = 0;
    uint64_t failed = 0;
    Duration took;
};

struct Finding {
    std::string_view check;
    std::string place;  // "project 'city', entry 7"; "item: no 17"
    std::string what;
};

inline constexpr size_t kFindingsKept = 20;  // of a check; all are counted

struct Diagnosis {
    std::vector<CheckResult> checks;
    std::vector<Finding> findings;

    bool good() const;
};

struct Progress {
    std::string_view check;
    std::string_view unit;
    uint64_t done = 0;
    uint64_t of = 0;  // 0: not known
};

using GoOn = std::function<bool(const Progress&)>;

enum class Rebuilt : uint8_t { dropped, kept };

struct Patient {
    store::Database& stored;
    store::Database& scratch;
    crypto::PublicKey key;                          // that signs the logs
    std::vector<verify::OwnCheckpoint> kept_notes;  // from beside the store
    Clock& clock;
    Rebuilt rebuilt = Rebuilt::dropped;
};

Result<Diagnosis> examine(const Patient& patient, const GoOn& go_on);

// The names of the checks, in their order.
std::vector<std::string_view> check_names();

}  // namespace countersign::doctor
