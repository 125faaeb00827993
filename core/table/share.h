#pragma once
// Columns that hold shares and probabilities, 0 to 1. Internal to core/table.

#include <string_view>

#include "core/base/ppm.h"
#include "core/base/result.h"
#include "core/table/records.h"

namespace countersign::table {

// The column's number. invalid_argument, with the column, for what is none, lies outside or is not there.
Result<double> read_share(const Record& record, std::string_view column);

// The probability with which an item was chosen, column "propensity": above 0.
Result<double> read_propensity(const Record& record);

}  // namespace countersign::table
