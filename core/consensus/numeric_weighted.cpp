#include <algorithm>
#include <cmath>

#include "core/consensus/numeric.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::consensus {

namespace {

// Per item the variance of its answers (over n): what a squared error there is worth. 1 where all said the same.
std::vector<double> variances(const NumericTable& table, const std::vector<double>& mean) {
    std::vector<double> out(table.items(), 1);
    for (size_t item = 0; item < table.items(); ++item) {
        double sum = 0;
        for (const NumericAnswer& answer : table.of_item(item)) {
            sum += (answer.value - mean[item]) * (answer.value - mean[item]);
        }
        if (sum > 0) {
            out[item] = sum / static_cast<double>(table.of_item(item).size());
        }
    }
    return out;
}

// Weighted means; where all weights are 0, the value stays. The largest change.
double average(const NumericTable& table, const std::vector<double>& weight, std::vector<double>& value) {
    double change = 0;
    for (size_t item = 0; item < table.items(); ++item) {
        double sum = 0;
        double whole = 0;
        for (const NumericAnswer& answer : table.of_item(item)) {
            sum += weight[answer.reviewer] * answer.value;
            whole += weight[answer.reviewer];
        }
        if (whole > 0) {
            change = std::max(change, std::abs((sum / whole) - value[item]));
            value[item] = sum / whole;
        }
    }
    return change;
}

template <class Weigh>
NumericConsensus iterate(const NumericTable& table, const IterationLimits& limits, Weigh weigh) {
    NumericConsensus out = numeric_mean(table);
    bool converged = false;
    for (; out.iterations < limits.iterations && !converged; ++out.iterations) {
        weigh(out);
        converged = average(table, out.weight, out.value) < limits.change;
    }
    return out;
}

}  // namespace

NumericConsensus numeric_crh(const NumericTable& table, const IterationLimits& limits) {
    const std::vector<double> variance = variances(table, numeric_mean(table).value);
    std::vector<double> loss(table.reviewers());
    return iterate(table, limits, [&](NumericConsensus& at) {
        std::ranges::fill(loss, 0);
        double whole = 0;
        for (const NumericAnswer& answer : table.all()) {
            const double error = answer.value - at.value[answer.item];
            const double part = error * error / variance[answer.item];
            loss[answer.reviewer] += part;
            whole += part;
        }
        for (size_t j = 0; j < loss.size(); ++j) {
            // Of a reviewer who was never off: a large weight, not an infinite one. Where nobody was, all alike.
            at.weight[j] = whole > 0 ? -stats::log(std::max(loss[j] / whole, 1e-10)) : 1;
        }
    });
}

NumericConsensus numeric_catd(const NumericTable& table, const IterationLimits& limits) {
    std::vector<double> quantile(table.reviewers(), 0);
    for (const NumericAnswer& answer : table.all()) {
        quantile[answer.reviewer] += 1;
    }
    for (double& q : quantile) {
        q = q > 0 ? stats::chi_squared_quantile(0.025, q) : 0;
    }
    std::vector<double> loss(table.reviewers());
    return iterate(table, limits, [&](NumericConsensus& at) {
        std::ranges::fill(loss, 0);
        for (const NumericAnswer& answer : table.all()) {
            const double error = answer.value - at.value[answer.item];
            loss[answer.reviewer] += error * error;
        }
        for (size_t j = 0; j < loss.size(); ++j) {
            at.weight[j] = quantile[j] / std::max(loss[j], 1e-10);
        }
    });
}

}  // namespace countersign::consensus
