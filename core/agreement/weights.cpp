#include "core/agreement/weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/stats/elementary.h"

namespace countersign::agreement {

namespace {

// 1 - distance / the largest distance.
template <class Distance>
std::vector<double> falling(size_t labels, Distance distance) {
    std::vector<double> matrix(labels * labels, 0);
    double largest = 0;
    for (size_t a = 0; a < labels; ++a) {
        for (size_t b = 0; b < a; ++b) {
            const double d = distance(a, b);
            matrix[(a * labels) + b] = d;
            matrix[(b * labels) + a] = d;
            largest = std::max(largest, d);
        }
    }
    for (double& cell : matrix) {
        cell = largest > 0 ? 1 - (cell / largest) : 1;
    }
    return matrix;
}

double to_the(double base, double power) {
    if (power == 1) {
        return base;
    }
    return power == 2 ? base * base : stats::pow(base, power);
}

}  // namespace

std::vector<double> label_indices(size_t labels) {
    std::vector<double> out(labels);
    std::iota(out.begin(), out.end(), 0.0);
    return out;
}

std::vector<size_t> by_value(std::span<const double> values) {
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, [values](size_t a, size_t b) { return values[a] < values[b]; });
    return order;
}

Weights Weights::identity(size_t labels) {
    CS_CHECK(labels > 0);
    return {labels, {}};
}

Weights Weights::power(std::span<const double> values, double power) {
    CS_CHECK(!values.empty() && power > 0);
    const auto [smallest, largest] = std::ranges::minmax(values);
    const double range = largest - smallest;
    return {values.size(), falling(values.size(), [&](size_t a, size_t b) {
                return range > 0 ? to_the(std::abs(values[a] - values[b]) / range, power) : 0;
            })};
}

Weights Weights::linear(std::span<const double> values) {
    return power(values, 1);
}

Weights Weights::quadratic(std::span<const double> values) {
    return power(values, 2);
}

Weights Weights::radical(std::span<const double> values) {
    return {values.size(),
            falling(values.size(), [&](size_t a, size_t b) { return std::sqrt(std::abs(values[a] - values[b])); })};
}

Weights Weights::ordinal(std::span<const double> values) {
    CS_CHECK(!values.empty());
    std::vector<double> rank(values.size());
    const std::vector<size_t> order = by_value(values);
    for (size_t i = 0; i < order.size(); ++i) {
        rank[order[i]] = static_cast<double>(i);
    }
    return {values.size(), falling(values.size(), [&](size_t a, size_t b) {
                const double steps = std::abs(rank[a] - rank[b]);
                return steps * (steps + 1) / 2;
            })};
}

Weights Weights::ratio(std::span<const double> values) {
    CS_CHECK(!values.empty() && std::ranges::min(values) >= 0);
    return {values.size(), falling(values.size(), [&](size_t a, size_t b) {
                const double sum = values[a] + values[b];
                const double share = sum > 0 ? (values[a] - values[b]) / sum : 0;
                return share * share;
            })};
}

Weights Weights::bipolar(std::span<const double> values) {
    CS_CHECK(!values.empty());
    const auto [smallest, largest] = std::ranges::minmax(values);
    return {values.size(), falling(values.size(), [&](size_t a, size_t b) {
                const double apart = values[a] - values[b];
                const double room = (values[a] + values[b] - (2 * smallest)) * ((2 * largest) - values[a] - values[b]);
                return room > 0 ? apart * apart / room : 0;
            })};
}

Result<Weights> Weights::custom(std::vector<double> matrix, size_t labels) {
    if (labels == 0 || matrix.size() != labels * labels) {
        return fail(ErrorCode::invalid_argument, concat("weights need one row and one column for each of the ", labels,
                                                        " labels, not ", matrix.size(), " numbers"));
    }
    for (size_t a = 0; a < labels; ++a) {
        for (size_t b = 0; b < labels; ++b) {
            const double weight = matrix[(a * labels) + b];
            // Written so that what is not a number fails as well.
            const bool good =
                weight >= 0 && weight <= 1 && weight == matrix[(b * labels) + a] && (a != b || weight == 1);
            if (!good) {
                return fail(ErrorCode::invalid_argument,
                            concat("the weight of labels ", a, " and ", b,
                                   " must lie within 0 and 1, be the same both ways, and be 1 for the same label"));
            }
        }
    }
    return Weights(labels, std::move(matrix));
}

std::vector<double> Weights::times(std::span<const double> vector) const {
    CS_CHECK(vector.size() == labels_);
    if (matrix_.empty()) {
        return {vector.begin(), vector.end()};
    }
    std::vector<double> out(labels_, 0);
    for (size_t a = 0; a < labels_; ++a) {
        for (size_t b = 0; b < labels_; ++b) {
            out[a] += matrix_[(a * labels_) + b] * vector[b];
        }
    }
    return out;
}

double Weights::total() const {
    if (matrix_.empty()) {
        return static_cast<double>(labels_);
    }
    double sum = 0;
    for (const double weight : matrix_) {
        sum += weight;
    }
    return sum;
}

}  // namespace countersign::agreement
