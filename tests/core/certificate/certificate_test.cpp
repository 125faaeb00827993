#include "core/certificate/certificate.h"

#include <cmath>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/certificate/bounds.h"
#include "core/stats/random.h"
#include "tests/support/approval.h"

using namespace countersign;
using namespace countersign::certificate;
using namespace countersign::tests;
using Catch::Approx;

namespace {

Request request_of(int32_t epsilon_ppm, int32_t delta_ppm) {
    Request out{.epsilon = Ppm{epsilon_ppm}, .delta = Ppm{delta_ppm}};
    out.provenance = {.scope = "all items",
                      .model = ModelId("topics-3"),
                      .calibrator = "temperature-2",
                      .from = Instant{1'790'000'000 * kSecond_us},
                      .to = Instant{1'792'592'000 * kSecond_us}};
    return out;
}

// 1,000 above .9 with 4 wrong, 200 below with 50.
std::vector<Judged> sample_story() {
    std::vector<Judged> out;
    for (int i = 0; i < 1000; ++i) {
        out.push_back({Ppm{900'000 + (i * 90)}, i % 250 == 7 ? Finding::wrong : Finding::right});
    }
    for (int i = 0; i < 200; ++i) {
        out.push_back({Ppm{300'000 + (i * 1000)}, i % 4 == 0 ? Finding::wrong : Finding::right});
    }
    return out;
}

std::string field_of(const Request& request) {
    const auto made = certify(Sample({}), request);
    return made.ok() ? "no error" : made.error().field;
}

}  // namespace

TEST_CASE("a certificate states what it rests on") {
    const Certificate made = certify(Sample(sample_story()), request_of(20'000, 100'000)).value();
    REQUIRE(made.opened);
    CHECK(made.reviewed == 1200);
    CHECK_FALSE(made.plan);
    CHECK(made.found_risk_upper <= 0.02);
    CHECK(made.found_risk_upper >
          static_cast<double>(made.opened->errors) / static_cast<double>(made.opened->accepted));
    CHECK(made.found_risk_upper == Approx(clopper_pearson_upper(made.opened->errors, made.opened->accepted, 0.1 / 3)));
    CHECK(differs_from_approved("certificate/open.txt", to_text(made)).empty());
}

TEST_CASE("a closed certificate says how many more reviews it takes") {
    const Certificate made = certify(Sample(sample_story()), request_of(2'000, 100'000)).value();
    REQUIRE_FALSE(made.opened);
    REQUIRE(made.plan);
    CHECK(differs_from_approved("certificate/closed.txt", to_text(made)).empty());
}

TEST_CASE("what reviewers miss narrows what may be found, and costs a part of delta") {
    Request request = request_of(20'000, 100'000);
    request.planted = PlantedErrors{.planted = 200, .missed = 10, .delta = Ppm{20'000}};
    const CorrectedLevel at = level_of(request).value();
    const double missed = clopper_pearson_upper(10, 200, 0.02);
    CHECK(at.miss_rate_upper == Approx(missed));
    CHECK(at.level.epsilon == Approx(0.02 * (1 - missed)));
    CHECK(at.level.delta == Approx(0.08));
    const Certificate made = certify(Sample(sample_story()), request).value();
    REQUIRE(made.opened);
    // What the promise comes to: U/(1 - m) stays within epsilon.
    CHECK(made.found_risk_upper / (1 - made.miss_rate_upper) <= 0.02);
    CHECK(made.opened->threshold >=
          certify(Sample(sample_story()), request_of(20'000, 100'000)).value().opened->threshold);
    CHECK(differs_from_approved("certificate/planted.txt", to_text(made)).empty());
}

TEST_CASE("the promise holds for what is truly wrong, while reviewers miss a fifth of it") {
    constexpr uint64_t kSeed = 4242;
    constexpr int kRuns = 300;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    Request request = request_of(100'000, 100'000);
    int broken = 0;
    int broken_without = 0;
    int opened = 0;
    for (int run = 0; run < kRuns; ++run) {
        PlantedErrors planted{.planted = 300, .missed = 0, .delta = Ppm{20'000}};
        for (int i = 0; i < 300; ++i) {
            planted.missed += random.below(5) == 0 ? 1 : 0;
        }
        // Scores in [0, 1), wrong with probability (1 - s)/2; P(wrong | s >= t) is (1 - t)/4.
        std::vector<Judged> judged;
        for (int i = 0; i < 1500; ++i) {
            const auto score = static_cast<int32_t>(random.below(1'000'000));
            const bool wrong = random.uniform() < (1 - (static_cast<double>(score) / 1e6)) / 2;
            const bool found = wrong && random.below(5) != 0;
            judged.push_back({Ppm{score}, found ? Finding::wrong : Finding::right});
        }
        const auto breaks = [](const Certificate& made) {
            return made.opened && (1 - made.opened->threshold.as_double()) / 4 > 0.1;
        };
        request.planted = planted;
        const Certificate made = certify(Sample(judged), request).value();
        opened += made.opened ? 1 : 0;
        broken += breaks(made) ? 1 : 0;
        request.planted = std::nullopt;
        broken_without += breaks(certify(Sample(judged), request).value()) ? 1 : 0;
    }
    INFO("opened " << opened << ", broken " << broken << ", without the correction " << broken_without);
    CHECK(opened > kRuns / 2);
    CHECK(broken <= kRuns / 10);
    CHECK(broken_without > kRuns / 10);
}

TEST_CASE("requests that promise nothing or everything are refused with their field") {
    CHECK(field_of(request_of(0, 100'000)) == "epsilon");
    CHECK(field_of(request_of(1'000'000, 100'000)) == "epsilon");
    CHECK(field_of(request_of(20'000, 0)) == "delta");
    CHECK(field_of(request_of(20'000, 1'000'000)) == "delta");
    CHECK(field_of(request_of(1, 1)) == "no error");
    Request request = request_of(20'000, 100'000);
    request.search.starts = 0;
    CHECK(field_of(request) == "search");
    request = request_of(20'000, 100'000);
    request.planted = PlantedErrors{.planted = 10, .missed = 10};
    CHECK(field_of(request) == "planted");
    request.planted = PlantedErrors{.planted = 0, .missed = 0};
    CHECK(field_of(request) == "planted");
    request.planted = PlantedErrors{.planted = 10, .missed = 1, .delta = Ppm{100'000}};
    CHECK(field_of(request) == "planted.delta");
}
