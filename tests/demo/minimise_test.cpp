#include "demo/classifier/minimise.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "demo/classifier/learners.h"
#include "demo/classifier/temperature.h"

using namespace countersign::demo;

TEST_CASE("the minimum of a badly scaled quadratic is found") {
    // f = sum of w_i (x_i - i)^2 with weights from 1 to 1000.
    const Objective objective = [](std::span<const double> at, std::span<double> gradient) {
        double value = 0;
        for (size_t i = 0; i < at.size(); ++i) {
            const double weight = std::pow(10.0, static_cast<double>(i % 4));
            const double gap = at[i] - static_cast<double>(i);
            value += weight * gap * gap;
            gradient[i] = 2 * weight * gap;
        }
        return value;
    };
    const std::vector<double> found =
        minimise(objective, 20, {.max_steps = 200, .memory = 8, .gradient_tolerance = 1e-9});
    for (size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i] == Catch::Approx(static_cast<double>(i)).margin(1e-8));
    }
}

TEST_CASE("logistic regression stands where its gradient is zero") {
    // Two features, three labels; at the minimum l2 * w equals the mean of (answer - probability) * x.
    const Problem problem{{{{0, 1.0}}, {{1, 1.0}}, {{0, 0.6}, {1, 0.8}}, {{0, 1.0}}}, {0, 1, 2, 2}, 3, 2};
    const double l2 = 0.01;
    const LinearWeights model = fit_logistic(problem, l2);
    for (size_t feature = 0; feature < 2; ++feature) {
        for (size_t label = 0; label < 3; ++label) {
            double mean = 0;
            for (size_t i = 0; i < problem.inputs.size(); ++i) {
                const std::vector<double> p = probabilities_of(scores_of(model, problem.inputs[i]), 1);
                for (const Weighted& entry : problem.inputs[i]) {
                    const double target = problem.answers[i] == label ? 1 : 0;
                    mean += entry.index == feature ? (target - p[label]) * entry.weight / 4 : 0;
                }
            }
            CHECK(l2 * model.weights[(feature * 3) + label] == Catch::Approx(mean).margin(2e-5));
        }
    }
}

TEST_CASE("complement naive Bayes: weights by hand") {
    // Label 0 has feature 0 twice, label 1 has feature 1 once. Elsewhere counts with smoothing 1:
    // label 0 sees (0+1, 1+1) of 3, label 1 sees (2+1, 0+1) of 4.
    const Problem problem{{{{0, 1.0}}, {{0, 1.0}}, {{1, 1.0}}}, {0, 0, 1}, 2, 2};
    const LinearWeights model = fit_complement_bayes(problem, 1);
    CHECK(model.weights[0] == Catch::Approx(-std::log(1.0 / 3)));
    CHECK(model.weights[1] == Catch::Approx(-std::log(3.0 / 4)));
    CHECK(model.weights[2] == Catch::Approx(-std::log(2.0 / 3)));
    CHECK(model.weights[3] == Catch::Approx(-std::log(1.0 / 4)));
}

TEST_CASE("the temperature that made the answers is found again") {
    // Scores (s, 0); of 1000 answers as many are 0 as softmax(s / 2.5) says.
    std::vector<Scored> scored;
    for (const double score : {0.5, 2.0, 5.0}) {
        const double p = 1 / (1 + std::exp(-score / 2.5));
        for (int i = 0; i < 1000; ++i) {
            scored.push_back({{score, 0}, i < std::lround(1000 * p) ? 0U : 1U});
        }
    }
    CHECK(fit_temperature(scored) == Catch::Approx(2.5).epsilon(0.01));
}
