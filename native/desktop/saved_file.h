#pragma once
// A file that the desk hands to the person: written beside what is there, never over it.

#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace countersign::desktop {

// Writes `bytes` as `name` into the folder; when that is taken as "name (2).ext" and so on. Where it is. Characters
// that a file's name cannot hold become '_'. Errors: those of the file system, with the path.
Result<std::filesystem::path> save_beside(const std::filesystem::path& folder, std::string_view name,
                                          std::string_view bytes);

}  // namespace countersign::desktop
