// Which items are gold, what is planted on them, and who sees predictions: by keys, evenly, and found again.

#include "core/people/gold.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::people;

namespace {

std::vector<GoldCandidate> candidates(const std::map<std::string, size_t>& strata) {
    std::vector<GoldCandidate> out;
    for (const auto& [stratum, count] : strata) {
        for (size_t i = 0; i < count; ++i) {
            out.push_back({ItemId(concat(stratum, "-", i)), stratum});
        }
    }
    return out;
}

std::set<std::string> chosen_names(std::string_view key, const std::vector<GoldCandidate>& from, double share) {
    std::set<std::string> out;
    for (const size_t i : choose_gold(key, from, share)) {
        out.insert(from[i].item.text);
    }
    return out;
}

}  // namespace

TEST_CASE("gold is the share of every stratum, one at least") {
    const auto from = candidates({{"gas", 1000}, {"light", 90}, {"rare", 3}});
    std::map<std::string, int> counts;
    for (const size_t i : choose_gold("key", from, 0.05)) {
        ++counts[from[i].stratum];
    }
    CHECK(counts == std::map<std::string, int>{{"gas", 50}, {"light", 5}, {"rare", 1}});
    CHECK(choose_gold("key", from, 0).empty());
    CHECK(choose_gold("key", from, 1).size() == from.size());
    CHECK(choose_gold("key", {}, 0.05).empty());
}

TEST_CASE("the same key finds the same gold in any order, another key finds other gold") {
    auto from = candidates({{"gas", 400}, {"light", 200}});
    const auto before = chosen_names("key", from, 0.05);
    stats::Random random(3);
    random.shuffle(from);
    CHECK(chosen_names("key", from, 0.05) == before);
    const auto other = chosen_names("other key", from, 0.05);
    std::vector<std::string> both;
    std::ranges::set_intersection(before, other, std::back_inserter(both));
    // Of 30 by chance 1.5.
    CHECK(both.size() < 8);
    // With more of a stratum, those that were chosen before go first.
    const auto more = chosen_names("key", from, 0.1);
    CHECK(std::ranges::includes(more, before));
}

TEST_CASE("gold that too many have seen is retired") {
    CHECK_FALSE(is_retired(3, 10));
    CHECK(is_retired(4, 10));
    CHECK_FALSE(is_retired(0, 1));
    CHECK(is_retired(1, 1));
    CHECK_FALSE(is_retired(0, 0));
}

TEST_CASE("wrong predictions are planted on the share that is asked for, never the truth, and as the model errs") {
    const std::vector<double> weights{0.6, 0.3, 0.1, 0.0};
    std::vector<int> counts(4, 0);
    int own = 0;
    constexpr int kItems = 20'000;
    for (int i = 0; i < kItems; ++i) {
        const auto planted = plant_wrong("key", ItemId(concat("item-", i)), 0, weights, Ppm{500'000});
        if (planted) {
            ++counts[*planted];
        } else {
            ++own;
        }
    }
    CHECK(std::abs(own - (kItems / 2)) < 250);  // 3.5 standard deviations
    CHECK(counts[0] == 0);
    CHECK(counts[3] == 0);
    // .3 and .1 of .4 among ten thousand.
    CHECK(std::abs((3 * counts[2]) - counts[1]) < 600);
    // A model that is certain leaves no weight to others: then they are alike.
    const std::vector<double> certain{0, 1, 0};
    std::vector<int> alike(3, 0);
    for (int i = 0; i < 2000; ++i) {
        ++alike[*plant_wrong("key", ItemId(concat("item-", i)), 1, certain, kCertain)];
    }
    CHECK(alike[1] == 0);
    CHECK(std::abs(alike[0] - alike[2]) < 160);
    CHECK_FALSE(plant_wrong("key", ItemId("item"), 0, weights, Ppm{0}));
}

TEST_CASE("nine of ten predictions are shown, to each reviewer independently of others") {
    constexpr int kItems = 20'000;
    int shown = 0;
    int both_hidden = 0;
    for (int i = 0; i < kItems; ++i) {
        const ItemId item(concat("item-", i));
        const bool to_ana = is_prediction_shown("key", item, ActorId("ana"));
        const bool to_bo = is_prediction_shown("key", item, ActorId("bo"));
        shown += to_ana ? 1 : 0;
        both_hidden += !to_ana && !to_bo ? 1 : 0;
    }
    CHECK(std::abs(shown - 18'000) < 150);
    CHECK(std::abs(both_hidden - 200) < 50);
    // Where one id ends and the other begins makes a difference.
    int same = 0;
    for (int i = 0; i < 1000; ++i) {
        const std::string name = std::to_string(i);
        same += is_prediction_shown("key", ItemId("a"), ActorId(concat("b", name)), Ppm{500'000}) ==
                        is_prediction_shown("key", ItemId("ab"), ActorId(name), Ppm{500'000})
                    ? 1
                    : 0;
    }
    CHECK(std::abs(same - 500) < 60);
    CHECK(is_prediction_shown("key", ItemId("a"), ActorId("b"), kCertain));
    CHECK_FALSE(is_prediction_shown("key", ItemId("a"), ActorId("b"), Ppm{0}));
}

TEST_CASE("coins are the same wherever they are thrown") {
    // By another implementation: python3 hmac, first 44 bits times 10^6 / 2^44. What a device decided must stay so.
    const ItemId item("item-1");
    CHECK(is_prediction_shown("key", item, ActorId("ana"), Ppm{146'925}));
    CHECK_FALSE(is_prediction_shown("key", item, ActorId("ana"), Ppm{146'924}));
    const std::vector<double> weights{0.5, 0.5};
    CHECK(plant_wrong("key", item, 0, weights, Ppm{128'079}) == 1U);
    CHECK_FALSE(plant_wrong("key", item, 0, weights, Ppm{128'078}));
    // 131483, 124348, 564645, 776411, 614705: the second and the first.
    std::vector<GoldCandidate> from;
    for (int i = 1; i <= 5; ++i) {
        from.push_back({ItemId(concat("item-", i)), ""});
    }
    CHECK(choose_gold("key", from, 0.2) == std::vector<size_t>{1});
    CHECK(choose_gold("key", from, 0.4) == std::vector<size_t>{0, 1});
}
