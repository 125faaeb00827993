#include "core/calibration/measures.h"

#include <catch_amalgamated.hpp>

#include "core/calibration/bins.h"
#include "core/calibration/bootstrap.h"
#include "core/calibration/diagram.h"
#include "core/calibration/sorted.h"
#include "core/stats/random.h"
#include "tests/core/calibration/routing_set.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

namespace {

std::vector<Outcome> outcomes_of(const Json& list) {
    std::vector<Outcome> out;
    for (const Json& one : *list.array()) {
        const double weight = one.find("weight") != nullptr ? number_at(one, "weight") : 1;
        out.push_back({number_at(one, "confidence"), *one.find("right")->boolean(), weight});
    }
    return out;
}

// Right with the probability that is stated.
std::vector<Outcome> calibrated_outcomes(size_t count, stats::Random& random) {
    std::vector<Outcome> out;
    for (size_t i = 0; i < count; ++i) {
        const double confidence = 0.5 + (random.uniform() / 2);
        out.push_back({.confidence = confidence, .right = random.uniform() < confidence});
    }
    return out;
}

void check_same(const Measures& a, const Measures& b) {
    CHECK(a.accuracy == Catch::Approx(b.accuracy));
    CHECK(a.mean_confidence == Catch::Approx(b.mean_confidence));
    CHECK(a.ece == Catch::Approx(b.ece));
    CHECK(a.mce == Catch::Approx(b.mce));
    CHECK(a.ks == Catch::Approx(b.ks));
    CHECK(a.brier.score == Catch::Approx(b.brier.score));
    CHECK(a.brier.reliability == Catch::Approx(b.brier.reliability));
    CHECK(a.log_loss == Catch::Approx(b.log_loss));
}

}  // namespace

TEST_CASE("each case of measures gives the values that were worked out by hand") {
    const Json cases = parse_json(read_case("calibration/measures.json")).value();
    REQUIRE(cases.array()->size() >= 5);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const auto bins = static_cast<size_t>(*one.find("bins")->integer());
        const Measures is = measure(outcomes_of(*one.find("items")), bins).value();
        const std::pair<std::string_view, double> values[] = {
            {"accuracy", is.accuracy},
            {"mean_confidence", is.mean_confidence},
            {"effective_items", is.effective_items},
            {"ece", is.ece},
            {"adaptive_ece", is.adaptive_ece},
            {"mce", is.mce},
            {"ece_sweep", is.ece_sweep},
            {"sweep_bins", static_cast<double>(is.sweep_bins)},
            {"debiased_squared_error", is.debiased_squared_error},
            {"ks", is.ks},
            {"brier", is.brier.score},
            {"reliability", is.brier.reliability},
            {"resolution", is.brier.resolution},
            {"uncertainty", is.brier.uncertainty},
            {"log_loss", is.log_loss},
        };
        size_t checked = 0;
        for (const auto& [name, value] : values) {
            if (one.find("expect")->find(name) != nullptr) {
                INFO(name << " is " << value);
                CHECK(std::abs(value - number_at(*one.find("expect"), name)) < 1e-9);
                ++checked;
            }
        }
        CHECK(checked == one.find("expect")->object()->size());
        CHECK(is.brier.reliability - is.brier.resolution + is.brier.uncertainty + is.brier.within_bins ==
              Catch::Approx(is.brier.score));
    }
}

TEST_CASE("without outcomes no measure is defined") {
    CHECK(!measure(std::span<const Outcome>()).has_value());
    CHECK(!bootstrap({}, {}).has_value());
    CHECK(reliability_diagram({}, {}).bins.empty());
}

TEST_CASE("a confidence on an edge belongs to the bin below, however it is rounded") {
    for (size_t count = 1; count <= 40; ++count) {
        for (size_t k = 1; k <= count; ++k) {
            const double edge = static_cast<double>(k) / static_cast<double>(count);
            CHECK(equal_width_index(edge, count) == k - 1);
            CHECK(equal_width_index(std::nextafter(edge, 0), count) == k - 1);
            CHECK(equal_width_index(std::min(std::nextafter(edge, 2), 1.0), count) == std::min(k, count - 1));
        }
        CHECK(equal_width_index(0, count) == 0);
    }
}

TEST_CASE("a weight of three says what three equal items say") {
    stats::Random random(11);
    std::vector<Outcome> weighted = calibrated_outcomes(200, random);
    std::vector<Outcome> repeated;
    for (Outcome& one : weighted) {
        const size_t times = 1 + static_cast<size_t>(random.below(3));
        repeated.insert(repeated.end(), times, one);
        one.weight = static_cast<double>(times);
    }
    check_same(measure(weighted).value(), measure(repeated).value());
}

TEST_CASE("weights by the chance of being reviewed take the bias out of a selective review") {
    // Unsure items are reviewed four times as often; of sure ones the model is right less often than it says.
    stats::Random random(12);
    std::vector<Outcome> all;
    std::vector<Outcome> selected;
    std::vector<Outcome> unweighted;
    for (int i = 0; i < 60'000; ++i) {
        const double confidence = random.uniform() < 0.5 ? 0.6 : 0.95;
        const Outcome one{.confidence = confidence, .right = random.uniform() < (confidence > 0.9 ? 0.85 : 0.6)};
        all.push_back(one);
        const double chance = confidence > 0.9 ? 0.1 : 0.4;
        if (random.uniform() < chance) {
            unweighted.push_back(one);
            selected.push_back({one.confidence, one.right, 1 / chance});
        }
    }
    const double truth = measure(all).value().ece;
    CHECK(truth == Catch::Approx(0.05).margin(0.006));
    CHECK(measure(selected).value().ece == Catch::Approx(truth).margin(0.01));
    CHECK(measure(unweighted).value().ece < truth - 0.015);
}

TEST_CASE("a calibrated model has a debiased squared error around 0, where the plain one lies above") {
    double debiased = 0;
    double plain = 0;
    constexpr int kModels = 200;
    for (int i = 0; i < kModels; ++i) {
        stats::Random random(1000 + static_cast<uint64_t>(i));
        const SortedOutcomes outcomes(calibrated_outcomes(300, random));
        const auto bins = equal_count_bins(outcomes, kUsualBins);
        debiased += debiased_squared_error(bins) / kModels;
        for (const Bin& bin : bins) {
            plain += bin.weight / outcomes.weight() * bin.gap() * bin.gap() / kModels;
        }
    }
    CHECK(std::abs(debiased) < 0.0005);
    CHECK(plain > 0.006);
}

TEST_CASE("the bootstrap's intervals hold the measure, repeat with their seed, and narrow with more items") {
    stats::Random random(13);
    const std::vector<Outcome> many = calibrated_outcomes(1600, random);
    const std::span<const Outcome> few = std::span(many).first(100);
    const BootstrapOptions options{.seed = 5, .repeats = 200};
    const MeasureIntervals wide = bootstrap(few, options).value();
    const MeasureIntervals narrow = bootstrap(many, options).value();
    const MeasureIntervals again = bootstrap(many, options).value();
    const Measures is = measure(many).value();
    CHECK((narrow.accuracy.low < is.accuracy && is.accuracy < narrow.accuracy.high));
    CHECK((narrow.log_loss.low < is.log_loss && is.log_loss < narrow.log_loss.high));
    CHECK((narrow.debiased_squared_error.low < 0.002));
    CHECK(narrow.ks.low == again.ks.low);
    CHECK(narrow.ks.high == again.ks.high);
    CHECK(narrow.ks.high != bootstrap(many, {.seed = 6, .repeats = 200}).value().ks.high);
    const auto width = [](const stats::Interval& interval) { return interval.high - interval.low; };
    CHECK(width(narrow.accuracy) < width(wide.accuracy) / 2.5);
}

TEST_CASE("of a calibrated model about one bar in twenty misses its consistency bar, of another most do") {
    size_t bins = 0;
    size_t missed = 0;
    size_t missed_by_other = 0;
    for (uint64_t seed = 1; seed <= 40; ++seed) {
        stats::Random random(seed);
        std::vector<Outcome> outcomes = calibrated_outcomes(1000, random);
        const auto misses = [&outcomes, seed] {
            size_t count = 0;
            for (const DiagramBin& bin : reliability_diagram(outcomes, {.seed = seed, .repeats = 200}).bins) {
                count += bin.accuracy < bin.consistent.low || bin.accuracy > bin.consistent.high ? 1 : 0;
            }
            return count;
        };
        bins += reliability_diagram(outcomes, {.seed = seed, .repeats = 1}).bins.size();
        missed += misses();
        for (Outcome& one : outcomes) {
            one.confidence = std::min(one.confidence + 0.15, 1.0);
        }
        missed_by_other += misses();
    }
    INFO(missed << " and " << missed_by_other << " of " << bins);
    CHECK(missed * 10 < bins);
    CHECK(missed * 100 > bins);
    CHECK(missed_by_other * 2 > bins);
}

TEST_CASE("a bin of the diagram with fewer than five items is merged, and no item is lost") {
    std::vector<Outcome> outcomes;
    const auto add = [&outcomes](double confidence, int times) {
        for (int i = 0; i < times; ++i) {
            outcomes.push_back({.confidence = confidence, .right = i % 2 == 0});
        }
    };
    add(0.05, 2);
    add(0.25, 1);
    add(0.45, 6);
    add(0.85, 5);
    add(0.95, 3);
    const auto bins = reliability_diagram(outcomes, {.bins = 10, .repeats = 10}).bins;
    REQUIRE(bins.size() == 2);
    CHECK((bins[0].confidence.low == 0 && bins[0].confidence.high == 0.5 && bins[0].items == 9));
    CHECK((bins[1].confidence.low == 0.8 && bins[1].confidence.high == 1 && bins[1].items == 8));
    // Wilson's interval of 5 of 9.
    CHECK(bins[0].accuracy_interval.low == Catch::Approx(0.26665).margin(1e-4));
    CHECK(bins[0].accuracy_interval.high == Catch::Approx(0.81122).margin(1e-4));
    outcomes.resize(3);
    CHECK(reliability_diagram(outcomes, {.bins = 10, .repeats = 10}).bins.size() == 1);
}
