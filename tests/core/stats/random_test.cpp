#include "core/stats/random.h"

#include <algorithm>
#include <array>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/stats/special.h"

using countersign::stats::Random;

TEST_CASE("the same seed gives the same numbers on every machine") {
    Random random(1);
    // xoshiro256** from SplitMix64(1), as the authors' own code gives them.
    CHECK(random.next() == 0xb3f2af6d0fc710c5);
    CHECK(random.next() == 0x853b559647364cea);
    CHECK(random.next() == 0x92f89756082a4514);
}

TEST_CASE("numbers below a bound are equally frequent") {
    constexpr uint64_t kBound = 10;
    constexpr int kDraws = 100'000;
    Random random(20261201);
    std::array<int, kBound> counts{};
    for (int i = 0; i < kDraws; ++i) {
        ++counts.at(static_cast<size_t>(random.below(kBound)));
    }
    double chi_squared = 0;
    for (const int count : counts) {
        const double expected = static_cast<double>(kDraws) / kBound;
        chi_squared += (count - expected) * (count - expected) / expected;
    }
    CHECK(countersign::stats::chi_squared_cdf(chi_squared, kBound - 1) < 0.999);
}

TEST_CASE("a uniform number is at least 0 and below 1, with the mean and variance of its kind") {
    Random random(7);
    double sum = 0;
    double squares = 0;
    constexpr int kDraws = 100'000;
    for (int i = 0; i < kDraws; ++i) {
        const double number = random.uniform();
        REQUIRE((number >= 0 && number < 1));
        sum += number;
        squares += number * number;
    }
    CHECK(std::abs((sum / kDraws) - 0.5) < 0.004);
    CHECK(std::abs((squares / kDraws) - (1.0 / 3)) < 0.004);
}

TEST_CASE("a shuffle keeps every element, and puts each at the first place equally often") {
    Random random(3);
    std::array<int, 5> first{};
    for (int i = 0; i < 50'000; ++i) {
        std::vector<int> list{0, 1, 2, 3, 4};
        random.shuffle(list);
        ++first.at(static_cast<size_t>(list.front()));
        std::ranges::sort(list);
        REQUIRE(list == std::vector<int>{0, 1, 2, 3, 4});
    }
    for (const int count : first) {
        CHECK(std::abs(count - 10'000) < 400);
    }
}
