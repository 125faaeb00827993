#include "core/gate/paired.h"

#include <cmath>
#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign::gate;

TEST_CASE("pairs are counted by who is right, over all items and over some") {
    const std::vector<PairedItem> items{{true, true}, {true, false}, {false, true}, {false, false}, {false, true}};
    CHECK(count_pairs(items) == PairedCounts{.both_right = 1, .fixed = 2, .broken = 1, .both_wrong = 1});
    const std::vector<uint32_t> chosen{1, 4};
    CHECK(count_pairs(items, chosen) == PairedCounts{.fixed = 1, .broken = 1});
    CHECK(count_pairs(items).difference() == 0.2);
}

TEST_CASE("McNemar's exact test gives the sums of Pascal's triangle") {
    // Of 10 tosses: 1, 10, 45, 120, 210, 252, ... of 1024.
    const McNemar test = mcnemar({.both_right = 70, .fixed = 8, .broken = 2, .both_wrong = 20});
    CHECK(test.improvement == Catch::Approx(56.0 / 1024));
    CHECK(test.regression == Catch::Approx(1013.0 / 1024));
    CHECK(test.two_sided == Catch::Approx(112.0 / 1024));
    CHECK(test.two_sided_mid == Catch::Approx(67.0 / 1024));
    const McNemar even = mcnemar({.fixed = 3, .broken = 3});
    CHECK(even.two_sided == 1);
    CHECK(even.two_sided_mid == 1);
    CHECK(even.improvement == Catch::Approx(42.0 / 64));
    const McNemar all = mcnemar({.fixed = 5});
    CHECK(all.improvement == Catch::Approx(1.0 / 32));
    CHECK(all.regression == 1);
    CHECK(all.two_sided_mid == Catch::Approx(1.0 / 32));
}

TEST_CASE("models that never differ are not told apart") {
    const McNemar test = mcnemar({.both_right = 100, .both_wrong = 3});
    CHECK((test.two_sided == 1 && test.improvement == 1 && test.regression == 1 && test.log_two_sided == 0));
}

TEST_CASE("a p-value that no double holds has its logarithm") {
    const McNemar test = mcnemar({.fixed = 3000, .broken = 0});
    CHECK(test.improvement == 0);
    CHECK(test.log_improvement == Catch::Approx(-3000 * std::log(2.0)));
    CHECK(test.log_two_sided == Catch::Approx(-2999 * std::log(2.0)));
    CHECK(test.log_regression == 0);
}
