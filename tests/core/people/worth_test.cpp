// What an answer is worth, against the sum over all answers and truths, and how due times press.

#include "core/people/worth.h"

#include <limits>
#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign;
using namespace countersign::people;
using Catch::Matchers::WithinAbs;

namespace {

// By Bayes' rule for each answer: sum over y of P(y) sum over k of P(k|y)^2, less the sum of P(k)^2.
double gain_by_bayes(double certainty, double right, uint32_t labels) {
    const double others = labels - 1;
    std::vector<double> prior(labels, (1 - certainty) / others);
    prior[0] = certainty;
    double gain = 0;
    for (uint32_t y = 0; y < labels; ++y) {
        double answer = 0;
        double squares = 0;
        for (uint32_t k = 0; k < labels; ++k) {
            const double joint = prior[k] * (y == k ? right : (1 - right) / others);
            answer += joint;
            squares += joint * joint;
        }
        gain += answer > 0 ? squares / answer : 0;
    }
    for (const double p : prior) {
        gain -= p * p;
    }
    return gain;
}

}  // namespace

TEST_CASE("the gain of an answer is what Bayes' rule makes of it") {
    for (const uint32_t labels : {2U, 3U, 7U}) {
        for (const double certainty : {1.0 / labels, 0.5, 0.8, 0.95, 1.0}) {
            for (const double right : {0.0, 1.0 / labels, 0.6, 0.9, 1.0}) {
                INFO(labels << " labels, certainty " << certainty << ", right " << right);
                CHECK_THAT(gain_of_answer(certainty, right, labels),
                           WithinAbs(gain_by_bayes(certainty, right, labels), 1e-12));
            }
        }
    }
}

TEST_CASE("a better answer gains more, a guess nothing, and nothing is gained where all is known") {
    CHECK_THAT(gain_of_answer(0.7, 0.25, 4), WithinAbs(0, 1e-12));
    CHECK_THAT(gain_of_answer(1, 0.9, 4), WithinAbs(0, 1e-12));
    double before = 0;
    for (int i = 30; i <= 100; ++i) {
        const double gain = gain_of_answer(0.7, i / 100.0, 4);
        CHECK(gain > before);
        before = gain;
    }
    // Somebody who is right less often than the item is sure still tells something.
    CHECK(gain_of_answer(0.95, 0.9, 2) > 0.01);
}

TEST_CASE("what is due soon presses, and what is late presses as much as anything can") {
    CHECK(urgency(-1e6, 3600) == 1);
    CHECK(urgency(0, 3600) == 1);
    // With the horizon's slack it is half of what it can be.
    CHECK_THAT(urgency(3600, 3600), WithinAbs(0.5, 1e-12));
    CHECK(urgency(7200, 3600) < 0.5);
    CHECK(urgency(std::numeric_limits<double>::infinity(), 3600) == 0);
}

TEST_CASE("difficulty is taken from the logit") {
    CHECK_THAT(chance_of_right(0.8, 0), WithinAbs(0.8, 1e-12));
    CHECK(chance_of_right(0.8, 1) < 0.8);
    CHECK_THAT(chance_of_right(chance_of_right(0.8, 1), -1), WithinAbs(0.8, 1e-12));
}
