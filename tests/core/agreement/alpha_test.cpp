// Alpha by its definition over pairs of answers, its influence by differences, and its bootstrap.

#include "core/agreement/alpha.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha_bootstrap.h"
#include "core/agreement/alpha_sums.h"
#include "core/stats/random.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

const std::vector<double> kValues{4, 1, 2, 7};

std::vector<Distance> all_distances() {
    return {Distance::nominal(4), Distance::ordinal(kValues), Distance::interval(kValues), Distance::ratio(kValues),
            Distance::custom({0, 1, 2, 3, 1, 0, 2, 9, 2, 2, 0, 1, 3, 9, 1, 0}, 4).value()};
}

// Answers that agree more often than chance; some are missing.
stats::AnswerTable random_table(uint64_t seed) {
    stats::Random random(seed);
    std::vector<stats::Answer> answers;
    for (uint32_t item = 0; item < 40; ++item) {
        const auto usual = static_cast<uint32_t>(random.below(4));
        for (uint32_t reviewer = 0; reviewer < 5; ++reviewer) {
            if (random.uniform() < 0.3) {
                continue;
            }
            answers.push_back(
                {item, reviewer, random.uniform() < 0.6 ? usual : static_cast<uint32_t>(random.below(4))});
        }
    }
    return {answers, 40, 5, 4};
}

// By definition: Krippendorff 2011, over all pairs of answers.
double slow_distance(const Distance& distance, const std::vector<double>& given, size_t a, size_t b) {
    switch (distance.form()) {
        case Distance::Form::nominal: return a == b ? 0 : 1;
        case Distance::Form::positions: return (kValues[a] - kValues[b]) * (kValues[a] - kValues[b]);
        case Distance::Form::matrix: return distance.at(a, b);
        case Distance::Form::ordinal: break;
    }
    double sum = 0;
    for (size_t g = 0; g < given.size(); ++g) {
        if (kValues[g] >= std::min(kValues[a], kValues[b]) && kValues[g] <= std::max(kValues[a], kValues[b])) {
            sum += given[g];
        }
    }
    sum -= (given[a] + given[b]) / 2;
    return a == b ? 0 : sum * sum;
}

double slow_alpha(const Ratings& ratings, const Distance& distance) {
    std::vector<std::vector<uint32_t>> units;
    std::vector<double> given(ratings.labels(), 0);
    std::vector<uint32_t> all;
    for (const uint32_t item : ratings.items()) {
        const auto answers = ratings.answers().of_item(item);
        if (answers.size() < 2) {
            continue;
        }
        auto& unit = units.emplace_back();
        for (const stats::Answer& answer : answers) {
            unit.push_back(answer.label);
            all.push_back(answer.label);
            ++given[answer.label];
        }
    }
    double observed = 0;
    for (const auto& unit : units) {
        for (const uint32_t a : unit) {
            for (const uint32_t b : unit) {
                observed += slow_distance(distance, given, a, b) / static_cast<double>(unit.size() - 1);
            }
        }
    }
    double expected = 0;
    for (const uint32_t a : all) {
        for (const uint32_t b : all) {
            expected += slow_distance(distance, given, a, b);
        }
    }
    return 1 - (static_cast<double>(all.size() - 1) * observed / expected);
}

}  // namespace

TEST_CASE("alpha from counts is alpha over all pairs of answers") {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        const Ratings ratings(random_table(seed));
        for (const Distance& distance : all_distances()) {
            CAPTURE(seed, static_cast<int>(distance.form()));
            const auto got = krippendorff_alpha(ratings, distance);
            REQUIRE(std::holds_alternative<Alpha>(got));
            CHECK(std::abs(std::get<Alpha>(got).value - slow_alpha(ratings, distance)) < 1e-12);
        }
    }
}

TEST_CASE("a label's alpha is that of answers of which only this label is known") {
    const stats::AnswerTable table = random_table(5);
    const auto by_label = alpha_by_label(Patterns(Ratings(table)));
    REQUIRE(by_label.size() == 4);
    for (uint32_t label = 0; label < 4; ++label) {
        std::vector<stats::Answer> two(table.all().begin(), table.all().end());
        for (stats::Answer& answer : two) {
            answer.label = answer.label == label ? 1 : 0;
        }
        const Ratings binary(stats::AnswerTable(two, table.items(), table.reviewers(), 2));
        const auto expected = krippendorff_alpha(binary, Distance::nominal(2));
        CHECK(std::abs(std::get<Alpha>(by_label[label]).value - std::get<Alpha>(expected).value) < 1e-12);
    }
}

TEST_CASE("the influence of a unit is the derivative of alpha by how often it counts") {
    const Patterns patterns{Ratings(random_table(11))};
    const std::vector<double> times = patterns.times();
    for (const Distance& distance : all_distances()) {
        const AlphaEvaluation evaluate(patterns, distance);
        const std::vector<double> influence = evaluate.influence(times);
        for (size_t i = 0; i < patterns.size(); ++i) {
            CAPTURE(static_cast<int>(distance.form()), i);
            const double step = 1e-5;
            std::vector<double> more = times;
            std::vector<double> less = times;
            more[i] += step;
            less[i] -= step;
            const double slope = (*evaluate(more).alpha() - *evaluate(less).alpha()) / (2 * step);
            CHECK(std::abs(influence[i] - slope) < 1e-8);
        }
    }
}

TEST_CASE("the same seed draws the same, another seed something else") {
    const Patterns patterns{Ratings(random_table(2))};
    const auto run = [&](uint64_t seed) {
        return std::get<AlphaSpread>(
            bootstrap_alpha(patterns, Distance::ordinal(kValues), {.seed = seed, .resamples = 200}));
    };
    const AlphaSpread first = run(42);
    CHECK(first.seed == 42);
    CHECK(first.percentile.low == run(42).percentile.low);
    CHECK(first.bca->high == run(42).bca->high);
    CHECK(first.percentile.low != run(43).percentile.low);
}

TEST_CASE("several distances from the same draws are each as alone") {
    const Patterns patterns{Ratings(random_table(6))};
    const std::vector<Distance> distances = all_distances();
    const auto together = bootstrap_alphas(patterns, distances, {.seed = 8, .resamples = 50});
    REQUIRE(together.size() == distances.size());
    for (size_t i = 0; i < distances.size(); ++i) {
        const auto alone = bootstrap_alpha(patterns, distances[i], {.seed = 8, .resamples = 50});
        CHECK(std::get<AlphaSpread>(together[i]).percentile.low == std::get<AlphaSpread>(alone).percentile.low);
        CHECK(std::get<AlphaSpread>(together[i]).bca->high == std::get<AlphaSpread>(alone).bca->high);
    }
}

TEST_CASE("intervals of a bootstrap are those of another program with the same draws") {
    const Json cases = parse_json(read_case("agreement/bootstrap.json")).value();
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("name"));
        const AnswerSet set = answers_of(one);
        const Patterns patterns{Ratings(set.table)};
        for (const Json& expected : *one.find("expected")->array()) {
            INFO(to_text(expected));
            const Distance distance = expected.text_of("distance") == "ordinal" ? Distance::ordinal(set.values)
                                                                                : Distance::nominal(set.values.size());
            const BootstrapOptions options{.seed = static_cast<uint64_t>(*expected.find("seed")->integer()),
                                           .resamples = static_cast<uint32_t>(*expected.find("resamples")->integer())};
            const auto got = std::get<AlphaSpread>(bootstrap_alpha(patterns, distance, options));
            const auto check = [&](const char* name, double value, double tolerance) {
                CAPTURE(name, value);
                CHECK(std::abs(value - number_of(*expected.find(name))) <= tolerance);
            };
            check("standard_error", got.standard_error, 1e-9);
            check("percentile_low", got.percentile.low, 1e-9);
            check("percentile_high", got.percentile.high, 1e-9);
            check("below_667", got.below.at(0).probability, 1e-12);
            check("below_800", got.below.at(1).probability, 1e-12);
            check("left_out", got.left_out, 0);
            REQUIRE(got.bca.has_value());
            // The other program takes the acceleration from leaving out each unit in turn.
            check("bca_low", got.bca->low, number_of(*expected.find("bca_tolerance")));
            check("bca_high", got.bca->high, number_of(*expected.find("bca_tolerance")));
        }
    }
}
