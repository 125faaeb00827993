#pragma once
// The built web app as files to serve. The build's manifest.json says which there are and with which headers they go
// out, the content security policy among them, so that it stands in one place.

#include <filesystem>

#include "core/base/result.h"
#include "native/http/static_files.h"

namespace countersign::native {

// Errors: not_found when the folder has no manifest (with what builds it), corrupt when it cannot be read.
Result<http::StaticFiles> load_site(const std::filesystem::path& folder);

}  // namespace countersign::native
