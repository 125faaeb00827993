#pragma once
// Tables of the shared data: commas, one header line, no quotes.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/check.h"

namespace countersign::testing {

class CsvTable {
public:
    explicit CsvTable(std::string text) : text_(std::move(text)) {
        std::string_view rest = text_;
        while (!rest.empty()) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (line.ends_with('\r')) {
                line.remove_suffix(1);
            }
            (names_.empty() ? names_ : rows_.emplace_back()) = split(line);
        }
    }

    CsvTable(const CsvTable&) = delete;  // rows point into the text
    CsvTable& operator=(const CsvTable&) = delete;

    size_t rows() const { return rows_.size(); }

    const std::vector<std::string_view>& names() const { return names_; }

    size_t column(std::string_view name) const {
        const auto at = std::ranges::find(names_, name);
        CS_CHECK(at != names_.end());
        return static_cast<size_t>(at - names_.begin());
    }

    std::string_view at(size_t row, size_t column) const { return rows_.at(row).at(column); }

    double number_at(size_t row, size_t column) const {
        return std::strtod(std::string(at(row, column)).c_str(), nullptr);
    }

private:
    static std::vector<std::string_view> split(std::string_view line) {
        std::vector<std::string_view> out;
        for (;;) {
            const size_t comma = line.find(',');
            out.push_back(line.substr(0, comma));
            if (comma == std::string_view::npos) {
                return out;
            }
            line.remove_prefix(comma + 1);
        }
    }

    std::string text_;
    std::vector<std::string_view> names_;
    std::vector<std::vector<std::string_view>> rows_;
};

}  // namespace countersign::testing
