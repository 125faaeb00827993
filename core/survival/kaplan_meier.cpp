#include "core/survival/kaplan_meier.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::survival {

namespace {

// Products of shares such as 20/21 * 19/20 come out a bit beside the share that they are.
constexpr double kRounding = 1e-12;

stats::Interval plain_interval(double survival, double sum, double z) {
    const double half = z * survival * std::sqrt(sum);
    return {std::max(0.0, survival - half), std::min(1.0, survival + half)};
}

// `survival` above 0.
stats::Interval log_log_interval(double survival, double sum, double z) {
    if (survival >= 1) {
        return {1, 1};
    }
    const double logarithm = stats::log(survival);
    const double spread = stats::exp(z * std::sqrt(sum) / -logarithm);
    return {stats::exp(logarithm * spread), stats::exp(logarithm / spread)};
}

void set_intervals(Step& step, const Step* before, double z) {
    if (step.survival > 0) {
        step.greenwood = plain_interval(step.survival, step.hazard_sum, z);
        step.log_log = log_log_interval(step.survival, step.hazard_sum, z);
        return;
    }
    step.greenwood = {0, before == nullptr ? 1 : before->greenwood.high};
    step.log_log = {0, before == nullptr ? 1 : before->log_log.high};
}

// The number of steps at or before a time.
size_t steps_until(const Curve& curve, double time) {
    return static_cast<size_t>(std::ranges::upper_bound(curve.steps, time, {}, &Step::time) - curve.steps.begin());
}

const Step* step_at(const Curve& curve, double time) {
    const size_t count = steps_until(curve, time);
    return count == 0 ? nullptr : &curve.steps[count - 1];
}

// The time of the first step whose figure is at most `limit`.
template <class Figure>
std::optional<double> first_at_most(const Curve& curve, double limit, Figure figure) {
    for (const Step& step : curve.steps) {
        if (figure(step) <= limit + kRounding) {
            return step.time;
        }
    }
    return std::nullopt;
}

}  // namespace

Curve kaplan_meier(std::span<const Observation> observations, double confidence) {
    CS_CHECK(confidence > 0 && confidence < 1);
    std::vector<Observation> sorted(observations.begin(), observations.end());
    std::ranges::sort(sorted, {}, &Observation::time);
    Curve out{.observations = sorted.size(), .z = stats::normal_quantile((1 + confidence) / 2)};
    double survival = 1;
    double sum = 0;
    for (size_t i = 0; i < sorted.size();) {
        const double time = sorted[i].time;
        CS_CHECK(time >= 0 && std::isfinite(time));
        size_t finished = 0;
        const size_t at_risk = sorted.size() - i;
        for (; i < sorted.size() && sorted[i].time == time; ++i) {
            finished += sorted[i].ending == Ending::finished ? 1 : 0;
        }
        out.longest = time;
        if (finished == 0) {
            continue;
        }
        const auto n = static_cast<double>(at_risk);
        const auto d = static_cast<double>(finished);
        survival = finished == at_risk ? 0 : survival * (n - d) / n;
        sum = finished == at_risk ? std::numeric_limits<double>::infinity() : sum + d / (n * (n - d));
        Step step{.time = time, .at_risk = at_risk, .finished = finished, .survival = survival, .hazard_sum = sum};
        set_intervals(step, out.steps.empty() ? nullptr : &out.steps.back(), out.z);
        out.steps.push_back(step);
        out.finished += finished;
    }
    return out;
}

double survival_at(const Curve& curve, double time) {
    const Step* step = step_at(curve, time);
    return step == nullptr ? 1 : step->survival;
}

Quantile quantile(const Curve& curve, double p) {
    CS_CHECK(p > 0 && p < 1);
    return {.time = first_at_most(curve, 1 - p, [](const Step& step) { return step.survival; }),
            .low = first_at_most(curve, 1 - p, [](const Step& step) { return step.log_log.low; }),
            .high = first_at_most(curve, 1 - p, [](const Step& step) { return step.log_log.high; })};
}

RestrictedMean restricted_mean(const Curve& curve, double horizon) {
    CS_CHECK(horizon >= 0);
    const bool ends = !curve.steps.empty() && curve.steps.back().survival == 0;
    RestrictedMean out{.horizon = ends ? horizon : std::min(horizon, curve.longest)};
    // Backwards, so that the area behind each step is known: Var = sum over steps of area^2 d / (n (n - d)).
    double until = out.horizon;
    double area = 0;
    double variance = 0;
    for (size_t i = steps_until(curve, out.horizon); i-- > 0;) {
        const Step& step = curve.steps[i];
        area += step.survival * (until - step.time);
        until = step.time;
        const auto n = static_cast<double>(step.at_risk);
        const auto d = static_cast<double>(step.finished);
        variance += step.finished < step.at_risk ? area * area * d / (n * (n - d)) : 0;
    }
    out.mean = area + until;
    out.standard_error = std::sqrt(variance);
    return out;
}

std::optional<Conditional> conditional_survival(const Curve& curve, double from, double until) {
    CS_CHECK(from >= 0 && from <= until);
    const Step* begin = step_at(curve, from);
    const Step* end = step_at(curve, until);
    const double open = begin == nullptr ? 1 : begin->survival;
    if (curve.observations == 0 || open == 0 || from > curve.longest) {
        return std::nullopt;
    }
    Conditional out{.survival = end == nullptr ? 1 : end->survival / open};
    out.beyond = until > curve.longest && out.survival > 0;
    const double sum_before = begin == nullptr ? 0 : begin->hazard_sum;
    if (out.survival > 0) {
        const double sum = end == nullptr ? 0 : end->hazard_sum - sum_before;
        out.interval = log_log_interval(out.survival, sum, curve.z);
    } else {
        // As a step at 0: the high end is that of the last step before.
        const Step* last = curve.steps.size() < 2 ? nullptr : &curve.steps[curve.steps.size() - 2];
        const bool behind = last != nullptr && last->time > from;
        out.interval = {
            0, behind ? log_log_interval(last->survival / open, last->hazard_sum - sum_before, curve.z).high : 1};
    }
    return out;
}

}  // namespace countersign::survival
