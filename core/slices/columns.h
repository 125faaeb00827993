#pragma once
// Items by what is known of each: columns of named values (a channel, a language, an age group). A slice is a
// conjunction of such values, at most one of a column.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::slices {

struct Column {
    std::string name;
    std::vector<std::string> values;  // that occur
    std::vector<uint32_t> of_item;    // each item's, below values.size()
};

// Each text a value of its own, in order of first appearance.
Column categories(std::string_view name, std::span<const std::string> texts);

// Numbers in `bins` groups of about equal size, named by their bounds: "at most 3", "above 3, at most 7", "above 7".
// Equal numbers stay together, so that there may be fewer groups. bins >= 1.
Column quantile_groups(std::string_view name, std::span<const double> numbers, size_t bins);

// Column and value of it.
struct Literal {
    uint32_t column = 0;
    uint32_t value = 0;

    auto operator<=>(const Literal&) const = default;
};

// "sex = Male & marital = Married"
std::string name_of(std::span<const Column> columns, std::span<const Literal> literals);

}  // namespace countersign::slices
