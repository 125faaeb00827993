#pragma once
// A folder that appears whole or not at all: everything is written into "<path>.part", flushed, and renamed into its
// place. Whoever stops before that leaves nothing. Only its owner may read it.
//
// Errors name the folder.

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace countersign::native {

class NewFolder {
public:
    // `gives_way`: what has the name is empty by the time of place(), or moved away.
    enum class Existing : uint8_t { refused, gives_way };

    // already_exists when something has the name. What an earlier attempt that was killed has left is taken away.
    static Result<NewFolder> make(const std::filesystem::path& path, Existing existing = Existing::refused);

    NewFolder(NewFolder&& other) noexcept;
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder();

    // Where to write.
    const std::filesystem::path& part() const { return part_; }

    // Flushed, and in its place.
    Status place();

private:
    NewFolder() = default;

    std::filesystem::path path_;
    std::filesystem::path part_;
};

// A folder takes another's name; both are on one disk. Flushed.
Status rename_folder(const std::filesystem::path& from, const std::filesystem::path& to);
// "2026-11-27T22-13-41Z": a moment as part of a name, as everybody's files may have it.
std::string name_of_moment(int64_t us);

}  // namespace countersign::native
