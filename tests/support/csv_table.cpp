#include "tests/support/csv_table.h"

#include <algorithm>
#include <charconv>

#include <catch_amalgamated.hpp>

#include "core/table/answers.h"

namespace countersign::testing {

CsvTable::CsvTable(std::string_view text) {
    table::RecordReader reader(*this);
    REQUIRE(reader.feed(text).ok());
    REQUIRE(reader.finish().ok());
}

Status CsvTable::take(const table::Record& record) {
    std::vector<std::string>& row = rows_.emplace_back();
    for (const table::Field& field : record.fields) {
        row.emplace_back(field.value);
    }
    if (names_.empty()) {
        for (const table::Field& field : record.fields) {
            names_.emplace_back(field.name);
        }
    }
    return success();
}

size_t CsvTable::column(std::string_view name) const {
    const auto found = std::ranges::find(names_, name);
    REQUIRE(found != names_.end());
    return static_cast<size_t>(found - names_.begin());
}

double CsvTable::number_at(size_t row, size_t column) const {
    const auto number = table::read_number(at(row, column));
    if (!number.ok()) {
        FAIL(number.error().text());
    }
    return number.value();
}

std::vector<std::vector<double>> read_numbers(std::string_view csv, size_t columns) {
    const CsvTable table(csv);
    std::vector<std::vector<double>> out;
    for (size_t row = 0; row < table.rows(); ++row) {
        std::vector<double>& numbers = out.emplace_back();
        for (size_t column = 0; column < columns; ++column) {
            numbers.push_back(table.number_at(row, column));
        }
    }
    return out;
}

std::vector<std::vector<int64_t>> read_whole_numbers(std::string_view csv, size_t columns) {
    const CsvTable table(csv);
    std::vector<std::vector<int64_t>> out;
    for (size_t row = 0; row < table.rows(); ++row) {
        std::vector<int64_t>& numbers = out.emplace_back();
        for (size_t column = 0; column < columns; ++column) {
            const std::string& text = table.at(row, column);
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers.emplace_back());
            if (error != std::errc() || end != text.data() + text.size()) {
                FAIL("'" << text << "' is no whole number");
            }
        }
    }
    return out;
}

table::NamedPredictions read_predictions(std::string_view csv) {
    table::PredictionReader predictions;
    table::RecordReader reader(predictions);
    REQUIRE(reader.feed(csv).ok());
    REQUIRE(reader.finish().ok());
    auto read = predictions.finish();
    REQUIRE(read.ok());
    return std::move(read).value();
}

}  // namespace countersign::testing
