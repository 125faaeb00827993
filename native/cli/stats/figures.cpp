#include "native/cli/stats/figures.h"

#include <algorithm>
#include <cmath>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/base/utf8.h"

namespace countersign::native {

std::string fixed(double value, int digits) {
    if (!std::isfinite(value)) {
        return "-";
    }
    std::string out = fixed_text(value, digits);
    // What rounds to nothing has no sign.
    return out.find_first_not_of("-0.") == std::string::npos && out.starts_with('-') ? out.substr(1) : out;
}

std::string percent(double share, int digits) {
    return fixed(share * 100, digits) + " %";
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string out = "\"";
    for (const char character : text) {
        out.append(character == '"' ? 2 : 1, character);
    }
    return out + '"';
}

void member(JsonWriter& json, std::string_view name, double value) {
    json.name(name);
    if (!std::isfinite(value)) {
        json.null();
        return;
    }
    json.decimal(number_text(value));
}

std::string TextTable::text() const {
    std::vector<size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], utf8::length(row[i]));
        }
    }
    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
            const std::string blanks(widths[i] - utf8::length(row[i]), ' ');
            line += i == 0 ? concat(row[i], blanks) : concat("  ", blanks, row[i]);
        }
        out += concat(line.substr(0, line.find_last_not_of(' ') + 1), '\n');
    }
    return out;
}

}  // namespace countersign::native
