#include "core/consensus/error_spread.h"

#include <algorithm>

namespace countersign::consensus {

namespace {

struct Errors {
    double count = 0;
    double distance = 0;
};

Errors errors_of(const Expectation& em, size_t reviewer) {
    Errors out;
    for (size_t l = 0; l < em.labels(); ++l) {
        const std::span<const double> n = em.counts(reviewer, l);
        for (size_t k = 0; k < em.labels(); ++k) {
            if (k != l) {
                out.count += n[k];
                out.distance += n[k] * static_cast<double>(k > l ? k - l : l - k);
            }
        }
    }
    return out;
}

}  // namespace

ErrorSpread::ErrorSpread(size_t reviewers, size_t labels)
    : labels_(labels), reviewers_(reviewers), crowd_(labels * labels, 0) {}

void ErrorSpread::learn_crowd(std::span<const double> pooled) {
    for (size_t k = 0; k < labels_; ++k) {
        const double one_each = labels_ > 1 ? 0.5 / static_cast<double>(labels_ - 1) : 0;
        double sum = 0;
        for (size_t l = 0; l < labels_; ++l) {
            const double errors = l == k ? 0 : pooled[(k * labels_) + l] + one_each;
            crowd_[(k * labels_) + l] = errors;
            sum += errors;
        }
        for (size_t l = 0; l < labels_ && sum > 0; ++l) {
            crowd_[(k * labels_) + l] /= sum;
        }
    }
}

void ErrorSpread::learn_distances(const Expectation& em) {
    constexpr double kErrors = 10;
    by_distance_.resize(reviewers_ * labels_);
    totals_.resize(reviewers_ * labels_);
    Errors crowd{.count = 1, .distance = 1.5};  // before anybody erred
    for (size_t j = 0; j < reviewers_; ++j) {
        const Errors own = errors_of(em, j);
        crowd.count += own.count;
        crowd.distance += own.distance;
    }
    const double typical = crowd.distance / crowd.count;
    for (size_t j = 0; j < reviewers_; ++j) {
        const Errors own = errors_of(em, j);
        const double mean = (own.distance + (kErrors * typical)) / (own.count + kErrors);
        const double ratio = std::clamp(1 - (1 / mean), 0.05, 0.95);
        double* weights = by_distance_.data() + (j * labels_);
        weights[0] = 0;
        for (size_t d = 1; d < labels_; ++d) {
            weights[d] = d == 1 ? ratio : weights[d - 1] * ratio;
        }
        for (size_t k = 0; k < labels_; ++k) {
            double sum = 0;
            for (size_t l = 0; l < labels_; ++l) {
                sum += weights[k > l ? k - l : l - k];
            }
            totals_[(j * labels_) + k] = sum;
        }
    }
}

}  // namespace countersign::consensus
