#include "core/consensus/effectiveness.h"

#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign::consensus;
using Catch::Matchers::WithinAbs;

TEST_CASE("Wilson's interval is that of the textbooks, and never leaves [0, 1]") {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const Share a = wilson(81, 263);
    CHECK_THAT(a.low, WithinAbs(0.2553, 5e-5));
    CHECK_THAT(a.high, WithinAbs(0.3662, 5e-5));
    const Share b = wilson(15, 148);
    CHECK_THAT(b.low, WithinAbs(0.0624, 5e-5));
    CHECK_THAT(b.high, WithinAbs(0.1605, 5e-5));
    const Share none = wilson(0, 20);
    CHECK(none.low == 0);
    CHECK_THAT(none.high, WithinAbs(0.1611, 5e-5));
    CHECK(wilson(20, 20).high == 1);
    const Share nothing = wilson(0, 0);
    CHECK(nothing.low == 0);
    CHECK(nothing.high == 1);
}

TEST_CASE("a difference of shares has Newcombe's interval") {
    // Newcombe 1998, example (a): 56/70 - 48/80 = 0.2, method 10: 0.0524 to 0.3339.
    const Difference found = difference(wilson(56, 70), wilson(48, 80));
    CHECK_THAT(found.value, WithinAbs(0.2, 1e-12));
    CHECK_THAT(found.low, WithinAbs(0.0524, 5e-5));
    CHECK_THAT(found.high, WithinAbs(0.3339, 5e-5));
    CHECK(difference(wilson(1, 2), wilson(0, 0)).low == -1);
}

TEST_CASE("corrections, missed errors and harm are counted from what was predicted, said and true") {
    std::vector<ReviewedPrediction> reviews;
    const auto add = [&](uint32_t predicted, uint32_t reviewed, uint32_t outcome, int times) {
        reviews.insert(reviews.end(), static_cast<size_t>(times), {predicted, reviewed, outcome});
    };
    add(0, 0, 0, 70);  // right and kept
    add(0, 1, 1, 12);  // wrong and corrected
    add(0, 0, 1, 5);   // missed
    add(0, 2, 1, 3);   // seen, but corrected to something wrong
    add(1, 0, 1, 10);  // made wrong
    const Effectiveness found = effectiveness(reviews);
    CHECK(found.correction_precision.hits == 12);
    CHECK(found.correction_precision.all == 25);
    CHECK(found.missed_errors.hits == 5);
    CHECK(found.missed_errors.all == 20);
    CHECK(found.harm.hits == 10);
    CHECK(found.harm.all == 80);
    CHECK(found.right_before.value == 0.8);
    CHECK(found.right_after.value == 0.82);
    CHECK(found.harm.low < 0.125);
    CHECK(found.harm.high > 0.125);
    CHECK(effectiveness({}).harm.all == 0);
}
