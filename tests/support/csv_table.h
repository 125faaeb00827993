#pragma once
// Tables of the shared data, read as the product reads files (core/table). A test that cannot read one fails.

#include <string>
#include <string_view>
#include <vector>

#include "core/table/predictions.h"
#include "core/table/records.h"

namespace countersign::testing {

class CsvTable : private table::RecordSink {
public:
    explicit CsvTable(std::string_view text);

    size_t rows() const { return rows_.size(); }

    const std::vector<std::string>& names() const { return names_; }

    size_t column(std::string_view name) const;

    const std::string& at(size_t row, size_t column) const { return rows_.at(row).at(column); }

    double number_at(size_t row, size_t column) const;

private:
    Status take(const table::Record& record) override;

    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> rows_;
};

// All rows as numbers; further columns are left out where there are more than `columns`.
std::vector<std::vector<double>> read_numbers(std::string_view csv, size_t columns);
// The same of whole numbers.
std::vector<std::vector<int64_t>> read_whole_numbers(std::string_view csv, size_t columns);

// A routing set.
table::NamedPredictions read_predictions(std::string_view csv);

}  // namespace countersign::testing
