#include "core/certificate/bounds.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/certificate/bisect.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::certificate {

namespace {

void check_counts(int64_t errors, int64_t n) {
    CS_CHECK(errors >= 0 && errors <= n);
}

void check_level(double delta) {
    CS_CHECK(delta > 0 && delta < 1);
}

// a ln(a/b), which is 0 for a = 0.
double entropy_term(double a, double b) {
    return a == 0 ? 0 : a * stats::log(a / b);
}

// The ln of the smaller of both p-values for "the mean is at least `mean_under_test`".
double log_hoeffding_bentkus(double sum, int64_t n, double mean_under_test) {
    const auto count = static_cast<double>(n);
    const double mean = sum / count;
    const double hoeffding =
        -count * (entropy_term(mean, mean_under_test) + entropy_term(1 - mean, 1 - mean_under_test));
    const double bentkus = 1 + stats::log_binomial_cdf(static_cast<int64_t>(std::ceil(sum)), n, mean_under_test);
    return std::min(hoeffding, bentkus);
}

}  // namespace

double log_binomial_p_value(int64_t errors, int64_t n, double epsilon) {
    check_counts(errors, n);
    CS_CHECK(epsilon > 0 && epsilon < 1);
    return errors == n ? 0 : stats::log_binomial_cdf(errors, n, epsilon);
}

double binomial_p_value(int64_t errors, int64_t n, double epsilon) {
    return stats::exp(log_binomial_p_value(errors, n, epsilon));
}

double clopper_pearson_upper(int64_t errors, int64_t n, double delta) {
    check_counts(errors, n);
    check_level(delta);
    return errors == n
               ? 1
               : stats::beta_quantile(1 - delta, static_cast<double>(errors + 1), static_cast<double>(n - errors));
}

double clopper_pearson_lower(int64_t errors, int64_t n, double delta) {
    check_counts(errors, n);
    check_level(delta);
    return errors == 0 ? 0
                       : stats::beta_quantile(delta, static_cast<double>(errors), static_cast<double>(n - errors + 1));
}

double hoeffding_upper(double mean, int64_t n, double delta) {
    check_level(delta);
    CS_CHECK(n >= 0 && mean >= 0 && mean <= 1);
    return n == 0 ? 1 : std::min(1.0, mean + std::sqrt(-stats::log(delta) / (2 * static_cast<double>(n))));
}

double hoeffding_bentkus_upper(double sum, int64_t n, double delta) {
    check_level(delta);
    CS_CHECK(n >= 0 && sum >= 0 && sum <= static_cast<double>(n));
    if (n == 0) {
        return 1;
    }
    const double log_delta = stats::log(delta);
    return first_true(sum / static_cast<double>(n), 1,
                      [&](double rate) { return log_hoeffding_bentkus(sum, n, rate) <= log_delta; });
}

double empirical_bernstein_upper(std::span<const double> losses, double delta) {
    check_level(delta);
    if (losses.size() < 2) {
        return 1;
    }
    const auto count = static_cast<double>(losses.size());
    double sum = 0;
    for (const double loss : losses) {
        sum += loss;
    }
    const double mean = sum / count;
    double squares = 0;
    for (const double loss : losses) {
        squares += (loss - mean) * (loss - mean);
    }
    const double variance = squares / (count - 1);
    const double log_term = stats::log(2 / delta);
    return std::min(1.0, mean + std::sqrt(2 * variance * log_term / count) + (7 * log_term / (3 * (count - 1))));
}

}  // namespace countersign::certificate
