#pragma once
// An export (`countersign export`), record by record, with progress and errors that name the file and the line.

#include <functional>
#include <string>

#include "core/table/exported.h"

namespace countersign::native {

// invalid_argument also where the file has no record at all.
Status read_export(const std::string& file, const std::function<void(const table::ExportedItem&)>& take);

}  // namespace countersign::native
