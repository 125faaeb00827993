#pragma once
// What a lane works with: one per thread, handed to every answer. Nothing in it is shared between threads.

#include <cstdint>
#include <optional>
#include <string>

#include "core/crypto/ed25519.h"
#include "core/ports/clock.h"
#include "core/ports/entropy.h"
#include "core/ports/passwords.h"
#include "core/store/policy_cache.h"
#include "core/store/sqlite.h"

namespace countersign::api {

struct ApiLimits {
    uint64_t request_bytes = 1 << 20;  // of an ordinary request
    uint64_t push_bytes = 2 << 20;
    uint64_t ingest_bytes = uint64_t{8} << 30;  // streamed, so large
    uint64_t ingest_lines = 1'000'000;
    size_t reported_errors = 1'000;  // of one ingest; the rest is counted
    size_t operations_per_push = 1'000;
    size_t operation_line_bytes = size_t{256} * 1024;
    size_t page_items = 1'000;
    size_t feed_events = 2'000;
    uint64_t feed_reach = 200'000;  // events that a device may be behind before a snapshot is the shorter way
    size_t leases = 500;            // of one request, and in one list
    Duration lease{30 * kMinute_us};
    Duration longest_lease{7 * kDay_us};  // taken along
    Duration session{12 * kHour_us};
};

struct ServerSettings {
    ApiLimits limits;
    bool demo = false;    // "sign in with one click" as the account "demo"
    bool secure = false;  // behind TLS: cookies get Secure and the __Host- prefix
    std::string version;
    // SHA-256 of a token that stands for whoever may read the data folder itself: programs of the same owner on the
    // same machine. All rights; made anew at each start, never stored in the store.
    std::optional<Digest> local_token;
    std::optional<crypto::PublicKey> log_key;  // that signs checkpoints
};

struct Workspace {
    store::Database& database;
    Clock& clock;
    Entropy& entropy;
    Passwords& passwords;
    store::PolicyCache& policies;
    const ServerSettings& settings;
};

}  // namespace countersign::api
