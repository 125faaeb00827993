#pragma once
// Files of the command line and the server, with errors that say which file and what to do.

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace countersign::native {

Result<std::string> read_file(const std::filesystem::path& path, uint64_t limit_bytes);
// Through a temporary file beside it, flushed and renamed, and the folder flushed: either the old or the new content is
// there, never half of it, and once this is good it is the new one, also after a power cut.
Status write_file(const std::filesystem::path& path, std::string_view bytes, bool private_to_owner);

// Makes what was added to the folder, renamed in it or taken out of it outlast a power cut.
Status sync_folder(const std::filesystem::path& folder);
// The folder and what is missing above it, so that they outlast a power cut. Errors name the folder.
Status make_folders(const std::filesystem::path& folder);
// For a file that another process may have left: what the system's cache owes the disk is written, and what it holds is
// dropped, so that the next who reads has what the disk has. After a sync that failed, the two differ (core/store/
// settle.h). Good when there is no such file. To be called while nobody has the file open.
Status read_anew(const std::filesystem::path& path);

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
