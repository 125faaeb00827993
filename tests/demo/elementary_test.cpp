#include "demo/classifier/elementary.h"

#include <cmath>
#include <random>

#include <catch_amalgamated.hpp>

using namespace countersign::demo;

TEST_CASE("exp and ln agree with the C library to 1e-15") {
    const uint32_t seed = 20261123;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    double worst_exp = 0;
    double worst_ln = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double x = (static_cast<double>(random()) / 4294967295.0 * 1400) - 700;
        worst_exp = std::max(worst_exp, std::abs((exponential(x) / std::exp(x)) - 1));
        const double y = std::ldexp(1 + (static_cast<double>(random()) / 4294967296.0), (i % 600) - 300);
        const double ln = std::log(y);
        worst_ln = std::max(worst_ln, std::abs(natural_log(y) - ln) / std::max(std::abs(ln), 1e-3));
    }
    CHECK(worst_exp < 1e-15);
    CHECK(worst_ln < 1e-15);
}

TEST_CASE("exp and ln are exact where they can be, and bounded") {
    CHECK(exponential(0) == 1);
    CHECK(natural_log(1) == 0);
    CHECK(exponential(-701) == 0);
    CHECK(exponential(1e9) == exponential(700));
    CHECK(std::isfinite(exponential(1e9)));
}

TEST_CASE("exp and ln have these bits on every machine") {
    CHECK(exponential(1) == 0x1.5bf0a8b14576ap+1);
    CHECK(exponential(-3.25) == exponential(-3.25));
    CHECK(natural_log(10) == 0x1.26bb1bbb55516p+1);
}
