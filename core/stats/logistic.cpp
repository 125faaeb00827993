#include "core/stats/logistic.h"

#include <algorithm>
#include <cmath>

#include "core/stats/elementary.h"

namespace countersign::stats {

double logit(double p) {
    return log(p) - log1p(-p);
}

double sigmoid(double x) {
    // The exponential is never above 1: no overflow.
    const double tail = exp(-std::abs(x));
    return x >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
}

void softmax(std::span<double> logs) {
    const double most = *std::ranges::max_element(logs);
    double sum = 0;
    for (double& log : logs) {
        log = exp(log - most);
        sum += log;
    }
    for (double& share : logs) {
        share /= sum;
    }
}

}  // namespace countersign::stats
