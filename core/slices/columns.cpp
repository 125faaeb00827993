#include "core/slices/columns.h"

#include <algorithm>
#include <map>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::slices {

Column categories(std::string_view name, std::span<const std::string> texts) {
    Column out{.name = std::string(name), .values = {}, .of_item = {}};
    std::map<std::string_view, uint32_t> numbers;
    for (const std::string& text : texts) {
        const auto [found, is_new] = numbers.emplace(text, static_cast<uint32_t>(out.values.size()));
        if (is_new) {
            out.values.push_back(text);
        }
        out.of_item.push_back(found->second);
    }
    return out;
}

Column quantile_groups(std::string_view name, std::span<const double> numbers, size_t bins) {
    CS_CHECK(bins >= 1);
    Column out{.name = std::string(name), .values = {}, .of_item = {}};
    if (numbers.empty()) {
        return out;
    }
    std::vector<double> sorted(numbers.begin(), numbers.end());
    std::ranges::sort(sorted);
    std::vector<double> bounds;  // the largest number of each group but the last
    for (size_t bin = 1; bin < bins; ++bin) {
        const double bound = sorted[(sorted.size() * bin + bins - 1) / bins - 1];
        if (bound < sorted.back() && (bounds.empty() || bounds.back() < bound)) {
            bounds.push_back(bound);
        }
    }
    for (size_t group = 0; group <= bounds.size(); ++group) {
        const std::string above = group == 0 ? "" : concat("above ", number_text(bounds[group - 1]));
        const std::string upto = group == bounds.size() ? "" : concat("at most ", number_text(bounds[group]));
        out.values.push_back(
            above.empty() && upto.empty() ? "any" : above + (above.empty() || upto.empty() ? "" : ", ") + upto);
    }
    for (const double number : numbers) {
        out.of_item.push_back(static_cast<uint32_t>(std::ranges::lower_bound(bounds, number) - bounds.begin()));
    }
    return out;
}

std::string name_of(std::span<const Column> columns, std::span<const Literal> literals) {
    std::string out;
    for (const Literal& literal : literals) {
        const Column& column = columns[literal.column];
        const std::string& value = column.values[literal.value];
        out += concat(out.empty() ? "" : " & ", column.name, " = ", value.empty() ? "(none)" : value);
    }
    return out;
}

}  // namespace countersign::slices
