// Thresholds: what is counted at them, that ties move together, and that the promise holds.

#include "core/certificate/search.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/certificate/bounds.h"
#include "core/certificate/conformal.h"
#include "core/certificate/plan.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::certificate;
using namespace countersign::testing;
using Catch::Approx;

namespace {

// So many items at each score, the first so many of them wrong.
void add(std::vector<Judged>& out, int32_t score_ppm, int count, int wrong) {
    for (int i = 0; i < count; ++i) {
        out.push_back({Ppm{score_ppm}, i < wrong ? Finding::wrong : Finding::right});
    }
}

// Scores s that are uniform in [0, 1); wrong with probability (1 - s)/2.
std::vector<Judged> drawn(stats::Random& random, int count) {
    std::vector<Judged> out;
    for (int i = 0; i < count; ++i) {
        const auto score = static_cast<int32_t>(random.below(1'000'000));
        const bool wrong = random.uniform() < (1 - (static_cast<double>(score) / 1e6)) / 2;
        out.push_back({Ppm{score}, wrong ? Finding::wrong : Finding::right});
    }
    return out;
}

// P(wrong | s >= t) of these is the mean of (1 - s)/2 above t.
double true_risk(Ppm threshold) {
    return (1 - threshold.as_double()) / 4;
}

}  // namespace

TEST_CASE("counts at thresholds, with ties together") {
    std::vector<Judged> judged;
    add(judged, 500'000, 3, 2);
    add(judged, 900'000, 5, 1);
    add(judged, 700'000, 2, 0);
    const Sample sample(judged);
    REQUIRE(sample.size() == 10);
    CHECK(std::vector<Cut>(sample.cuts().begin(), sample.cuts().end()) ==
          std::vector<Cut>{{Ppm{900'000}, 5, 1}, {Ppm{700'000}, 7, 1}, {Ppm{500'000}, 10, 3}});
    CHECK(sample.at(Ppm{900'001}) == Cut{Ppm{900'001}, 0, 0});
    CHECK(sample.at(Ppm{600'000}) == Cut{Ppm{600'000}, 7, 1});
    CHECK(sample.at(Ppm{0}) == Cut{Ppm{0}, 10, 3});
    CHECK(sample.accepting(1).accepted == 5);
    CHECK(sample.accepting(6).accepted == 7);
    // 100 steps of coverage lead to three thresholds, not to a hundred.
    CHECK(coverage_grid(sample, 100).size() == 3);
    CHECK(coverage_grid(sample, 100, Ppm{800'000}) == std::vector<Cut>{{Ppm{800'000}, 5, 1}});
    CHECK(coverage_grid(Sample({}), 100).empty());
}

TEST_CASE("a limit that no item has as its score is the last threshold of the grid") {
    std::vector<Judged> judged;
    add(judged, 900'000, 5, 1);
    add(judged, 500'000, 5, 1);
    const std::vector<Cut> grid = coverage_grid(Sample(judged), 10, Ppm{600'000});
    REQUIRE(grid.size() == 1);
    CHECK(grid[0] == Cut{Ppm{600'000}, 5, 1});
    CHECK(coverage_grid(Sample(judged), 10, Ppm{950'000}).empty());
}

TEST_CASE("one score for all: all are accepted or none") {
    std::vector<Judged> judged;
    add(judged, 800'000, 1000, 2);
    for (const Method method : {Method::fixed_sequence, Method::bonferroni, Method::selection_with_guaranteed_risk}) {
        INFO(name_of(method));
        const Search open = search_threshold(Sample(judged), {0.02, 0.1}, {.method = method});
        REQUIRE(open.opened);
        CHECK(*open.opened == Cut{Ppm{800'000}, 1000, 2});
        CHECK_FALSE(search_threshold(Sample(judged), {0.002, 0.1}, {.method = method}).opened);
    }
}

TEST_CASE("too few items open nothing, whatever the method") {
    std::vector<Judged> judged;
    add(judged, 999'000, 200, 0);
    for (const Method method : {Method::fixed_sequence, Method::bonferroni, Method::selection_with_guaranteed_risk}) {
        INFO(name_of(method));
        CHECK_FALSE(search_threshold(Sample(judged), {0.01, 0.1}, {.method = method}).opened);
        CHECK_FALSE(search_threshold(Sample({}), {0.01, 0.1}, {.method = method}).opened);
    }
    // ln(.1/3)/ln(.99) = 338.4
    add(judged, 999'000, 138, 0);
    CHECK_FALSE(search_threshold(Sample(judged), {0.01, 0.1}).opened);
    add(judged, 999'000, 1, 0);
    CHECK(search_threshold(Sample(judged), {0.01, 0.1}).opened);
}

TEST_CASE("a threshold that opens passes the exact test at the level that is stated") {
    constexpr uint64_t kSeed = 11;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    const Sample sample(drawn(random, 3000));
    for (const Method method : {Method::fixed_sequence, Method::bonferroni, Method::selection_with_guaranteed_risk}) {
        INFO(name_of(method));
        const Search found = search_threshold(sample, {0.1, 0.1}, {.method = method});
        REQUIRE(found.opened);
        CHECK(sample.at(found.opened->threshold) == *found.opened);
        CHECK(binomial_p_value(found.opened->errors, found.opened->accepted, 0.1) <= found.level);
    }
}

TEST_CASE("a limit keeps the search from going laxer, and is itself tested") {
    std::vector<Judged> judged;
    add(judged, 900'000, 1000, 1);
    add(judged, 800'000, 1000, 1);
    add(judged, 700'000, 1000, 1);
    const Sample sample(judged);
    CHECK(search_threshold(sample, {0.02, 0.1}).opened->threshold == Ppm{700'000});
    CHECK(search_threshold(sample, {0.02, 0.1}, {.laxest = Ppm{850'000}}).opened->threshold == Ppm{850'000});
    CHECK(search_threshold(sample, {0.02, 0.1}, {.laxest = Ppm{850'000}}).opened->accepted == 1000);
    CHECK_FALSE(search_threshold(sample, {0.02, 0.1}, {.laxest = Ppm{950'000}}).opened);
}

TEST_CASE("the promise is broken in at most a tenth of the samples at delta .1") {
    constexpr uint64_t kSeed = 20261201;
    constexpr int kRuns = 200;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    for (const Method method : {Method::fixed_sequence, Method::bonferroni, Method::selection_with_guaranteed_risk}) {
        int broken = 0;
        int opened = 0;
        for (int run = 0; run < kRuns; ++run) {
            const Search found = search_threshold(Sample(drawn(random, 2000)), {0.1, 0.1}, {.method = method});
            opened += found.opened ? 1 : 0;
            broken += found.opened && true_risk(found.opened->threshold) > 0.1 ? 1 : 0;
        }
        INFO(name_of(method) << ": opened " << opened << ", broken " << broken << " of " << kRuns);
        CHECK(broken <= kRuns / 10);
        CHECK(opened > kRuns / 4);
    }
}

TEST_CASE("no label moves the thresholds that are tested") {
    stats::Random random(5);
    std::vector<Judged> judged = drawn(random, 500);
    const std::vector<Cut> grid = coverage_grid(Sample(judged), 100);
    for (Judged& one : judged) {
        one.finding = Finding::wrong;
    }
    const std::vector<Cut> other = coverage_grid(Sample(judged), 100);
    REQUIRE(grid.size() == other.size());
    for (size_t i = 0; i < grid.size(); ++i) {
        CHECK(grid[i].threshold == other[i].threshold);
    }
}

TEST_CASE("real models: counts, Clopper and Pearson's bound and the p-value at fixed thresholds") {
    const auto bytes = read_shared("data/expected/calibration.json");
    if (!bytes) {
        SKIP("no shared test data: data/expected/calibration.json");
    }
    const Json document = parse_json(*bytes).value();
    const JsonObject& sets = *document.find("sets")->object();
    REQUIRE(sets.size() == 5);
    for (const auto& [name, set] : sets) {
        const auto csv = read_shared("data/routing/" + name + "/items.csv");
        REQUIRE(csv);
        std::vector<Judged> even;
        const table::NamedPredictions named = read_predictions(*csv);
        for (const table::Prediction& one : named.predictions) {
            if (std::stol(named.items.names()[one.item]) % 2 == 0) {
                // These have eight digits; a score that was rounded up would reach a threshold that it lies below.
                const double cut_off = std::floor((one.confidence * 1e6) + 1e-6);
                even.push_back({std::min(one.confidence_ppm, Ppm{static_cast<int32_t>(cut_off)}),
                                one.right() ? Finding::right : Finding::wrong});
            }
        }
        const Sample sample(even);
        REQUIRE(set.find("even_rows_certification")->array()->size() == 6);
        for (const Json& expected : *set.find("even_rows_certification")->array()) {
            const double threshold = number_at(expected, "threshold");
            INFO(name << " at " << threshold);
            const Cut cut = sample.at(Ppm{static_cast<int32_t>(std::lround(threshold * 1e6))});
            CHECK(cut.accepted == count_at(expected, "accepted"));
            CHECK(cut.errors == count_at(expected, "errors"));
            CHECK(std::abs(clopper_pearson_upper(cut.errors, cut.accepted, 0.05) -
                           number_at(expected, "cp_upper_delta05")) < 1e-6);
            CHECK(binomial_p_value(cut.errors, cut.accepted, 0.02) ==
                  Approx(number_at(expected, "p_value_risk_gt_0.02")).epsilon(1e-5));
        }
    }
}

TEST_CASE("conformal risk control: the laxest threshold with (k + 1)/(n + 1) at most alpha") {
    std::vector<Judged> judged;
    add(judged, 900'000, 50, 0);
    add(judged, 800'000, 30, 1);
    add(judged, 700'000, 19, 3);
    const Sample sample(judged);  // n + 1 = 100
    CHECK_FALSE(conformal_threshold(sample, Ppm{9'999}));
    CHECK(conformal_threshold(sample, Ppm{10'000})->threshold == Ppm{900'000});
    CHECK(conformal_threshold(sample, Ppm{20'000})->threshold == Ppm{800'000});
    CHECK(conformal_threshold(sample, Ppm{49'999})->threshold == Ppm{800'000});
    CHECK(conformal_threshold(sample, Ppm{50'000})->threshold == Ppm{700'000});
    CHECK_FALSE(conformal_threshold(Sample({}), Ppm{500'000}));
}

TEST_CASE("conformal risk control keeps its average") {
    constexpr uint64_t kSeed = 77;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    double approved_and_wrong = 0;
    constexpr int kRuns = 1500;
    for (int run = 0; run < kRuns; ++run) {
        const auto cut = conformal_threshold(Sample(drawn(random, 200)), Ppm{50'000});
        const double share = cut ? 1 - cut->threshold.as_double() : 0;
        approved_and_wrong += cut ? share * true_risk(cut->threshold) : 0;
    }
    CHECK(approved_and_wrong / kRuns <= 0.05 + 0.001);
    CHECK(approved_and_wrong / kRuns > 0.04);
}
