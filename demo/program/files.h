#pragma once
// Whole files in and out. A file that is written stands there complete or not at all.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::demo {

// Errors: not_found, or unavailable with the system's reason; both name the path.
Result<std::string> read_file(const std::string& path);

// Writes beside the place and renames. Errors: unavailable with the path and the system's reason.
Status write_file(const std::string& path, std::string_view content);

}  // namespace countersign::demo
