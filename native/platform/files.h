#pragma once
// Files of the command line and the server, with errors that say which file and what to do.

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace countersign::native {

Result<std::string> read_file(const std::filesystem::path& path, uint64_t limit_bytes);
// Through a temporary file beside it, flushed and renamed: either the old or the new content is there, never half of
// it.
Status write_file(const std::filesystem::path& path, std::string_view bytes, bool private_to_owner);

// Holds a lock on `path` until it is destroyed; unavailable when another process has it, with what that one wrote
// there: "the data folder is in use by a Countersign server (process 12)".
class FileLock {
public:
    static Result<FileLock> take(const std::filesystem::path& path, std::string_view who,
                                 std::string_view what = "the data folder");
    FileLock(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

    // Replaces what others read of the holder.
    void describe(std::string_view who);

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace countersign::native
