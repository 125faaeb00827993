#include "core/people/worth.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/logistic.h"

namespace countersign::people {

double gain_of_answer(double certainty, double right, uint32_t labels) {
    CS_CHECK(labels >= 2 && certainty >= 0 && certainty <= 1 && right >= 0 && right <= 1);
    const auto others = static_cast<double>(labels - 1);
    const double p = certainty;
    const double q = (1 - certainty) / others;
    const double wrong = (1 - right) / others;
    const auto square = [](double x) { return x * x; };
    const auto part = [](double squares, double answer) { return answer > 0 ? squares / answer : 0; };
    // The answer is the best label.
    const double agreed = part(square(p * right) + (others * square(q * wrong)), (p * right) + (others * q * wrong));
    // It is one of the others.
    const double against = part(square(p * wrong) + square(q * right) + ((others - 1) * square(q * wrong)),
                                (p * wrong) + (q * right) + ((others - 1) * q * wrong));
    return std::max(0.0, agreed + (others * against) - square(p) - (others * square(q)));
}

double chance_of_right(double mean_correctness, double difficulty) {
    return stats::sigmoid(stats::logit(mean_correctness) - difficulty);
}

double urgency(double slack_seconds, double horizon_seconds) {
    CS_CHECK(horizon_seconds > 0);
    return horizon_seconds / (horizon_seconds + std::max(0.0, slack_seconds));
}

}  // namespace countersign::people
