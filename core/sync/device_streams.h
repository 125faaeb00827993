#pragma once
// A device's streams: begun, signed, written down for a server or a file, and moved on by what the server answers.
//
// A device has one stream for each account and project, so that nothing of one project ever waits for another's.

#include <optional>
#include <string>
#include <vector>

#include "core/log/push_body.h"
#include "core/store/streams.h"
#include "core/sync/device.h"

namespace countersign::sync {

// The account's stream in the project that goes on; begun when there is none. Inside a transaction, or one of its own.
Result<store::StreamRow> ensure_stream(Device& device, const store::ProjectRow& project, const ActorId& account);

// The stream cannot go on; the next operation begins another, which says why. What it holds is still sent.
Status end_stream(Device& device, store::StreamRow stream, std::string_view reason);

struct PushSize {
    size_t operations = 500;
    size_t bytes = 1'000'000;
};

// The hash of the stream's operation at this place; nothing when neither it nor the one behind it is here. What was
// stable may be forgotten, but a server that was put back asks for what follows it.
Result<std::optional<Digest>> hash_at(store::Database& database, const store::StreamRow& stream, uint64_t seq);

// The operations above `after`, as far as `size` allows, signed. Empty operations when there is nothing.
Result<PushBody> push_after(Device& device, const store::StreamRow& stream, uint64_t after, PushSize size);

// What a hello says of the stream.
Result<std::string> hello_body(Device& device, const store::StreamRow& stream);

// The account's streams in which something is not saved, by the time of what waits longest.
Result<std::vector<store::StreamRow>> unsaved_streams(store::Database& database, const ActorId& account);

}  // namespace countersign::sync
