#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/calibration/fit.h"
#include "core/calibration/logistic.h"
#include "core/calibration/logit.h"
#include "core/calibration/scale.h"

namespace countersign::calibration {

namespace {

template <class Features>
std::vector<LogisticRow> rows_of(std::span<const Outcome> outcomes, Features features) {
    const double scale = weight_scale(outcomes);
    std::vector<LogisticRow> rows;
    rows.reserve(outcomes.size());
    for (const Outcome& one : outcomes) {
        CS_CHECK(one.confidence >= 0 && one.confidence <= 1);
        rows.push_back({features(one.confidence), one.right, one.weight * scale});
    }
    return rows;
}

}  // namespace

Temperature fit_temperature(std::span<const Outcome> outcomes) {
    const auto rows = rows_of(outcomes, [](double c) { return Coefficients{logit(c), 0, 0}; });
    const LogisticFit fit = fit_logistic(rows, {.centre = {1, 0, 0}, .free = {true, false, false}, .held = {}});
    return {.over = Temperature::Over::confidence, .temperature = 1 / std::clamp(fit.coefficients[0], 1e-3, 100.0)};
}

Platt fit_platt(std::span<const Outcome> outcomes) {
    const auto rows = rows_of(outcomes, [](double c) { return Coefficients{logit(c), 1, 0}; });
    LogisticPlan plan{.centre = {1, 0, 0}, .free = {true, true, false}, .held = {}};
    LogisticFit fit = fit_logistic(rows, plan);
    if (fit.coefficients[0] < 0) {
        plan.free[0] = false;
        fit = fit_logistic(rows, plan);
    }
    return {.slope = fit.coefficients[0], .intercept = fit.coefficients[1]};
}

Beta fit_beta(std::span<const Outcome> outcomes) {
    const auto rows = rows_of(outcomes, [](double c) {
        const double inside = held_inside(c);
        return Coefficients{stats::log(inside), -stats::log1p(-inside), 1};
    });
    // The loss is convex, so the best point with a and b >= 0 is the best of one of these four, and the free fit when
    // that is allowed.
    static constexpr std::array<std::array<bool, kMostCoefficients>, 4> kFree{
        {{true, true, true}, {false, true, true}, {true, false, true}, {false, false, true}}};
    std::optional<LogisticFit> best;
    for (const auto& free : kFree) {
        const LogisticFit fit = fit_logistic(rows, {.centre = {1, 1, 0}, .free = free, .held = {}});
        const bool allowed = fit.coefficients[0] >= 0 && fit.coefficients[1] >= 0;
        if (allowed && (!best || fit.loss < best->loss)) {
            best = fit;
        }
        if (allowed && free[0] && free[1]) {
            break;
        }
    }
    return {.a = best->coefficients[0], .b = best->coefficients[1], .intercept = best->coefficients[2]};
}

}  // namespace countersign::calibration
