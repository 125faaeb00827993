#pragma once
// What a device has decided and no server has saved, as a file: for the day on which the device cannot send it itself.
// The file is push bodies (core/log/push_body.h), one behind the other, signed as they would be for a server; whoever
// brings it sends each to POST .../outbox.
//
// Errors: of reading, invalid_argument or exhausted with the file's line ("line 7"); of writing, the store's.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sync/device.h"

namespace countersign::sync {

struct OutboxFile {
    std::string bytes;  // empty when everything is saved
    uint64_t operations = 0;
};

// All unsaved operations of the account's streams in the project.
Result<OutboxFile> write_outbox_file(Device& device, const store::ProjectRow& project, const ActorId& account);

// One push of such a file, as it stands there.
struct OutboxPart {
    std::string body;
    StreamId stream;
    uint64_t from = 1;
    uint64_t operations = 0;
    bool is_signed = false;  // as far as one can see without the device's key
};

// In the file's order. Empty lines between parts mean nothing.
Result<std::vector<OutboxPart>> read_outbox_file(std::string_view file);

}  // namespace countersign::sync
