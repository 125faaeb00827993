#pragma once
// The API by function call over a data folder that this process has locked.

#include <memory>

#include "native/cli/carrier.h"
#include "native/server/data_folder.h"

namespace countersign::native {

Result<std::unique_ptr<Carrier>> make_folder_carrier(const DataFolder& folder);

}  // namespace countersign::native
