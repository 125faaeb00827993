#include "core/agreement/alpha.h"

#include "core/agreement/alpha_sums.h"

namespace countersign::agreement {

namespace {

// How many labels were given, up to 2.
size_t labels_used(std::span<const double> given) {
    size_t used = 0;
    for (size_t label = 0; label < given.size() && used < 2; ++label) {
        used += given[label] > 0 ? 1 : 0;
    }
    return used;
}

AlphaOutcome outcome_of(const AlphaSums& sums, std::span<const double> given, size_t units) {
    if (units == 0) {
        return Undefined::no_pairable_unit;
    }
    if (labels_used(given) < 2) {
        return Undefined::one_value_only;
    }
    const auto alpha = sums.alpha();
    if (!alpha) {
        return Undefined::no_expected_disagreement;
    }
    const double n = sums.answers;
    return Alpha{*alpha, sums.observed / n, sums.expected / (n * (n - 1)), units, static_cast<size_t>(n)};
}

}  // namespace

AlphaOutcome krippendorff_alpha(const Patterns& patterns, const Distance& distance) {
    const std::vector<double> times = patterns.times();
    return outcome_of(AlphaEvaluation(patterns, distance)(times), labels_given(patterns, times),
                      patterns.of_units().size());
}

AlphaOutcome krippendorff_alpha(const Ratings& ratings, const Distance& distance) {
    return krippendorff_alpha(Patterns(ratings), distance);
}

std::vector<AlphaOutcome> alpha_by_label(const Patterns& patterns) {
    const std::vector<double> times = patterns.times();
    const std::vector<double> given = labels_given(patterns, times);
    double answers = 0;
    for (const double count : given) {
        answers += count;
    }
    std::vector<double> observed(patterns.labels(), 0);
    for (size_t pattern = 0; pattern < patterns.size(); ++pattern) {
        const auto size = static_cast<double>(answers_in(patterns[pattern]));
        for (const LabelCount& one : patterns[pattern]) {
            observed[one.label] += times[pattern] * 2 * one.count * (size - one.count) / (size - 1);
        }
    }
    std::vector<AlphaOutcome> out;
    for (size_t label = 0; label < given.size(); ++label) {
        const double others = answers - given[label];
        const std::vector<double> two{given[label], others};
        out.push_back(
            outcome_of({observed[label], 2 * given[label] * others, answers}, two, patterns.of_units().size()));
    }
    return out;
}

}  // namespace countersign::agreement
