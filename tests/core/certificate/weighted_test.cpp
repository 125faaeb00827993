// Certificates from reviews that were drawn with different propensities: the promise holds, and ignoring the
// propensities would break it.
#include "core/certificate/weighted.h"

#include <vector>

#include <catch_amalgamated.hpp>

#include "core/audit/propensity.h"
#include "core/certificate/graded.h"
#include "core/certificate/plan.h"
#include "core/stats/random.h"
#include "tests/support/approval.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::certificate;
using Catch::Approx;

namespace {

constexpr Ppm kMail{500'000};
constexpr Ppm kLetter{100'000};

// Letters (a quarter) are wrong with probability (1 - s)/2 and seldom reviewed, mail with (1 - s)/8 and often. Of all
// that comes in, so many are drawn as the coins say: above t, 7 (1 - t)/64 of all items are wrong.
std::vector<WeightedJudged> drawn(stats::Random& random, int incoming) {
    std::vector<WeightedJudged> out;
    for (int i = 0; i < incoming; ++i) {
        const bool letter = random.below(4) == 0;
        const Ppm propensity = letter ? kLetter : kMail;
        const Ppm score{static_cast<int32_t>(random.below(1'000'000))};
        const bool wrong = random.uniform() < (1 - score.as_double()) / (letter ? 2 : 8);
        if (random.uniform() < propensity.as_double()) {
            out.push_back({score, propensity, wrong ? Finding::wrong : Finding::right});
        }
    }
    return out;
}

double true_risk(Ppm threshold) {
    return 7 * (1 - threshold.as_double()) / 64;
}

Request asking(Ppm epsilon, Ppm delta) {
    Request out{.epsilon = epsilon, .delta = delta};
    out.provenance.scope = "all items";
    out.provenance.calibrator = "none";
    return out;
}

}  // namespace

TEST_CASE("the promise of weighted reviews is broken in at most a tenth of the samples, and without weights in most") {
    constexpr uint64_t kSeed = 20261201;
    constexpr int kRuns = 120;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    const Request request = asking(Ppm{80'000}, Ppm{100'000});
    int opened = 0;
    int broken = 0;
    int broken_without = 0;
    for (int run = 0; run < kRuns; ++run) {
        const auto judged = drawn(random, 16'000);
        const auto weighted = certify_weighted(judged, {kLetter, random.next()}, request);
        REQUIRE(weighted.ok());
        std::vector<Judged> as_if_alike;
        for (const WeightedJudged& one : judged) {
            as_if_alike.push_back({one.score, one.finding});
        }
        const auto alike = certify(Sample(as_if_alike), request);
        const auto breaks = [](const auto& cut) { return cut && true_risk(cut->threshold) > 0.08 ? 1 : 0; };
        opened += weighted.value().opened ? 1 : 0;
        broken += breaks(weighted.value().opened);
        broken_without += breaks(alike.value().opened);
    }
    INFO("opened " << opened << ", broken " << broken << " and without weights " << broken_without << " of " << kRuns);
    CHECK(opened > kRuns / 2);
    CHECK(broken <= kRuns / 10);
    CHECK(broken_without > kRuns / 2);
}

TEST_CASE("an image model is certified from reviews by its own risk, a little later than from random ones",
          "[shared]") {
    const auto csv = testing::read_shared("data/routing/cifar10h-resnet110/items.csv");
    if (!csv) {
        SKIP("no shared test data: data/routing");
    }
    const auto named = testing::read_predictions(*csv);
    std::vector<double> risks;
    for (const table::Prediction& one : named.predictions) {
        risks.push_back(1 - one.confidence);
    }
    const audit::PropensityRule rule(risks, 0.3);
    constexpr uint64_t kSeed = 20261202;
    constexpr int kRuns = 40;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    double coverage = 0;
    int broken = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<WeightedJudged> judged;
        for (size_t i = 0; i < named.predictions.size(); ++i) {
            const table::Prediction& one =
                named.predictions[static_cast<size_t>(random.below(named.predictions.size()))];
            const Ppm propensity = rule(1 - one.confidence);
            if (random.uniform() < propensity.as_double()) {
                judged.push_back({one.confidence_ppm, propensity, one.right() ? Finding::right : Finding::wrong});
            }
        }
        const auto made = certify_weighted(judged, {rule(0), random.next()}, asking(Ppm{20'000}, Ppm{100'000}));
        REQUIRE(made.ok());
        if (!made.value().opened) {
            continue;
        }
        int64_t accepted = 0;
        int64_t wrong = 0;
        for (const table::Prediction& one : named.predictions) {
            const bool is_accepted = one.confidence_ppm >= made.value().opened->threshold;
            accepted += is_accepted ? 1 : 0;
            wrong += is_accepted && !one.right() ? 1 : 0;
        }
        coverage += static_cast<double>(accepted) / static_cast<double>(named.predictions.size()) / kRuns;
        broken += static_cast<double>(wrong) > 0.02 * static_cast<double>(accepted) ? 1 : 0;
    }
    INFO("coverage " << coverage << ", broken " << broken << " of " << kRuns);
    CHECK(coverage > 0.65);
    CHECK(broken <= kRuns / 10);
}

TEST_CASE("with equal propensities it is the bet on errors of 0 and 1") {
    stats::Random random(7);
    std::vector<WeightedJudged> judged;
    std::vector<GradedJudged> graded;
    for (int i = 0; i < 1'500; ++i) {
        const Ppm score{static_cast<int32_t>(random.below(1'000'000))};
        const bool wrong = random.uniform() < (1 - score.as_double()) / 4;
        judged.push_back({score, Ppm{200'000}, wrong ? Finding::wrong : Finding::right});
        graded.push_back({score, wrong ? 1.0 : 0.0});
    }
    const Request request = asking(Ppm{80'000}, Ppm{100'000});
    const auto weighted = certify_weighted(judged, {Ppm{200'000}, 5}, request);
    REQUIRE(weighted.ok());
    const auto cut =
        graded_threshold(graded, {0.08, 0.1}, 5, {.first_accepted = 2 * smallest_sample(0, {0.08, 0.1 / 3})});
    REQUIRE(cut);
    REQUIRE(weighted.value().opened);
    CHECK(weighted.value().opened->threshold == cut->threshold);
    CHECK(weighted.value().opened->accepted == cut->accepted);
    CHECK(weighted.value().opened->risk == Approx(cut->mean_loss));
    CHECK(weighted.value().effective == Approx(1'500));
}

TEST_CASE("a weighted certificate reads as approved") {
    stats::Random random(11);
    Request request = asking(Ppm{80'000}, Ppm{100'000});
    const auto open = certify_weighted(drawn(random, 16'000), {kLetter, 3}, request);
    request.epsilon = Ppm{1'000};
    const auto closed = certify_weighted(drawn(random, 600), {kLetter, 3}, request);
    REQUIRE(open.ok());
    REQUIRE(closed.ok());
    CHECK(
        tests::differs_from_approved("certificate/weighted.txt", to_text(open.value()) + "\n" + to_text(closed.value()))
            .empty());
}

TEST_CASE("what a weighted certificate cannot be made of is refused") {
    const std::vector<WeightedJudged> judged{{Ppm{900'000}, Ppm{100'000}, Finding::right}};
    Request request = asking(Ppm{60'000}, Ppm{100'000});
    const auto below = certify_weighted(judged, {Ppm{200'000}, 1}, request);
    REQUIRE_FALSE(below.ok());
    CHECK(below.error().text() == "propensity: a propensity of 0.1 lies below the least that was declared, 0.2");
    CHECK_FALSE(certify_weighted(judged, {Ppm{0}, 1}, request).ok());
    request.search.method = Method::bonferroni;
    const auto other = certify_weighted(judged, {Ppm{100'000}, 1}, request);
    REQUIRE_FALSE(other.ok());
    CHECK(other.error().field == "method");
    request.search.method = Method::fixed_sequence;
    const auto few = certify_weighted({}, {Ppm{100'000}, 1}, request);
    REQUIRE(few.ok());
    CHECK_FALSE(few.value().opened);
}
