#pragma once
// Figures as `countersign stats` prints them: for people with so many digits, in JSON with all that they have.

#include <string>
#include <string_view>
#include <vector>

#include "core/json/writer.h"

namespace countersign::native {

// "0.743"; "-" for what is no number.
std::string fixed(double value, int digits = 3);
// 0.0123 as "1.23 %".
std::string percent(double share, int digits = 2);

// A field of CSV: in quotes where it needs them.
std::string csv_field(std::string_view text);

// A member that reads back to the same number; null for what is none.
void member(JsonWriter& json, std::string_view name, double value);

// Columns that stand under each other: the first to the left, the others to the right.
class TextTable {
public:
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace countersign::native
