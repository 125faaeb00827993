#include "core/agreement/distance.h"

#include <algorithm>
#include <cmath>

#include "core/agreement/weights.h"
#include "core/base/check.h"
#include "core/base/concat.h"

namespace countersign::agreement {

Distance Distance::nominal(size_t labels) {
    return {Form::nominal, labels};
}

Distance Distance::ordinal(std::span<const double> values) {
    Distance out(Form::ordinal, values.size());
    out.order_ = by_value(values);
    return out;
}

Distance Distance::interval(std::span<const double> values) {
    Distance out(Form::positions, values.size());
    out.values_.assign(values.begin(), values.end());
    return out;
}

Distance Distance::ratio(std::span<const double> values) {
    CS_CHECK(values.empty() || std::ranges::min(values) >= 0);
    Distance out(Form::matrix, values.size());
    for (const double a : values) {
        for (const double b : values) {
            const double share = a + b > 0 ? (a - b) / (a + b) : 0;
            out.matrix_.push_back(share * share);
        }
    }
    return out;
}

Result<Distance> Distance::custom(std::vector<double> matrix, size_t labels) {
    if (matrix.size() != labels * labels) {
        return fail(ErrorCode::invalid_argument, concat("distances need one row and one column for each of the ",
                                                        labels, " labels, not ", matrix.size(), " numbers"));
    }
    for (size_t a = 0; a < labels; ++a) {
        for (size_t b = 0; b < labels; ++b) {
            const double distance = matrix[(a * labels) + b];
            // Written so that what is not a number fails as well.
            const bool good = distance >= 0 && std::isfinite(distance) && distance == matrix[(b * labels) + a] &&
                              (a != b || distance == 0);
            if (!good) {
                return fail(ErrorCode::invalid_argument,
                            concat("the distance of labels ", a, " and ", b,
                                   " must be finite, 0 or more, the same both ways, and 0 for the same label"));
            }
        }
    }
    Distance out(Form::matrix, labels);
    out.matrix_ = std::move(matrix);
    return out;
}

std::vector<double> Distance::positions(std::span<const double> given) const {
    if (form_ == Form::positions) {
        return values_;
    }
    std::vector<double> out(labels_, 0);
    double below = 0;
    for (const size_t label : order_) {
        out[label] = below + (given[label] / 2);
        below += given[label];
    }
    return out;
}

}  // namespace countersign::agreement
