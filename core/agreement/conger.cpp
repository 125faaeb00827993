// Conger's kappa without going over pairs of reviewers: a reviewer's shares enter as a sparse vector, and the sum over
// pairs is the square of the sum less the squares.

#include <algorithm>

#include "core/agreement/chance_corrected.h"
#include "core/agreement/linearised.h"

namespace countersign::agreement {

namespace {

// One reviewer: the labels that he used, how often, and what the linearised expectation needs of him.
struct Reviewer {
    std::vector<LabelCount> labels;
    std::vector<double> weighted;  // sum_k w_kl p_k for each of these labels l
    double answers = 0;
    double own = 0;        // sum_kl w_kl p_k p_l
    double with_mean = 0;  // sum_kl w_kl p_k (mean of all)_l
};

std::vector<Reviewer> reviewers_of(const Ratings& ratings) {
    std::vector<stats::Answer> answers(ratings.answers().all().begin(), ratings.answers().all().end());
    std::ranges::sort(answers, [](const stats::Answer& a, const stats::Answer& b) {
        return std::pair(a.reviewer, a.label) < std::pair(b.reviewer, b.label);
    });
    std::vector<Reviewer> out(ratings.reviewers());
    for (const stats::Answer& answer : answers) {
        Reviewer& reviewer = out[answer.reviewer];
        if (reviewer.labels.empty() || reviewer.labels.back().label != answer.label) {
            reviewer.labels.push_back({answer.label, 0});
        }
        ++reviewer.labels.back().count;
        ++reviewer.answers;
    }
    return out;
}

}  // namespace

Outcome conger_kappa(const Ratings& ratings, const Weights& weights, double confidence) {
    if (const auto reason = why_undefined(ratings)) {
        return *reason;
    }
    std::vector<Reviewer> reviewers = reviewers_of(ratings);
    // Whoever answered nothing does not count; two pairable answers need two reviewers.
    double count = 0;
    std::vector<double> mean(ratings.labels(), 0);
    for (const Reviewer& reviewer : reviewers) {
        count += reviewer.answers > 0 ? 1 : 0;
        for (const LabelCount& one : reviewer.labels) {
            mean[one.label] += one.count / reviewer.answers;
        }
    }
    for (double& share : mean) {
        share /= count;
    }
    const std::vector<double> mean_weighted = weights.times(mean);
    double squares = 0;
    double offsets = 0;
    for (Reviewer& reviewer : reviewers) {
        for (const LabelCount& a : reviewer.labels) {
            double weighted = 0;
            for (const LabelCount& b : reviewer.labels) {
                weighted += weights.at(a.label, b.label) * b.count / reviewer.answers;
            }
            reviewer.weighted.push_back(weighted);
            reviewer.own += a.count / reviewer.answers * weighted;
            reviewer.with_mean += a.count / reviewer.answers * mean_weighted[a.label];
        }
        squares += reviewer.own;
        offsets += (count * reviewer.with_mean) - reviewer.own;
    }
    double all = 0;
    for (size_t label = 0; label < mean.size(); ++label) {
        all += mean[label] * mean_weighted[label];
    }
    const double pairs = count * (count - 1);
    const double expected = ((count * count * all) - squares) / pairs;

    // Linearised: an answer replaces its reviewer's offset by that of its label, scaled to all units.
    const auto units = static_cast<double>(ratings.units());
    std::vector<double> expected_units;
    expected_units.reserve(ratings.units());
    for (const uint32_t item : ratings.items()) {
        double sum = offsets;
        for (const stats::Answer& answer : ratings.answers().of_item(item)) {
            const Reviewer& reviewer = reviewers[answer.reviewer];
            const auto at = std::ranges::lower_bound(reviewer.labels, answer.label, {}, &LabelCount::label);
            const auto index = static_cast<size_t>(at - reviewer.labels.begin());
            const double of_label = (count * mean_weighted[answer.label]) - reviewer.weighted[index];
            const double of_reviewer = (count * reviewer.with_mean) - reviewer.own;
            sum += units / reviewer.answers * (of_label - of_reviewer);
        }
        expected_units.push_back(sum / pairs);
    }
    return corrected(ratings, observe(ratings, weights), expected, expected_units, confidence);
}

}  // namespace countersign::agreement
