// Bounds against values of scipy and of the reference formulas (shared data), against closed forms, and against what
// they promise.

#include "core/certificate/bounds.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/certificate/betting.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::certificate;
using namespace countersign::testing;
using Catch::Approx;

namespace {

// The generators of data/expected/bounds.json.
std::vector<double> losses_named(const std::string& name) {
    std::vector<double> out;
    const auto fill = [&out](int64_t n, auto loss) {
        for (int64_t i = 1; i <= n; ++i) {
            out.push_back(loss(i));
        }
    };
    if (name == "binary-5-of-500") {
        fill(500, [](int64_t i) { return (37 * i) % 100 == 0 ? 1.0 : 0.0; });
    } else if (name == "binary-0-of-300") {
        fill(300, [](int64_t) { return 0.0; });
    } else if (name == "binary-40-of-1000") {
        fill(1000, [](int64_t i) { return (7 * i) % 25 == 0 ? 1.0 : 0.0; });
    } else if (name == "graded-low-variance") {
        fill(400, [](int64_t i) { return 0.05 + (0.1 * static_cast<double>((7919 * i) % 101) / 101); });
    } else if (name == "graded-skewed") {
        fill(800, [](int64_t i) { return (7919 * i) % 101 < 4 ? 0.9 : 0.01 * static_cast<double>((31 * i) % 3); });
    }
    return out;
}

double sum_of(const std::vector<double>& losses) {
    return std::accumulate(losses.begin(), losses.end(), 0.0);
}

}  // namespace

TEST_CASE("every bound has the value that the reference formulas give") {
    const auto bytes = read_shared("data/expected/bounds.json");
    if (!bytes) {
        SKIP("no shared test data: data/expected/bounds.json");
    }
    const Json document = parse_json(*bytes).value();
    const JsonArray& rows = *document.find("bounds")->array();
    REQUIRE(rows.size() == 15);
    constexpr double kDigits = 1.5e-6;  // six digits are given
    for (const Json& row : rows) {
        const std::string name = row.text_of("name");
        const double delta = number_at(row, "delta");
        INFO(name << " at " << delta);
        const std::vector<double> losses = losses_named(name);
        const auto n = static_cast<int64_t>(losses.size());
        REQUIRE(n == count_at(row, "n"));
        const double sum = sum_of(losses);
        CHECK(std::abs(hoeffding_upper(sum / static_cast<double>(n), n, delta) - number_at(row, "hoeffding")) <
              kDigits);
        CHECK(std::abs(hoeffding_bentkus_upper(sum, n, delta) - number_at(row, "hoeffding_bentkus")) < kDigits);
        CHECK(std::abs(empirical_bernstein_upper(losses, delta) - number_at(row, "empirical_bernstein")) < kDigits);
        CHECK(std::abs(betting_upper(losses, delta) - number_at(row, "wsr_betting")) < kDigits);
        if (row.find("clopper_pearson") != nullptr) {
            const auto errors = static_cast<int64_t>(std::lround(sum));
            CHECK(std::abs(clopper_pearson_upper(errors, n, delta) - number_at(row, "clopper_pearson")) < kDigits);
        }
    }
}

TEST_CASE("Clopper and Pearson's limits are the published and the closed-form ones") {
    const Json cases = parse_json(read_case("certificate/clopper_pearson.json")).value();
    REQUIRE(cases.array()->size() >= 6);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const int64_t errors = count_at(one, "errors");
        const int64_t n = count_at(one, "n");
        const double delta = number_at(one, "delta");
        CHECK(std::abs(clopper_pearson_lower(errors, n, delta) - number_at(one, "lower")) < 1e-8);
        CHECK(std::abs(clopper_pearson_upper(errors, n, delta) - number_at(one, "upper")) < 1e-8);
    }
}

TEST_CASE("the exact p-value keeps its digits where it is too small for a double") {
    // (1 - 0.02)^50000 = exp(50000 ln 0.98)
    CHECK(log_binomial_p_value(0, 50'000, 0.02) == Approx(-1010.1353658759733).epsilon(1e-10));
    CHECK(binomial_p_value(0, 50'000, 0.02) == 0);
    CHECK(binomial_p_value(0, 0, 0.02) == 1);
    CHECK(binomial_p_value(7, 7, 0.02) == 1);
    CHECK(binomial_p_value(1, 2, 0.5) == Approx(0.75));
}

TEST_CASE("an upper bound is where the exact test just rejects") {
    for (const int64_t errors : {0, 1, 5, 40}) {
        for (const double delta : {0.2, 0.05, 1e-6}) {
            const double upper = clopper_pearson_upper(errors, 1000, delta);
            CHECK(binomial_p_value(errors, 1000, upper) == Approx(delta).epsilon(1e-7));
        }
    }
}

TEST_CASE("a bound of level .1 lies below the true mean in at most a tenth of the samples") {
    constexpr uint64_t kSeed = 20261203;
    constexpr int kRuns = 400;
    constexpr int kCount = 150;
    constexpr double kMean = 0.15;  // a tenth of 1, and a tenth of .5
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    int betting_failed = 0;
    int lower_failed = 0;
    int bernstein_failed = 0;
    int bentkus_failed = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<double> losses;
        for (int i = 0; i < kCount; ++i) {
            const double chance = random.uniform();
            losses.push_back(chance < 0.1 ? 1 : (chance < 0.2 ? 0.5 : 0));
        }
        betting_failed += betting_upper(losses, 0.1) < kMean ? 1 : 0;
        lower_failed += betting_lower(losses, 0.1) > kMean ? 1 : 0;
        bernstein_failed += empirical_bernstein_upper(losses, 0.1) < kMean ? 1 : 0;
        bentkus_failed += hoeffding_bentkus_upper(sum_of(losses), kCount, 0.1) < kMean ? 1 : 0;
    }
    // A tenth and three standard errors.
    constexpr int kAllowed = 40 + 18;
    CHECK(betting_failed <= kAllowed);
    CHECK(lower_failed <= kAllowed);
    CHECK(bernstein_failed <= kAllowed);
    CHECK(bentkus_failed <= kAllowed);
    // And it is no bound of 1: it does fail now and then.
    CHECK(betting_failed > 0);
    CHECK(lower_failed > 0);
}

TEST_CASE("no losses bound nothing, and one loss hardly more") {
    CHECK(betting_upper({}, 0.05) == 1);
    CHECK(betting_lower({}, 0.05) == 0);
    CHECK(hoeffding_upper(0, 0, 0.05) == 1);
    CHECK(hoeffding_bentkus_upper(0, 0, 0.05) == 1);
    const std::vector<double> one{0.0};
    CHECK(empirical_bernstein_upper(one, 0.05) == 1);
    CHECK(betting_upper(one, 0.05) == 1);
}
