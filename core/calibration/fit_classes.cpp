#include <algorithm>
#include <cmath>
#include <vector>

#include "core/calibration/class_logs.h"
#include "core/calibration/fit.h"
#include "core/calibration/scale.h"
#include "core/stats/elementary.h"

namespace countersign::calibration {

namespace {

constexpr double kLeastInverse = 1e-3;
constexpr double kMostInverse = 100;
constexpr double kPriorVariance = 10'000;  // of 1/T around 1, as in core/calibration/logistic.h
constexpr int kMostSteps = 200;

struct Row {
    std::vector<double> logs;
    size_t truth = 0;
    double weight = 1;
};

// First and second derivative of the weighted log-loss by 1/T.
struct Derivatives {
    double first = 0;
    double second = 0;
};

Derivatives derivatives_at(double inverse, const std::vector<Row>& rows) {
    Derivatives out{.first = (inverse - 1) / kPriorVariance, .second = 1 / kPriorVariance};
    for (const Row& row : rows) {
        const double most = *std::ranges::max_element(row.logs);
        double sum = 0;
        double mean = 0;
        double square = 0;
        for (const double log : row.logs) {
            // Around the largest, where nothing cancels.
            const double off = log - most;
            const double share = stats::exp(inverse * off);
            sum += share;
            mean += share * off;
            square += share * off * off;
        }
        mean /= sum;
        out.first += row.weight * (mean - (row.logs[row.truth] - most));
        out.second += row.weight * std::max((square / sum) - (mean * mean), 0.0);
    }
    return out;
}

}  // namespace

Temperature fit_temperature(std::span<const ClassOutcome> outcomes) {
    const double scale = weight_scale(outcomes);
    std::vector<Row> rows;
    rows.reserve(outcomes.size());
    for (const ClassOutcome& one : outcomes) {
        CS_CHECK(one.truth < one.forecast.probabilities.size());
        rows.push_back({class_logs(one.forecast.probabilities), one.truth, one.weight * scale});
    }
    // The loss is convex in 1/T: its derivative rises, and Newton's steps are kept between what is known to be too low
    // and too high.
    double low = kLeastInverse;
    double high = kMostInverse;
    double inverse = 1;
    for (int step = 0; step < kMostSteps && high - low > 1e-15 * high; ++step) {
        const Derivatives at = derivatives_at(inverse, rows);
        (at.first > 0 ? high : low) = inverse;
        const double newton = inverse - (at.first / at.second);
        const double next = newton > low && newton < high ? newton : (low + high) / 2;
        if (std::abs(next - inverse) <= 1e-14 * inverse) {
            break;
        }
        inverse = next;
    }
    return {.over = Temperature::Over::classes, .temperature = 1 / inverse};
}

}  // namespace countersign::calibration
