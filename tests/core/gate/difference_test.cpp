#include "core/gate/difference.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/stats/special.h"

using namespace countersign;
using namespace countersign::gate;

namespace {

constexpr double kZ = 1.6448536269514722;

double log_factorial(int n) {
    return stats::log_gamma(n + 1.0);
}

struct Coverage {
    double lower = 0;  // how often the lower limit is below the truth
    double upper = 0;
};

// Exactly: over all tables of n items, of which a share is fixed, another broken, and the rest both right or both
// wrong.
Coverage coverage(IntervalMethod method, int n, double fixed, double broken, double both_right) {
    Coverage out;
    const double both_wrong = 1 - fixed - broken - both_right;
    const auto power = [](int count, double share) { return count == 0 ? 0.0 : count * std::log(share); };
    for (int f = 0; f <= n; ++f) {
        for (int b = 0; f + b <= n; ++b) {
            for (int r = 0; f + b + r <= n; ++r) {
                const int w = n - f - b - r;
                const double log_p = log_factorial(n) - log_factorial(f) - log_factorial(b) - log_factorial(r) -
                                     log_factorial(w) + power(f, fixed) + power(b, broken) + power(r, both_right) +
                                     power(w, both_wrong);
                if (log_p < -18) {
                    continue;
                }
                const auto interval =
                    difference_interval({.both_right = r, .fixed = f, .broken = b, .both_wrong = w}, kZ, method);
                out.lower += interval.low <= fixed - broken ? std::exp(log_p) : 0;
                out.upper += interval.high >= fixed - broken ? std::exp(log_p) : 0;
            }
        }
    }
    return out;
}

}  // namespace

TEST_CASE("intervals of a published table are those that were published") {
    // Airway hyper-responsiveness before and after a transplantation: Fagerland, Lydersen and Laake 2014.
    const PairedCounts counts{.both_right = 1, .fixed = 1, .broken = 7, .both_wrong = 12};
    const stats::Interval tango = tango_interval(counts, 1.959963984540054);
    CHECK(tango.low == Catch::Approx(-0.517).margin(0.0006));
    CHECK(tango.high == Catch::Approx(-0.026).margin(0.0006));
    const stats::Interval newcombe = newcombe_interval(counts, 1.959963984540054);
    CHECK(newcombe.low == Catch::Approx(-0.507).margin(0.0006));
    CHECK(newcombe.high == Catch::Approx(-0.026).margin(0.0006));
}

TEST_CASE("each limit errs about as often as it says, also where little is discordant") {
    const struct {
        double fixed, broken, both_right;
    } truths[] = {{0.05, 0.05, 0.8}, {0.02, 0.06, 0.8}, {0.1, 0.02, 0.7}, {0.2, 0.2, 0.4}, {0.01, 0.03, 0.9}};

    for (const auto& truth : truths) {
        const Coverage tango = coverage(IntervalMethod::tango, 40, truth.fixed, truth.broken, truth.both_right);
        const Coverage newcombe = coverage(IntervalMethod::newcombe, 40, truth.fixed, truth.broken, truth.both_right);
        INFO(truth.fixed << " fixed, " << truth.broken << " broken: " << tango.lower << " " << tango.upper << ", "
                         << newcombe.lower << " " << newcombe.upper);
        CHECK(std::min(tango.lower, tango.upper) > 0.925);
        CHECK(std::min(newcombe.lower, newcombe.upper) > 0.91);
    }
}

TEST_CASE("without discordant items, only more items narrow the interval") {
    for (const int64_t n : {1, 30, 133, 10'000}) {
        const PairedCounts counts{.both_right = n};
        const double limit = kZ * kZ / (static_cast<double>(n) + (kZ * kZ));
        const stats::Interval tango = tango_interval(counts, kZ);
        CHECK(tango.low == Catch::Approx(-limit).epsilon(1e-9));
        CHECK(tango.high == Catch::Approx(limit).epsilon(1e-9));
        CHECK(newcombe_interval(counts, kZ).low < 0);
    }
}

TEST_CASE("the interval of the exchanged models is the mirror image, and all lies within -1 and 1") {
    for (const int64_t fixed : {0, 1, 7, 40}) {
        for (const int64_t broken : {0, 1, 12, 40}) {
            for (const int64_t right : {0, 3}) {
                const PairedCounts one{.both_right = right, .fixed = fixed, .broken = broken, .both_wrong = 1};
                const PairedCounts other{.both_right = right, .fixed = broken, .broken = fixed, .both_wrong = 1};
                for (const IntervalMethod method : {IntervalMethod::tango, IntervalMethod::newcombe}) {
                    const stats::Interval a = difference_interval(one, kZ, method);
                    const stats::Interval b = difference_interval(other, kZ, method);
                    CHECK(a.low == Catch::Approx(-b.high).margin(1e-12));
                    CHECK((a.low >= -1 && a.low <= one.difference() && one.difference() <= a.high && a.high <= 1));
                }
            }
        }
    }
}
