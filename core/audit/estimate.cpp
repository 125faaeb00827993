#include "core/audit/estimate.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/stats/special.h"

namespace countersign::audit {

namespace {

// What an estimator takes of each audit: loss - lambda f, and the share of mean f that stands for the part not seen.
double residual(const Audited& audit, double lambda) {
    return audit.loss - (lambda * audit.predicted);
}

double inverse_sum(std::span<const Audited> audits) {
    double sum = 0;
    for (const Audited& audit : audits) {
        sum += 1 / audit.propensity.as_double();
    }
    return sum;
}

double weighted_sum(std::span<const Audited> audits, double lambda) {
    double sum = 0;
    for (const Audited& audit : audits) {
        sum += residual(audit, lambda) / audit.propensity.as_double();
    }
    return sum;
}

double tuned_lambda(std::span<const Audited> audits, double items) {
    const double weights = inverse_sum(audits);
    double mean_loss = 0;
    double mean_predicted = 0;
    for (const Audited& audit : audits) {
        const double weight = 1 / audit.propensity.as_double() / weights;
        mean_loss += weight * audit.loss;
        mean_predicted += weight * audit.predicted;
    }
    double covariance = 0;
    double variance = 0;
    for (const Audited& audit : audits) {
        const double weight = 1 / audit.propensity.as_double() / weights;
        const double off = audit.predicted - mean_predicted;
        covariance += weight * (audit.loss - mean_loss) * off;
        variance += weight * off * off;
    }
    const double seen = static_cast<double>(audits.size()) / items;
    return variance > 0 ? std::clamp(covariance / ((1 + seen) * variance), 0.0, 1.0) : 0;
}

// Of Poisson sampling, of sums around `center` (0 for sums over N, the mean for those over the weights).
double poisson_variance(std::span<const Audited> audits, double lambda, double center, double total) {
    double sum = 0;
    for (const Audited& audit : audits) {
        const double pi = audit.propensity.as_double();
        const double off = residual(audit, lambda) - center;
        sum += (1 - pi) / (pi * pi) * off * off;
    }
    return sum / (total * total);
}

}  // namespace

Estimate estimate_rate(std::span<const Audited> audits, const Approved& approved, Estimator estimator, double delta) {
    CS_CHECK(delta > 0 && delta < 1);
    CS_CHECK(std::ranges::all_of(audits, [](const Audited& audit) { return audit.propensity.value > 0; }));
    Estimate out;
    if (audits.empty()) {
        return out;
    }
    const auto items = static_cast<double>(approved.items);
    const bool by_weights = estimator == Estimator::hajek || estimator == Estimator::ppi_plus;
    if (estimator == Estimator::difference) {
        out.lambda = 1;
    } else if (estimator == Estimator::ppi_plus) {
        out.lambda = tuned_lambda(audits, items);
    }
    const double total = by_weights ? inverse_sum(audits) : items;
    const double seen = weighted_sum(audits, out.lambda) / total;
    out.rate = (out.lambda * approved.mean_predicted) + seen;
    out.variance = poisson_variance(audits, out.lambda, by_weights ? seen : 0, total);
    const double half = stats::normal_quantile(1 - (delta / 2)) * std::sqrt(out.variance);
    out.lower = std::clamp(out.rate - half, 0.0, 1.0);
    out.upper = std::clamp(out.rate + half, 0.0, 1.0);
    return out;
}

}  // namespace countersign::audit
