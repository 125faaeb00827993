#include "core/calibration/choose.h"

#include <catch_amalgamated.hpp>

#include "core/calibration/calibrator_json.h"
#include "core/stats/random.h"
#include "tests/core/calibration/routing_set.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

namespace {

// Right with the probability that the map makes of what is stated.
std::vector<Outcome> drawn(size_t count, uint64_t seed, const Calibrator& truth) {
    stats::Random random(seed);
    std::vector<Outcome> out;
    for (size_t i = 0; i < count; ++i) {
        const double confidence = 0.5 + (random.uniform() / 2);
        out.push_back({.confidence = confidence, .right = random.uniform() < calibrate(truth, confidence)});
    }
    return out;
}

}  // namespace

TEST_CASE("a model that is calibrated keeps its confidences in 19 of 20 projects") {
    int mapped = 0;
    for (uint64_t seed = 1; seed <= 60; ++seed) {
        const Choice choice = choose_calibrator(drawn(150, seed, Identity{}), {}, {.seed = seed});
        mapped += choice.reason == ChoiceReason::clearly_better ? 1 : 0;
        CHECK(std::holds_alternative<Identity>(choice.calibrator) ==
              (choice.reason == ChoiceReason::not_clearly_better));
    }
    INFO(mapped << " of 60 were mapped");
    CHECK(mapped <= 6);
}

TEST_CASE("fewer than 200 reviews allow a temperature only, and fewer than two nothing") {
    const Calibrator truth = Platt{.slope = 0.2, .intercept = 0.5};
    const Choice few = choose_calibrator(drawn(199, 31, truth), {}, {});
    CHECK(few.candidates.size() == 2);
    CHECK(few.reason == ChoiceReason::clearly_better);
    CHECK(method_name(few.calibrator) == "temperature");
    CHECK(explain(few).ends_with("So few reviews allow a temperature only."));
    CHECK(choose_calibrator(drawn(200, 31, truth), {}, {}).candidates.size() == 6);
    for (const size_t count : {size_t{0}, size_t{1}}) {
        const Choice none = choose_calibrator(drawn(count, 31, truth), {}, {});
        CHECK(none.reason == ChoiceReason::too_few_reviews);
        CHECK(none.calibrator == Calibrator(Identity{}));
        CHECK(explain(none).starts_with("Confidences stay as stated"));
    }
    // Of 400 reviews, ten speak for all others.
    std::vector<Outcome> uneven = drawn(400, 32, truth);
    for (size_t i = 0; i < 10; ++i) {
        uneven[i].weight = 1000;
    }
    CHECK(choose_calibrator(uneven, {}, {}).few);
}

TEST_CASE("the shape of a model's error decides which map it gets, and the simplest that fits wins") {
    const auto method = [](const Calibrator& truth) {
        const Choice choice = choose_calibrator(drawn(3000, 33, truth), {}, {.seed = 1});
        INFO(explain(choice));
        CHECK(choice.reason == ChoiceReason::clearly_better);
        return std::string(method_name(choice.calibrator));
    };
    CHECK(method(Temperature{Temperature::Over::confidence, 2.5}) == "temperature");
    CHECK(method(Platt{.slope = 0.5, .intercept = -0.8}) == "platt");
    const std::string stairs = method(Histogram{{{0.6, 0.2}, {0.75, 0.25}, {0.8, 0.9}, {1, 0.95}}});
    CHECK((stairs == "histogram" || stairs == "isotonic"));
}

TEST_CASE("the same reviews and seed give the same choice, also when all reviews are right") {
    const std::vector<Outcome> reviews = drawn(500, 34, Platt{.slope = 0.5, .intercept = -0.5});
    const Choice first = choose_calibrator(reviews, {}, {.seed = 9});
    const Choice again = choose_calibrator(reviews, {}, {.seed = 9});
    CHECK(to_json(first.calibrator) == to_json(again.calibrator));
    CHECK(explain(first) == explain(again));
    CHECK(first.winner().log_loss != choose_calibrator(reviews, {}, {.seed = 10}).winner().log_loss);

    std::vector<Outcome> right = reviews;
    for (Outcome& one : right) {
        one.right = true;
    }
    const Choice all_right = choose_calibrator(right, {}, {});
    CHECK(all_right.reason == ChoiceReason::clearly_better);
    CHECK(calibrate(all_right.calibrator, 0.6) > 0.9);
}

TEST_CASE("of five real models the calibrated one is left alone and the others get better") {
    for (const std::string_view name : kRoutingSets) {
        const auto set = read_routing_set(name);
        if (!set) {
            SKIP("no shared test data: data/routing");
        }
        const Choice choice = choose_calibrator(set->even, set->even_classes, {.seed = 1, .folds = 2});
        INFO(name << ": " << explain(choice));
        const Measures raw = measure(set->odd).value();
        const Measures is = measure(set->odd_classes.empty() ? mapped(choice.calibrator, set->odd)
                                                             : mapped(choice.calibrator, set->odd_classes))
                                .value();
        if (name == "adult-income") {
            CHECK(std::holds_alternative<Identity>(choice.calibrator));
            continue;
        }
        CHECK(choice.reason == ChoiceReason::clearly_better);
        CHECK(is.log_loss < raw.log_loss - 0.02);
        CHECK(is.ece < raw.ece / 2.5);
        CHECK(is.ks < raw.ks / 2.5);
    }
}
