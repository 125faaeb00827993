#include "core/agreement/cohen.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/check.h"
#include "core/stats/special.h"

namespace countersign::agreement {

namespace {

// How many labels any of the two used, up to 2.
size_t labels_used(const Contingency& table, std::span<const double> rows, std::span<const double> columns) {
    size_t used = 0;
    for (size_t label = 0; label < table.labels && used < 2; ++label) {
        used += rows[label] > 0 || columns[label] > 0 ? 1 : 0;
    }
    return used;
}

}  // namespace

Contingency contingency(const Ratings& ratings, uint32_t first, uint32_t second) {
    CS_CHECK(first < ratings.reviewers() && second < ratings.reviewers() && first != second);
    Contingency out{ratings.labels(), std::vector<uint64_t>(ratings.labels() * ratings.labels(), 0)};
    for (const uint32_t item : ratings.items()) {
        std::optional<uint32_t> row;
        std::optional<uint32_t> column;
        for (const stats::Answer& answer : ratings.answers().of_item(item)) {
            if (answer.reviewer == first) {
                row = answer.label;
            } else if (answer.reviewer == second) {
                column = answer.label;
            }
        }
        if (row && column) {
            ++out.cells[(*row * out.labels) + *column];
        }
    }
    return out;
}

Outcome cohen_kappa(const Contingency& table, const Weights& weights, double confidence) {
    CS_CHECK(weights.labels() == table.labels && table.cells.size() == table.labels * table.labels);
    CS_CHECK(confidence > 0 && confidence < 1);
    uint64_t items = 0;
    for (const uint64_t cell : table.cells) {
        items += cell;
    }
    if (items == 0) {
        return Undefined::no_pairable_unit;
    }
    const auto n = static_cast<double>(items);
    const auto share = [&](size_t row, size_t column) {
        return static_cast<double>(table.cells[(row * table.labels) + column]) / n;
    };
    std::vector<double> rows(table.labels, 0);
    std::vector<double> columns(table.labels, 0);
    double observed = 0;
    for (size_t row = 0; row < table.labels; ++row) {
        for (size_t column = 0; column < table.labels; ++column) {
            rows[row] += share(row, column);
            columns[column] += share(row, column);
            observed += weights.at(row, column) * share(row, column);
        }
    }
    if (labels_used(table, rows, columns) < 2) {
        return Undefined::one_value_only;
    }
    const std::vector<double> of_row = weights.times(columns);
    const std::vector<double> of_column = weights.times(rows);
    double expected = 0;
    for (size_t row = 0; row < table.labels; ++row) {
        expected += rows[row] * of_row[row];
    }
    const double room = 1 - expected;
    if (room < 1e-14) {
        return Undefined::no_expected_disagreement;
    }
    const double kappa = (observed - expected) / room;
    double squares = 0;
    for (size_t row = 0; row < table.labels; ++row) {
        for (size_t column = 0; column < table.labels; ++column) {
            const double part = weights.at(row, column) - ((of_row[row] + of_column[column]) * (1 - kappa));
            squares += share(row, column) * part * part;
        }
    }
    const double mean = kappa - (expected * (1 - kappa));
    // Equal numbers may leave less than nothing after rounding.
    const double variance = std::max(0.0, squares - (mean * mean)) / (n * room * room);
    const double error = std::sqrt(variance);
    const double width = stats::normal_quantile((1 + confidence) / 2) * error;
    return Coefficient{kappa, observed, expected, Spread{error, {kappa - width, std::min(1.0, kappa + width)}}};
}

}  // namespace countersign::agreement
