#include "core/audit/propensity.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "core/base/check.h"

namespace countersign::audit {

namespace {

constexpr double kByRisk = 0.8;
constexpr double kUniform = 0.2;

// Its mean over the items that the rule was fitted to is 1.
double weight_of(double error_probability, double mean_spread) {
    const double by_risk = mean_spread > 0 ? spread_of(error_probability) / mean_spread : 1;
    return (kByRisk * by_risk) + kUniform;
}

// The scale at which the weights, each at most 1 after it, sum to the goal: items that reach 1 leave the rest to
// others, largest first.
double scale_to(std::vector<double> weights, double goal) {
    std::ranges::sort(weights, std::greater<>());
    double left = 0;
    for (const double weight : weights) {
        left += weight;
    }
    for (const double weight : weights) {
        if (goal <= 0 || left <= 0 || weight * goal <= left) {
            break;
        }
        goal -= 1;
        left -= weight;
    }
    return goal <= 0 || left <= 0 ? 1e6 : goal / left;
}

}  // namespace

double spread_of(double error_probability) {
    CS_CHECK(error_probability >= 0 && error_probability <= 1);
    return std::sqrt(error_probability * (1 - error_probability));
}

PropensityRule::PropensityRule(std::span<const double> error_probabilities, double rate) : scale_(rate) {
    CS_CHECK(rate > 0 && rate <= 1);
    if (error_probabilities.empty()) {
        return;
    }
    const auto count = static_cast<double>(error_probabilities.size());
    for (const double f : error_probabilities) {
        mean_spread_ += spread_of(f) / count;
    }
    std::vector<double> weights;
    weights.reserve(error_probabilities.size());
    for (const double f : error_probabilities) {
        weights.push_back(weight_of(f, mean_spread_));
    }
    scale_ = scale_to(std::move(weights), rate * count);
}

Ppm PropensityRule::operator()(double error_probability) const {
    const double pi = std::min(1.0, scale_ * weight_of(error_probability, mean_spread_));
    return Ppm{std::max<int32_t>(1, static_cast<int32_t>(std::lround(pi * 1e6)))};
}

}  // namespace countersign::audit
