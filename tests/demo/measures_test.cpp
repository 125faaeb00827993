#include "demo/classifier/measures.h"

#include <cmath>

#include <catch_amalgamated.hpp>

using namespace countersign::demo;

TEST_CASE("measures of four texts, by hand") {
    const std::vector<Judged> judged = {
        {{0.9, 0.05, 0.05}, 0},  // right
        {{0.8, 0.1, 0.1}, 1},    // taken for 0
        {{0.2, 0.7, 0.1}, 1},    // right
        {{0.3, 0.3, 0.4}, 0},    // taken for 2
    };
    const Measures measures = measure(judged, 3);
    CHECK(measures.right == 2);
    CHECK(measures.log_loss == Catch::Approx(-(std::log(0.9) + std::log(0.1) + std::log(0.7) + std::log(0.3)) / 4));
    // Each text has a bin of its own: |1-0.9| + |0-0.8| + |1-0.7| + |0-0.4|, over four.
    CHECK(measures.calibration_error == Catch::Approx((0.1 + 0.8 + 0.3 + 0.4) / 4));
    CHECK(measures.labels[0].texts == 2);
    CHECK(measures.labels[0].predicted == 2);
    CHECK(measures.labels[0].right == 1);
    CHECK(measures.labels[2].texts == 0);
    REQUIRE(measures.confusions.size() == 2);
    CHECK(measures.confusions[0].answer == 0);
    CHECK(measures.confusions[0].predicted == 2);
    CHECK(measures.shares[0].texts == 3);
    CHECK(measures.shares[2].texts == 2);
    CHECK(measures.shares[2].wrong == 1);
    CHECK(measures.shares[3].texts == 1);
    CHECK(measures.shares[3].wrong == 0);
}

TEST_CASE("certainty that errs is punished, not lost") {
    const Measures measures = measure(std::vector<Judged>{{{1.0, 0.0}, 1}}, 2);
    CHECK(measures.log_loss == Catch::Approx(-std::log(1e-15)));
    CHECK(measures.calibration_error == 1);
}
