#pragma once
// Bytes that are read piece by piece, to be sent as a request's body.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "core/base/result.h"

namespace countersign::http {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    // How many bytes there are; nothing when that shows only at the end (they are then sent in chunks).
    virtual std::optional<uint64_t> size() const = 0;
    // Fills what it can; 0 at the end.
    virtual Result<size_t> read(std::span<char> into) = 0;
};

// A file, or anything else that has a name there (a pipe has no size). Errors: not_found, with the name.
Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path);

}  // namespace countersign::http
