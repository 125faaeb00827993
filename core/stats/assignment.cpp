#include "core/stats/assignment.h"

#include <limits>

#include "core/base/check.h"

namespace countersign::stats {

namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

// Costs of rows and columns with rows <= columns, as differences from potentials; rows are matched one after the other
// by the shortest path through what is matched already.
class Matcher {
public:
    template <class Cost>
    Matcher(size_t rows, size_t columns, const Cost& cost)
        : columns_(columns), of_row_(rows, 0), of_column_(columns, 0), row_of_(columns, kNone) {
        for (size_t row = 0; row < rows; ++row) {
            match(row, cost);
        }
    }

    // The row of each column, or kNone.
    const std::vector<size_t>& row_of() const { return row_of_; }

private:
    template <class Cost>
    void match(size_t first, const Cost& cost) {
        std::vector<double> shortest(columns_, std::numeric_limits<double>::infinity());
        std::vector<size_t> before(columns_, kNone);  // the column through which a column was reached
        std::vector<bool> done(columns_, false);
        size_t row = first;
        size_t from = kNone;
        for (;;) {
            size_t nearest = kNone;
            for (size_t column = 0; column < columns_; ++column) {
                if (done[column]) {
                    continue;
                }
                const double step = cost(row, column) - of_row_[row] - of_column_[column];
                if (step < shortest[column]) {
                    shortest[column] = step;
                    before[column] = from;
                }
                if (nearest == kNone || shortest[column] < shortest[nearest]) {
                    nearest = column;
                }
            }
            const double way = shortest[nearest];
            of_row_[first] += way;
            for (size_t column = 0; column < columns_; ++column) {
                if (done[column]) {
                    of_row_[row_of_[column]] += way;
                    of_column_[column] -= way;
                } else {
                    shortest[column] -= way;
                }
            }
            done[nearest] = true;
            from = nearest;
            if (row_of_[nearest] == kNone) {
                break;
            }
            row = row_of_[nearest];
        }
        for (size_t column = from; column != kNone; column = before[column]) {
            row_of_[column] = before[column] == kNone ? first : row_of_[before[column]];
        }
    }

    size_t columns_;
    std::vector<double> of_row_;  // potentials
    std::vector<double> of_column_;
    std::vector<size_t> row_of_;
};

}  // namespace

std::vector<std::optional<size_t>> best_assignment(std::span<const double> scores, size_t rows, size_t columns) {
    CS_CHECK(scores.size() == rows * columns);
    std::vector<std::optional<size_t>> out(rows);
    const bool turned = rows > columns;
    const auto score = [&](size_t a, size_t b) {
        return turned ? scores[(b * columns) + a] : scores[(a * columns) + b];
    };
    const Matcher matcher(turned ? columns : rows, turned ? rows : columns,
                          [&score](size_t a, size_t b) { return -score(a, b); });
    for (size_t column = 0; column < matcher.row_of().size(); ++column) {
        const size_t row = matcher.row_of()[column];
        if (row != kNone && score(row, column) > 0) {
            out[turned ? column : row] = turned ? row : column;
        }
    }
    return out;
}

}  // namespace countersign::stats
