#include "native/cli/stats/slice_option.h"

#include "core/base/concat.h"
#include "core/base/suggest.h"

namespace countersign::native {

Result<std::span<const std::string>> slice_column(const table::Slices& slices, const std::string& name) {
    if (const auto column = slices.find(name); column != slices.end()) {
        return std::span<const std::string>(column->second);
    }
    std::vector<std::string> known;
    known.reserve(slices.size());
    for (const auto& [other, values] : slices) {
        known.push_back(other);
    }
    return fail(ErrorCode::invalid_argument, concat("there is no column 'slice_", name, "'", suggestion(name, known)),
                "--slice");
}

std::string slice_title(const std::string& name, const std::string& value) {
    return concat(name, " = ", value.empty() ? "(none)" : value);
}

}  // namespace countersign::native
