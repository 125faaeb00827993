#pragma once
// Weighted logistic regression with up to three coefficients, for the maps that are sigmoids. Internal to
// core/calibration.

#include <array>
#include <cstddef>
#include <vector>

namespace countersign::calibration {

inline constexpr size_t kMostCoefficients = 3;
using Coefficients = std::array<double, kMostCoefficients>;

struct LogisticRow {
    Coefficients features{};
    bool right = false;
    double weight = 1;
};

struct LogisticPlan {
    // Where the coefficients start and what they are drawn to, faintly: a normal prior of standard deviation 100
    // around the map that changes nothing. It keeps them finite where reviews separate right from wrong, and is not
    // seen elsewhere.
    Coefficients centre{};
    std::array<bool, kMostCoefficients> free{};  // the others stay at `held`
    Coefficients held{};
};

struct LogisticFit {
    Coefficients coefficients{};
    double loss = 0;  // weighted log-loss, summed, and the prior's part
};

// Newton's method with halved steps; at most 100 of them. Deterministic.
LogisticFit fit_logistic(const std::vector<LogisticRow>& rows, const LogisticPlan& plan);

}  // namespace countersign::calibration
