#include "demo/classifier/temperature.h"

#include "core/base/check.h"
#include "demo/classifier/elementary.h"
#include "demo/classifier/linear_model.h"

namespace countersign::demo {

double mean_log_loss(std::span<const Scored> scored, double temperature) {
    CS_CHECK(!scored.empty());
    double sum = 0;
    for (const Scored& one : scored) {
        sum += log_loss_of(one.scores, temperature, one.answer);
    }
    return sum / static_cast<double>(scored.size());
}

double fit_temperature(std::span<const Scored> scored) {
    static constexpr double kGolden = 0.61803398874989484820;
    static constexpr int kSteps = 60;  // 13.8 * 0.618^60 is below 1e-11
    double low = natural_log(1e-3);
    double high = natural_log(1e3);
    const auto loss_at = [&](double log_temperature) { return mean_log_loss(scored, exponential(log_temperature)); };
    double left = high - (kGolden * (high - low));
    double right = low + (kGolden * (high - low));
    double loss_left = loss_at(left);
    double loss_right = loss_at(right);
    for (int step = 0; step < kSteps; ++step) {
        if (loss_left <= loss_right) {
            high = right;
            right = left;
            loss_right = loss_left;
            left = high - (kGolden * (high - low));
            loss_left = loss_at(left);
        } else {
            low = left;
            left = right;
            loss_left = loss_right;
            right = low + (kGolden * (high - low));
            loss_right = loss_at(right);
        }
    }
    return exponential((low + high) / 2);
}

}  // namespace countersign::demo
