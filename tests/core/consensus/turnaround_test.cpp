#include "core/consensus/turnaround.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/stats/elementary.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::consensus;
using Catch::Matchers::WithinAbs;

TEST_CASE("whoever gets the hard items is not called slow") {
    // Three reviewers; hard items take four times as long. The first gets mostly hard ones, the third is twice as slow.
    for (const uint64_t seed : {1U, 2U, 3U}) {
        INFO("seed " << seed);
        stats::Random random(seed);
        std::vector<TimedReview> reviews;
        for (uint32_t item = 0; item < 300; ++item) {
            const bool hard = item % 2 == 0;
            for (uint32_t j = 0; j < 5; ++j) {
                if (random.uniform() < (j == 0 ? (hard ? 0.9 : 0.1) : 0.5)) {
                    const double noise = stats::exp(0.3 * (random.uniform() - 0.5));
                    reviews.push_back({item, j, (hard ? 40.0 : 10.0) * (j == 2 ? 2 : 1) * noise});
                }
            }
        }
        const Turnaround found = turnaround(reviews, 301, 6);
        CHECK_THAT(found.reviewer_log_factor[0], WithinAbs(0, 0.05));
        CHECK_THAT(found.reviewer_log_factor[2], WithinAbs(stats::log(2), 0.08));
        CHECK(found.reviewer_log_factor[5] == 0);
        double harder = 0;
        for (size_t item = 0; item < 300; item += 2) {
            harder += (found.item_log_seconds[item] - found.item_log_seconds[item + 1]) / 150;
        }
        // A few items have no review, and count as typical ones.
        CHECK_THAT(harder, WithinAbs(stats::log(4), 0.15));
        CHECK(std::isfinite(found.item_log_seconds[300]));
        CHECK(too_fast(found, {0, 1, 5}));
        CHECK_FALSE(too_fast(found, {0, 1, 38}));
    }
}

TEST_CASE("a lunch break does not make a reviewer slow, and one review does not make him anything") {
    std::vector<TimedReview> reviews;
    for (uint32_t item = 0; item < 20; ++item) {
        for (uint32_t j = 0; j < 3; ++j) {
            reviews.push_back({item, j, 10});
        }
    }
    reviews[0].seconds = 3'600;
    reviews.push_back({3, 3, 80});
    const Turnaround found = turnaround(reviews, 20, 4);
    CHECK_THAT(found.reviewer_log_factor[0], WithinAbs(0, 1e-9));
    CHECK_THAT(found.reviewer_log_factor[3], WithinAbs(stats::log(8) / 6, 1e-9));
    CHECK(turnaround({}, 2, 2).spread == 0);
}
