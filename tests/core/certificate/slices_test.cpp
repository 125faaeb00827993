#include "core/certificate/slices.h"

#include <algorithm>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::certificate;

namespace {

std::vector<Judged> at_one_score(int32_t score_ppm, int count, int wrong) {
    std::vector<Judged> out;
    for (int i = 0; i < count; ++i) {
        out.push_back({Ppm{score_ppm}, i < wrong ? Finding::wrong : Finding::right});
    }
    return out;
}

Request request_of(int32_t epsilon_ppm, int32_t delta_ppm) {
    Request out{.epsilon = Ppm{epsilon_ppm}, .delta = Ppm{delta_ppm}};
    out.provenance.scope = "all items";
    return out;
}

// Scores in [0, 1), wrong with probability scale (1 - s): P(wrong | s >= t) is scale (1 - t)/2.
std::vector<Judged> drawn(stats::Random& random, int count, double scale) {
    std::vector<Judged> out;
    for (int i = 0; i < count; ++i) {
        const auto score = static_cast<int32_t>(random.below(1'000'000));
        const bool wrong = random.uniform() < scale * (1 - (static_cast<double>(score) / 1e6));
        out.push_back({Ppm{score}, wrong ? Finding::wrong : Finding::right});
    }
    return out;
}

}  // namespace

TEST_CASE("a slice with evidence of its own is certified alone; small ones fall back to the rest together") {
    const std::vector<SliceEvidence> slices{{"letters", at_one_score(950'000, 2000, 4)},
                                            {"faxes", at_one_score(900'000, 180, 0)},
                                            {"calls", at_one_score(900'000, 180, 0)}};
    const SliceCertificates made = certify_slices(slices, request_of(20'000, 100'000)).value();
    REQUIRE(made.alone.size() == 3);
    CHECK(made.alone[0].opened);
    CHECK(made.alone[0].asked.provenance.scope == "letters");
    CHECK_FALSE(made.alone[1].opened);
    REQUIRE(made.alone[1].plan);
    CHECK(made.alone[1].plan->if_no_more_errors > 0);
    REQUIRE(made.rest);
    CHECK(made.rest->asked.provenance.scope == "rest of all items");
    CHECK(made.rest->reviewed == 360);
    CHECK(made.threshold_of(0) == Ppm{950'000});
    CHECK(made.threshold_of(1) == Ppm{900'000});
    CHECK(made.threshold_of(2) == Ppm{900'000});
}

TEST_CASE("an easy slice does not pay for a hard one") {
    // Together 24 of 2,200 are wrong, about 1 %: a certificate of the parent would open. The small one has 8 %.
    const std::vector<SliceEvidence> slices{{"easy", at_one_score(950'000, 2000, 8)},
                                            {"hard", at_one_score(950'000, 200, 16)}};
    std::vector<Judged> all = slices[0].judged;
    all.insert(all.end(), slices[1].judged.begin(), slices[1].judged.end());
    const Request request = request_of(20'000, 100'000);
    CHECK(certify(Sample(all), request).value().opened);
    const SliceCertificates made = certify_slices(slices, request).value();
    CHECK(made.threshold_of(0) == Ppm{950'000});
    CHECK_FALSE(made.threshold_of(1));
}

TEST_CASE("a slice that needs its share of delta no longer leaves it to the others") {
    // One wrong of 310 passes at .05/3, not at half of that.
    const std::vector<Judged> borderline = at_one_score(900'000, 310, 1);
    const Request request = request_of(20'000, 100'000);
    const std::vector<SliceEvidence> beside_hard{{"hard", at_one_score(950'000, 500, 100)}, {"border", borderline}};
    CHECK_FALSE(certify_slices(beside_hard, request).value().alone[1].opened);
    const std::vector<SliceEvidence> beside_easy{{"easy", at_one_score(950'000, 2000, 0)}, {"border", borderline}};
    CHECK(certify_slices(beside_easy, request).value().alone[1].opened);
}

TEST_CASE("no slices, empty slices, and a method that does not fit") {
    const Request request = request_of(20'000, 100'000);
    CHECK(certify_slices({}, request).value().alone.empty());
    const std::vector<SliceEvidence> empty{{"nothing yet", {}}};
    const SliceCertificates made = certify_slices(empty, request).value();
    CHECK_FALSE(made.threshold_of(0));
    CHECK(made.alone[0].plan);
    Request other = request;
    other.search.method = Method::selection_with_guaranteed_risk;
    CHECK(certify_slices({}, other).error().field == "search.method");
}

TEST_CASE("all promises about slices and their rest break together in at most a tenth of the samples") {
    constexpr uint64_t kSeed = 31337;
    constexpr int kRuns = 300;
    constexpr double kEpsilon = 0.08;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    const std::vector<double> scales{0.1, 0.3, 0.5, 0.5, 0.8};
    const std::vector<int> sizes{400, 500, 300, 120, 120};
    int broken = 0;
    int alone = 0;
    int fell_back = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<SliceEvidence> slices;
        for (size_t i = 0; i < scales.size(); ++i) {
            slices.push_back({"slice", drawn(random, sizes[i], scales[i])});
        }
        const SliceCertificates made = certify_slices(slices, request_of(80'000, 100'000)).value();
        bool breaks = false;
        double rest_accepted = 0;
        double rest_wrong = 0;
        for (size_t i = 0; i < scales.size(); ++i) {
            const auto threshold = made.threshold_of(i);
            const double above = threshold ? 1 - threshold->as_double() : 0;
            const double risk = scales[i] * above / 2;
            if (made.alone[i].opened) {
                ++alone;
                breaks = breaks || risk > kEpsilon;
            } else if (threshold) {
                ++fell_back;
                rest_accepted += sizes[i] * above;
                rest_wrong += sizes[i] * above * risk;
            }
        }
        broken += breaks || rest_wrong > kEpsilon * rest_accepted ? 1 : 0;
    }
    INFO("certified alone " << alone << ", by the rest " << fell_back << ", broken " << broken << " of " << kRuns);
    CHECK(alone > kRuns);
    CHECK(fell_back > kRuns / 10);
    CHECK(broken <= kRuns / 10);
}
