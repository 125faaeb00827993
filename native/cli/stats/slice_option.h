#pragma once
// The option --slice NAME: the column slice_NAME of a file.

#include <span>
#include <string>

#include "core/base/result.h"
#include "core/table/slice_columns.h"

namespace countersign::native {

// Each record's value, valid as long as `slices`. invalid_argument with what there is instead.
Result<std::span<const std::string>> slice_column(const table::Slices& slices, const std::string& name);

// "channel = letter"
std::string slice_title(const std::string& name, const std::string& value);

}  // namespace countersign::native
