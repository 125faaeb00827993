#include "core/certificate/graded.h"

#include <vector>

#include <catch_amalgamated.hpp>

#include "core/certificate/betting.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::certificate;
using Catch::Approx;

namespace {

// Scores in [0, 1); the loss is 0, half or whole, with mean (1 - s)/4: above t it is (1 - t)/8.
std::vector<GradedJudged> drawn(stats::Random& random, int count) {
    std::vector<GradedJudged> out;
    for (int i = 0; i < count; ++i) {
        const auto score = static_cast<int32_t>(random.below(1'000'000));
        const double wrong = (1 - (static_cast<double>(score) / 1e6)) / 3;
        const double chance = random.uniform();
        out.push_back({Ppm{score}, chance < wrong / 2 ? 1 : (chance < wrong ? 0.5 : 0)});
    }
    return out;
}

}  // namespace

TEST_CASE("of many small losses a threshold opens that whole errors would keep closed") {
    std::vector<GradedJudged> judged;
    for (int i = 0; i < 1000; ++i) {
        judged.push_back({Ppm{900'000}, i % 10 == 0 ? 0.1 : 0});
    }
    const auto cut = graded_threshold(judged, {0.03, 0.1}, 1);
    REQUIRE(cut);
    CHECK(cut->threshold == Ppm{900'000});
    CHECK(cut->accepted == 1000);
    CHECK(cut->mean_loss == Approx(0.01));
    CHECK(cut->upper > 0.01);
    CHECK(cut->upper <= 0.03);
    for (GradedJudged& one : judged) {
        one.loss = one.loss > 0 ? 1 : 0;
    }
    CHECK_FALSE(graded_threshold(judged, {0.03, 0.1}, 1));
}

TEST_CASE("a bet refutes exactly what lies above its bound") {
    stats::Random random(5);
    std::vector<double> losses;
    for (const GradedJudged& one : drawn(random, 400)) {
        losses.push_back(one.loss);
    }
    const double upper = betting_upper(losses, 0.05);
    CHECK(betting_refutes(losses, upper + 1e-6, 0.05));
    CHECK_FALSE(betting_refutes(losses, upper - 1e-6, 0.05));
}

TEST_CASE("too few items and none open nothing") {
    CHECK_FALSE(graded_threshold({}, {0.03, 0.1}, 1));
    const std::vector<GradedJudged> few(50, GradedJudged{Ppm{900'000}, 0});
    CHECK_FALSE(graded_threshold(few, {0.03, 0.1}, 1));
}

TEST_CASE("the promise about the mean loss is broken in at most a tenth of the samples") {
    constexpr uint64_t kSeed = 20261205;
    constexpr int kRuns = 120;
    constexpr double kEpsilon = 0.06;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    int opened = 0;
    int broken = 0;
    for (int run = 0; run < kRuns; ++run) {
        const auto cut = graded_threshold(drawn(random, 1500), {kEpsilon, 0.1}, random.next());
        opened += cut ? 1 : 0;
        broken += cut && (1 - cut->threshold.as_double()) / 8 > kEpsilon ? 1 : 0;
    }
    INFO("opened " << opened << ", broken " << broken << " of " << kRuns);
    CHECK(opened > kRuns / 3);
    CHECK(broken <= kRuns / 10);
}
