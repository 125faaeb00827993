// Automation bias: the counts, the interval against a published example, and crowds whose bias is known.

#include "core/people/automation_bias.h"

#include <vector>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/base/ids.h"
#include "core/people/gold.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::people;
using Catch::Matchers::WithinAbs;

namespace {

void add(std::vector<SeenPrediction>& out, Sight sight, int accepted, int all, uint32_t truth) {
    for (int i = 0; i < all; ++i) {
        out.push_back({.sight = sight, .predicted = 1, .answered = i < accepted ? 1U : 0U, .truth = truth});
    }
}

// Somebody who is right alone with `skill` of three labels, and else accepts a prediction that he sees with `trust`.
std::vector<SeenPrediction> work(stats::Random& random, int items, double skill, double trust) {
    std::vector<SeenPrediction> out;
    for (int i = 0; i < items; ++i) {
        SeenPrediction one;
        one.sight = is_prediction_shown("key", ItemId(concat(random.next())), ActorId("ana"), Ppm{900'000})
                        ? Sight::shown
                        : Sight::hidden;
        one.truth = static_cast<uint32_t>(random.below(3));
        one.predicted =
            random.uniform() < 0.5 ? one.truth : (one.truth + 1 + static_cast<uint32_t>(random.below(2))) % 3;
        one.answered = random.uniform() < skill ? one.truth : static_cast<uint32_t>(random.below(3));
        if (one.sight == Sight::shown && random.uniform() < trust) {
            one.answered = one.predicted;
        }
        out.push_back(one);
    }
    return out;
}

}  // namespace

TEST_CASE("the difference has Newcombe's interval") {
    // Newcombe 1998, table II, example (a): 56/70 - 48/80 = .20, method 10: .0524 to .3339.
    std::vector<SeenPrediction> answers;
    add(answers, Sight::shown, 56, 70, 0);
    add(answers, Sight::hidden, 48, 80, 0);
    add(answers, Sight::shown, 9, 10, 1);  // right predictions are counted apart
    const AutomationBias bias = automation_bias(answers);
    CHECK_THAT(bias.on_wrong.difference.value, WithinAbs(0.2, 1e-12));
    CHECK_THAT(bias.on_wrong.difference.low, WithinAbs(0.0524, 5e-5));
    CHECK_THAT(bias.on_wrong.difference.high, WithinAbs(0.3339, 5e-5));
    CHECK(bias.verdict == BiasVerdict::biased);
    CHECK(bias.on_right.shown.hits == 9);
    CHECK(bias.on_right.hidden.all == 0);
    CHECK(sentence(bias) ==
          "of 70 wrong predictions that were shown 56 were accepted, of 80 hidden 48 were said all the same: a "
          "difference of 20 points (5 to 33)");
}

TEST_CASE("without hidden predictions nothing is said") {
    std::vector<SeenPrediction> answers;
    add(answers, Sight::shown, 50, 50, 0);
    const AutomationBias bias = automation_bias(answers);
    CHECK(bias.verdict == BiasVerdict::cannot_tell);
    CHECK(sentence(bias) == "wrong predictions: 50 shown, 0 hidden; without both nothing can be said");
}

TEST_CASE("who believes what he sees is found out, who does not is not accused") {
    stats::Random random(9);
    const auto verdict = [&](double trust, int items) {
        return automation_bias(work(random, items, 0.8, trust)).verdict;
    };
    INFO("seed 9");
    CHECK(verdict(0.4, 4000) == BiasVerdict::biased);
    CHECK(verdict(0, 8000) == BiasVerdict::not_biased);
    CHECK(verdict(0.1, 100) == BiasVerdict::cannot_tell);
    // False alarms of the interval's lower end: one in forty.
    int accused = 0;
    for (int i = 0; i < 400; ++i) {
        accused += verdict(0, 400) == BiasVerdict::biased ? 1 : 0;
    }
    CHECK(accused <= 20);
}
