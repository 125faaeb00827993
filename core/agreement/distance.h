#pragma once
// How far two labels lie apart for Krippendorff's alpha: 0 for the same label, otherwise 0 or more, symmetric.
//
// Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011. `values` are the numbers that labels stand
// for, one a label, finite; without numbers label_indices() (core/agreement/weights.h).

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace countersign::agreement {

class Distance {
public:
    // matrix: any distance, looked up. positions: squared difference of numbers, which is what interval and ordinal
    // are.
    enum class Form { nominal, positions, ordinal, matrix };

    // 1 between different labels.
    static Distance nominal(size_t labels);
    // (sum of the answers from one label to the other, both counted half)^2: depends on how often labels were given.
    static Distance ordinal(std::span<const double> values);
    // (a - b)^2
    static Distance interval(std::span<const double> values);
    // ((a - b)/(a + b))^2, 0 for 0 and 0. CS_CHECKs that no value is negative.
    static Distance ratio(std::span<const double> values);
    // By rows. Fails unless it is square, symmetric, 0 on the diagonal and nowhere negative or infinite.
    static Result<Distance> custom(std::vector<double> matrix, size_t labels);

    size_t labels() const { return labels_; }

    Form form() const { return form_; }

    // Of the form matrix.
    double at(size_t a, size_t b) const { return matrix_[(a * labels_) + b]; }

    // Of the forms positions and ordinal: where labels lie, given how often each was given. The distance is the square
    // of the difference: for the ordinal form the position is the number of answers below, and half of its own.
    std::vector<double> positions(std::span<const double> given) const;

    // Of the ordinal form: labels from the lowest to the highest.
    std::span<const size_t> order() const { return order_; }

private:
    Distance(Form form, size_t labels) : form_(form), labels_(labels) {}

    Form form_;
    size_t labels_;
    std::vector<double> values_;
    std::vector<size_t> order_;
    std::vector<double> matrix_;
};

}  // namespace countersign::agreement
