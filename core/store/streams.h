#pragma once
// Streams as rows: on a device its own, with the secret that signs them; on a server those it has heard of.

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

enum class StreamState : uint8_t {
    open,     // goes on
    closed,   // another has taken its place; what is in it is still sent
    forked,   // two devices wrote it: both branches are kept, neither goes on
    revoked,  // its device or account lost its right
};

// Head of a stream: number and hash of its last operation; 0 and zero bytes when there is none.
struct StreamHead {
    uint64_t seq = 0;
    Digest hash;

    bool operator==(const StreamHead&) const = default;
};

// How far the server has a device's stream. Each is at most the one before it.
struct StreamLevels {
    uint64_t saved = 0;   // flushed there
    uint64_t sealed = 0;  // under a signed checkpoint that this device has verified
    uint64_t stable = 0;  // backed up or witnessed: only this may be forgotten here
};

struct StreamRow {
    StreamId stream;
    int64_t project_no = 0;
    ActorId account;
    DeviceId device;
    std::string key;     // Ed25519 public key; empty for streams of 0.1
    std::string secret;  // on the device only: the 32-byte seed
    StreamState state = StreamState::open;
    StreamHead head;
    uint64_t signed_seq = 0;  // what `signature` covers
    std::string signature;
    std::string reason;           // why it was opened
    StreamId replaces;            // the one that cannot go on, or empty
    uint64_t announced = 0;       // a server's: how far the device said it reaches
    std::string announced_items;  // JSON list of the items of what it had not sent then
    StreamLevels levels;          // a device's
    std::optional<uint64_t> cut;  // a server's: from the operation after this one on, a lead decides
    Instant opened;
    Instant heard;
};

Status add_stream(Database& database, const StreamRow& row);
// Writes everything but stream, project, account, device, key and opened.
Status save_stream(Database& database, const StreamRow& row);
// On a device: why the stream ends; the next one says so.
Status set_reason(Database& database, const StreamId& stream, std::string_view reason);
Result<std::optional<StreamRow>> find_stream(Database& database, const StreamId& stream);
// One that other rows name, so that it must be there; corrupt otherwise.
Result<StreamRow> known_stream(Database& database, const StreamId& stream);
// An account's streams in a project; all projects for nullptr.
Result<std::vector<StreamRow>> streams_of(Database& database, const ActorId& account, const ProjectRow* project);
Result<std::vector<StreamRow>> streams_of_project(Database& database, const ProjectRow& project);
Result<std::vector<StreamRow>> streams_of_device(Database& database, const DeviceId& device);
// The account's stream on this device that goes on in this project.
Result<std::optional<StreamRow>> open_stream(Database& database, const ActorId& account, const ProjectRow& project);

}  // namespace countersign::store
