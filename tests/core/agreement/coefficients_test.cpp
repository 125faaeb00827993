// Properties that coefficients have by definition.

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha.h"
#include "core/agreement/chance_corrected.h"
#include "core/agreement/cohen.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::agreement;

namespace {

const std::vector<double> kValues{1, 2, 3, 5};

stats::AnswerTable random_table(uint64_t seed, uint32_t reviewers, double missing) {
    stats::Random random(seed);
    std::vector<stats::Answer> answers;
    for (uint32_t item = 0; item < 60; ++item) {
        const auto usual = static_cast<uint32_t>(random.below(4));
        for (uint32_t reviewer = 0; reviewer < reviewers; ++reviewer) {
            if (random.uniform() < missing) {
                continue;
            }
            // Each reviewer has a label of his own that he likes.
            answers.push_back({item, reviewer, random.uniform() < 0.6 ? usual : reviewer % 4});
        }
    }
    return {answers, 60, reviewers, 4};
}

std::vector<Weights> all_weights() {
    return {Weights::identity(4),    Weights::linear(kValues),  Weights::quadratic(kValues), Weights::radical(kValues),
            Weights::ratio(kValues), Weights::ordinal(kValues), Weights::bipolar(kValues)};
}

double value(const Outcome& outcome) {
    REQUIRE(std::holds_alternative<Coefficient>(outcome));
    return std::get<Coefficient>(outcome).value;
}

// By Conger's definition: the mean over pairs of reviewers of what these two would agree on by chance.
double slow_conger_expected(const Ratings& ratings, const Weights& weights) {
    std::vector<std::vector<double>> shares(ratings.reviewers(), std::vector<double>(4, 0));
    std::vector<double> answers(ratings.reviewers(), 0);
    for (const stats::Answer& answer : ratings.answers().all()) {
        ++shares[answer.reviewer][answer.label];
        ++answers[answer.reviewer];
    }
    double sum = 0;
    double pairs = 0;
    for (size_t g = 0; g < shares.size(); ++g) {
        for (size_t h = 0; h < g; ++h) {
            ++pairs;
            for (size_t k = 0; k < 4; ++k) {
                for (size_t l = 0; l < 4; ++l) {
                    sum += weights.at(k, l) * shares[g][k] / answers[g] * shares[h][l] / answers[h];
                }
            }
        }
    }
    return sum / pairs;
}

}  // namespace

TEST_CASE("with two reviewers who answered everything, Conger's kappa is Cohen's") {
    for (uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        const Ratings ratings(random_table(seed, 2, 0));
        for (const Weights& weights : all_weights()) {
            const double cohen = value(cohen_kappa(contingency(ratings, 0, 1), weights));
            CHECK(std::abs(value(conger_kappa(ratings, weights)) - cohen) < 1e-12);
        }
    }
}

TEST_CASE("Conger's expected agreement is the mean over pairs of reviewers, though it never goes over them") {
    for (uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        const Ratings ratings(random_table(seed, 6, 0.4));
        for (const Weights& weights : all_weights()) {
            const auto outcome = conger_kappa(ratings, weights);
            const double slow = slow_conger_expected(ratings, weights);
            CHECK(std::abs(std::get<Coefficient>(outcome).expected - slow) < 1e-12);
        }
    }
}

TEST_CASE("a reviewer without answers changes nothing") {
    const stats::AnswerTable table = random_table(3, 4, 0.3);
    const stats::AnswerTable more({table.all().begin(), table.all().end()}, table.items() + 2, 9, 4);
    const Weights weights = Weights::linear(kValues);
    CHECK(value(conger_kappa(Ratings(more), weights)) == value(conger_kappa(Ratings(table), weights)));
    CHECK(value(fleiss_kappa(Ratings(more), weights)) == value(fleiss_kappa(Ratings(table), weights)));
}

TEST_CASE("the order of answers within an item changes no byte") {
    const stats::AnswerTable table = random_table(4, 5, 0.2);
    std::vector<stats::Answer> answers(table.all().begin(), table.all().end());
    stats::Random(9).shuffle(answers);
    const Ratings one(table);
    const Ratings other(stats::AnswerTable(answers, table.items(), table.reviewers(), 4));
    for (const Weights& weights : all_weights()) {
        CHECK(value(fleiss_kappa(one, weights)) == value(fleiss_kappa(other, weights)));
        CHECK(value(gwet_ac(one, weights)) == value(gwet_ac(other, weights)));
        CHECK(value(weighted_alpha(one, weights)) == value(weighted_alpha(other, weights)));
    }
    CHECK(std::get<Alpha>(krippendorff_alpha(one, Distance::ordinal(kValues))).value ==
          std::get<Alpha>(krippendorff_alpha(other, Distance::ordinal(kValues))).value);
}

TEST_CASE("alpha with weights is alpha with the distance that the weights come from") {
    for (uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        const Ratings ratings(random_table(seed, 5, 0.5));
        const auto same = [&](const Weights& weights, const Distance& distance) {
            const double alpha = std::get<Alpha>(krippendorff_alpha(ratings, distance)).value;
            CHECK(std::abs(value(weighted_alpha(ratings, weights)) - alpha) < 1e-12);
        };
        same(Weights::identity(4), Distance::nominal(4));
        same(Weights::quadratic(kValues), Distance::interval(kValues));
        same(Weights::ratio(kValues), Distance::ratio(kValues));
    }
}

TEST_CASE("full agreement on several labels is 1 in every form") {
    std::vector<stats::Answer> answers;
    for (uint32_t item = 0; item < 8; ++item) {
        for (uint32_t reviewer = 0; reviewer < 3; ++reviewer) {
            answers.push_back({item, reviewer, item % 4});
        }
    }
    const Ratings ratings(stats::AnswerTable(answers, 8, 3, 4));
    for (const Weights& weights : all_weights()) {
        CHECK(value(fleiss_kappa(ratings, weights)) == Catch::Approx(1).margin(1e-12));
        CHECK(value(conger_kappa(ratings, weights)) == Catch::Approx(1).margin(1e-12));
        CHECK(value(brennan_prediger(ratings, weights)) == Catch::Approx(1).margin(1e-12));
        CHECK(value(gwet_ac(ratings, weights)) == Catch::Approx(1).margin(1e-12));
        CHECK(value(weighted_alpha(ratings, weights)) == Catch::Approx(1).margin(1e-12));
    }
}

TEST_CASE("the power of weights is the exponent of the distance") {
    const std::vector<double> indices = label_indices(5);
    const Weights cubic = Weights::power(indices, 3);
    CHECK(cubic.at(1, 3) == Catch::Approx(1 - (8.0 / 64)).epsilon(1e-12));
    CHECK(cubic.at(0, 4) == Catch::Approx(0).margin(1e-12));
    CHECK(Weights::power(indices, 0.5).at(0, 1) == Catch::Approx(Weights::radical(indices).at(0, 1)).epsilon(1e-12));
    CHECK(Weights::bipolar(indices).at(0, 4) == 0);
    CHECK(Weights::bipolar(indices).at(0, 1) < Weights::bipolar(indices).at(1, 2));
}
