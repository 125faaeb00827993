#pragma once
// The sums that alpha is made of, for units that count any number of times: resamples and derivatives need them as
// alpha itself does. Internal to core/agreement.

#include <optional>
#include <span>
#include <vector>

#include "core/agreement/distance.h"
#include "core/agreement/patterns.h"

namespace countersign::agreement {

struct AlphaSums {
    double observed = 0;  // D_o of core/agreement/alpha.h
    double expected = 0;  // D_e
    double answers = 0;   // n

    // Nothing where no two answers differ.
    std::optional<double> alpha() const;
};

// How often each label was given when pattern i counts times[i] times.
std::vector<double> labels_given(const Patterns& patterns, std::span<const double> times);

// Evaluates again and again: what does not change with `times` is computed once.
class AlphaEvaluation {
public:
    // Both outlive this.
    AlphaEvaluation(const Patterns& patterns, const Distance& distance);

    AlphaSums operator()(std::span<const double> times) const;

    // For each pattern the derivative of alpha by times[i], where D_e > 0: the empirical influence of a unit.
    std::vector<double> influence(std::span<const double> times) const;

private:
    double within(size_t pattern, std::span<const double> positions) const;

    const Patterns& patterns_;
    const Distance& distance_;
    std::vector<double> fixed_;  // within() of each pattern, unless the distance depends on what was given
};

}  // namespace countersign::agreement
