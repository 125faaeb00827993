// Consensus of numbers: small tables worked out by hand, and emotions rated from -100 to 100 against the truth.

#include "core/consensus/numeric.h"

#include <algorithm>
#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "core/stats/random.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

NumericTable two_items() {
    return {{{0, 0, 1}, {0, 1, 2}, {0, 2, 9}, {0, 3, 3}, {2, 0, 10}, {2, 1, 20}}, 3, 5};
}

// Ten reviewers, a hundred items: the first is off by 20, the second shouts, the others err by 1.
NumericTable biased(std::vector<double>& truth, uint64_t seed) {
    stats::Random random(seed);
    std::vector<NumericAnswer> answers;
    for (uint32_t item = 0; item < 100; ++item) {
        truth.push_back(std::floor(random.uniform() * 100));
        for (uint32_t j = 0; j < 10; ++j) {
            const double spread = j == 1 ? 40 : 2;
            answers.push_back({item, j, truth.back() + (j == 0 ? 20 : 0) + (spread * (random.uniform() - 0.5))});
        }
    }
    return {answers, 100, 10};
}

// Mean absolute error, what is common to all items taken out: no answer tells a bias of all reviewers from the truth.
double mean_error(const std::vector<double>& found, const std::vector<double>& truth) {
    const auto n = static_cast<double>(truth.size());
    double common = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
        common += (found[i] - truth[i]) / n;
    }
    double sum = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
        sum += std::abs(found[i] - truth[i] - common) / n;
    }
    return sum;
}

}  // namespace

TEST_CASE("mean, median and trimmed mean are what they are by hand, and nothing where nobody answered") {
    const NumericTable table = two_items();
    CHECK(numeric_mean(table).value[0] == 3.75);
    CHECK(numeric_median(table).value[0] == 2.5);
    CHECK(numeric_trimmed(table, 0.25).value[0] == 2.5);
    CHECK(numeric_trimmed(table).value[2] == 15);
    for (const NumericConsensus& found : {numeric_mean(table), numeric_median(table), numeric_trimmed(table),
                                          numeric_crh(table), numeric_catd(table), biased_reviewers(table)}) {
        CHECK(std::isnan(found.value[1]));
        CHECK(found.value[2] >= 10);
        CHECK(found.value[2] <= 20);
    }
}

TEST_CASE("all say the same: that is it, by every method") {
    const NumericTable table({{0, 0, 5}, {0, 1, 5}, {1, 0, 7}, {1, 1, 7}}, 2, 2);
    for (const NumericConsensus& found : {numeric_crh(table), numeric_catd(table), biased_reviewers(table)}) {
        CHECK_THAT(found.value[0], WithinAbs(5, 1e-9));
        CHECK_THAT(found.value[1], WithinAbs(7, 1e-9));
    }
}

TEST_CASE("biases and variances of reviewers are found, and items are nearer to the truth by it") {
    for (const uint64_t seed : {1U, 2U, 3U}) {
        INFO("seed " << seed);
        std::vector<double> truth;
        const NumericTable table = biased(truth, seed);
        const NumericConsensus found = biased_reviewers(table);
        // Only differences of biases can be known.
        CHECK_THAT(found.bias[0] - found.bias[5], WithinAbs(20, 3));
        CHECK(found.weight[1] < found.weight[5] / 2);
        CHECK(mean_error(found.value, truth) < 0.8 * mean_error(numeric_mean(table).value, truth));
        CHECK(found.half_width[0] > 0);
        CHECK(numeric_catd(table).weight[1] < numeric_catd(table).weight[5]);
        CHECK(numeric_crh(table).weight[1] < numeric_crh(table).weight[5]);
    }
}

TEST_CASE("errors on emotions are those of the reference") {
    const auto expected = read_shared("data/expected/aggregation.json");
    const auto answers = read_shared("data/aggregation/emotion-numeric/answers.csv");
    const auto truths = read_shared("data/aggregation/emotion-numeric/truth.csv");
    if (!expected || !answers || !truths) {
        SKIP("no shared test data: data/aggregation/emotion-numeric");
    }
    std::vector<NumericAnswer> rows;
    uint32_t items = 0;
    uint32_t reviewers = 0;
    for (const auto& row : read_whole_numbers(*answers, 3)) {
        rows.push_back({static_cast<uint32_t>(row[0]), static_cast<uint32_t>(row[1]), static_cast<double>(row[2])});
        items = std::max(items, rows.back().item + 1);
        reviewers = std::max(reviewers, rows.back().reviewer + 1);
    }
    const NumericTable table(rows, items, reviewers);
    const Json wanted = *parse_json(*expected).value().at_path("numeric.emotion-numeric");
    const auto check = [&](const std::string& name, const NumericConsensus& found, double tolerance) {
        INFO(name);
        double absolute = 0;
        double square = 0;
        const auto truth = read_whole_numbers(*truths, 2);
        for (const auto& row : truth) {
            const double error = found.value[static_cast<size_t>(row[0])] - static_cast<double>(row[1]);
            absolute += std::abs(error);
            square += error * error;
        }
        const auto n = static_cast<double>(truth.size());
        CHECK_THAT(absolute / n, WithinAbs(wanted.find(name)->find("MAE")->number()->value, tolerance));
        CHECK_THAT(std::sqrt(square / n), WithinAbs(wanted.find(name)->find("RMSE")->number()->value, tolerance));
    };
    check("mean", numeric_mean(table), 6e-4);
    check("median", numeric_median(table), 6e-4);
    check("trimmed20", numeric_trimmed(table), 6e-4);
    check("CRH", numeric_crh(table), 6e-4);
    check("CATD", numeric_catd(table), 6e-4);
    check("bias_plus_variance_IG50", biased_reviewers(table), 0.02);
}
