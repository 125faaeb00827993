#pragma once
// How much two labels agree: 1 for the same label, down to 0. Symmetric.
//
// `values` are the numbers that the labels stand for, one a label, finite, at least one; label_indices() where there
// are none. Sources: Cohen 1968 (linear and quadratic), Gwet, Handbook of Inter-Rater Reliability, 2014, chapter 3 (the
// rest), as in the package irrCAC.

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace countersign::agreement {

// 0, 1, 2, ...
std::vector<double> label_indices(size_t labels);
// Labels from the smallest value to the largest; of equal values the first comes first.
std::vector<size_t> by_value(std::span<const double> values);

class Weights {
public:
    // Takes no memory.
    static Weights identity(size_t labels);
    // 1 - (|a - b| / (largest - smallest))^power; power > 0.
    static Weights power(std::span<const double> values, double power);
    static Weights linear(std::span<const double> values);
    static Weights quadratic(std::span<const double> values);
    static Weights radical(std::span<const double> values);
    // By rank: 1 - (number of pairs among the labels from a to b) / (the same from the first to the last).
    static Weights ordinal(std::span<const double> values);
    // 1 - ((a - b)/(a + b))^2 / the same of smallest and largest. CS_CHECKs that no value is negative.
    static Weights ratio(std::span<const double> values);
    // 1 - (a - b)^2 / ((a + b - 2 smallest)(2 largest - a - b)), made to end at 0: differences near the ends weigh
    // more.
    static Weights bipolar(std::span<const double> values);
    // By rows. Fails unless it is square, symmetric, 1 on the diagonal and within 0 and 1.
    static Result<Weights> custom(std::vector<double> matrix, size_t labels);

    size_t labels() const { return labels_; }

    double at(size_t a, size_t b) const {
        if (matrix_.empty()) {
            return a == b ? 1 : 0;
        }
        return matrix_[(a * labels_) + b];
    }

    // The matrix times a vector.
    std::vector<double> times(std::span<const double> vector) const;
    // The sum of all weights.
    double total() const;

private:
    Weights(size_t labels, std::vector<double> matrix) : labels_(labels), matrix_(std::move(matrix)) {}

    size_t labels_;
    std::vector<double> matrix_;  // empty: identity
};

}  // namespace countersign::agreement
