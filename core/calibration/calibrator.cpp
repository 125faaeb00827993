#include "core/calibration/calibrator.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/calibration/class_logs.h"
#include "core/calibration/logit.h"

namespace countersign::calibration {

namespace {

double over_classes(double temperature, const Forecast& forecast) {
    std::vector<double> logs = class_logs(forecast.probabilities);
    for (double& log : logs) {
        log /= temperature;
    }
    stats::softmax(logs);
    CS_CHECK(forecast.predicted < logs.size());
    return logs[forecast.predicted];
}

double map(const Identity& /*none*/, const Forecast& forecast) {
    return forecast.confidence;
}

double map(const Temperature& by, const Forecast& forecast) {
    if (by.over == Temperature::Over::classes && !forecast.probabilities.empty()) {
        return over_classes(by.temperature, forecast);
    }
    return stats::sigmoid(logit(forecast.confidence) / by.temperature);
}

double map(const Platt& by, const Forecast& forecast) {
    return stats::sigmoid((by.slope * logit(forecast.confidence)) + by.intercept);
}

double map(const Beta& by, const Forecast& forecast) {
    const double c = held_inside(forecast.confidence);
    return stats::sigmoid((by.a * stats::log(c)) - (by.b * stats::log1p(-c)) + by.intercept);
}

double map(const Isotonic& by, const Forecast& forecast) {
    CS_CHECK(!by.knots.empty());
    const double c = forecast.confidence;
    const auto right = std::ranges::upper_bound(by.knots, c, {}, &Isotonic::Knot::confidence);
    if (right == by.knots.begin()) {
        return right->value;
    }
    const auto left = right - 1;
    if (right == by.knots.end() || left->confidence == c) {
        return left->value;
    }
    const double way = (c - left->confidence) / (right->confidence - left->confidence);
    return std::min(left->value + (way * (right->value - left->value)), right->value);
}

double map(const Histogram& by, const Forecast& forecast) {
    CS_CHECK(!by.bins.empty());
    const auto bin = std::ranges::lower_bound(by.bins, forecast.confidence, {}, &Histogram::Bin::up_to);
    return bin == by.bins.end() ? by.bins.back().value : bin->value;
}

}  // namespace

std::vector<double> class_logs(std::span<const double> probabilities) {
    double sum = 0;
    for (const double p : probabilities) {
        CS_CHECK(p >= 0);
        sum += p;
    }
    CS_CHECK(sum > 0);
    std::vector<double> out;
    out.reserve(probabilities.size());
    for (const double p : probabilities) {
        out.push_back(stats::log(std::max(p / sum, kLeastOfClass)));
    }
    return out;
}

std::string_view method_name(const Calibrator& calibrator) {
    static constexpr std::string_view kNames[] = {"identity", "temperature", "platt", "beta", "isotonic", "histogram"};
    static_assert(std::variant_size_v<Calibrator> == std::size(kNames));
    return kNames[calibrator.index()];
}

double calibrate(const Calibrator& calibrator, const Forecast& forecast) {
    CS_CHECK(forecast.confidence >= 0 && forecast.confidence <= 1);
    return std::visit([&forecast](const auto& by) { return map(by, forecast); }, calibrator);
}

double calibrate(const Calibrator& calibrator, double confidence) {
    return calibrate(calibrator, Forecast{.confidence = confidence, .probabilities = {}, .predicted = 0});
}

}  // namespace countersign::calibration
