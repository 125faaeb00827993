// Packs for people who go offline: what may never be in one, and that both sides of the network together stay right.

#include "core/people/packs.h"

#include <algorithm>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/people/eligibility.h"
#include "tests/core/people/people_cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;

namespace {

Instant hours(int64_t n) {
    return noon() + Duration{n * kHour_us};
}

std::vector<std::string> items_of(const Town& town, const Pack& pack) {
    std::vector<std::string> out;
    for (const size_t t : pack.tasks) {
        out.push_back(town.tasks[t].item.text);
    }
    return out;
}

Town small_town() {
    Town town;
    for (const char* id : {"ana", "bo", "cy"}) {
        town.reviewers.push_back({.id = ActorId(id)});
    }
    return town;
}

// Half of the town leaves, each for some hours or days.
std::vector<Leave> random_leaves(stats::Random& random, const Town& town) {
    std::vector<Leave> out;
    for (size_t j = 0; j < town.reviewers.size(); j += 2) {
        out.push_back({.reviewer = j,
                       .returns = hours(1 + static_cast<int64_t>(random.below(30))),
                       .work_seconds = 600 * random.uniform()});
    }
    return out;
}

}  // namespace

TEST_CASE("what is due before he is back stays; the rest is packed, what is due first on top") {
    Town town = small_town();
    town.tasks = {{.item = ItemId("late"), .due = hours(90)},
                  {.item = ItemId("soon"), .due = hours(2)},
                  {.item = ItemId("any")},
                  {.item = ItemId("next"), .due = hours(30)}};
    const std::vector<Leave> leaves{{.reviewer = 0, .returns = hours(24), .work_seconds = 3600}};
    const auto packs = choose_packs(town.input(), leaves);
    REQUIRE(packs.size() == 1);
    CHECK(items_of(town, packs[0]) == std::vector<std::string>{"next", "late", "any"});
    CHECK(packs[0].expected_seconds == 180);
    CHECK(packs[0].second_opinions == 0);
    // An answer that arrives within the margin would be too late.
    const auto none =
        choose_packs(town.input(), std::vector<Leave>{{.reviewer = 0, .returns = hours(30), .work_seconds = 3600}});
    CHECK(items_of(town, none[0]) == std::vector<std::string>{"late", "any"});
}

TEST_CASE("a second opinion on what is due soon only where one slot stays for somebody who is there") {
    Town town = small_town();
    town.tasks = {{.item = ItemId("two"), .due = hours(2), .slots = 2}};
    const std::vector<Leave> one{{.reviewer = 0, .returns = hours(24), .work_seconds = 3600}};
    CHECK(choose_packs(town.input(), one)[0].tasks.size() == 1);
    CHECK(choose_packs(town.input(), one)[0].second_opinions == 1);
    // Nobody else may do it.
    town.reviewers[1].conflicts.items = {ItemId("two")};
    town.reviewers[2].per_day.reviews = 0;
    CHECK(choose_packs(town.input(), one)[0].tasks.empty());
    // One is enough; but not if he leaves too.
    town.reviewers[2].per_day.reviews.reset();
    CHECK(choose_packs(town.input(), one)[0].tasks.size() == 1);
    const std::vector<Leave> both{one[0], {.reviewer = 2, .returns = hours(24), .work_seconds = 3600}};
    for (const Pack& pack : choose_packs(town.input(), both)) {
        CHECK(pack.tasks.empty());
    }
    // An adjudication has one slot.
    town.tasks[0].purpose = Purpose::adjudication;
    CHECK(choose_packs(town.input(), one)[0].tasks.empty());
}

TEST_CASE("a pack is as large as the stay, with a reserve, and no larger than the days") {
    Town town = small_town();
    for (int i = 0; i < 100; ++i) {
        town.tasks.push_back({.item = ItemId(std::to_string(100 + i))});
    }
    const auto size = [&](double seconds, int64_t stay) {
        return choose_packs(town.input(),
                            std::vector<Leave>{{.reviewer = 0, .returns = hours(stay), .work_seconds = seconds}})[0]
            .tasks.size();
    };
    CHECK(size(0, 8) == 0);
    CHECK(size(480, 8) == 10);  // eight minutes and two in reserve
    CHECK(size(100'000, 8) == 100);
    town.reviewers[0].per_day.reviews = 7;
    town.reviewers[0].today.reviews = 5;
    CHECK(size(100'000, 8) == 2);
    CHECK(size(100'000, 24) == 2);
    CHECK(size(100'000, 30) == 9);
    town.reviewers[0].per_day.seconds = 300;
    CHECK(size(100'000, 30) == 9);
    town.reviewers[0].per_day.reviews.reset();
    CHECK(size(100'000, 30) == 10);
}

TEST_CASE("with half of the town offline, slots stay apart, nobody gets too much, and nothing due is packed away") {
    constexpr uint64_t kSeed = 80;
    stats::Random random(kSeed);
    size_t packed = 0;
    size_t second_opinions = 0;
    for (int i = 0; i < 150; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        const Town town =
            random_town(random, {.tasks = 14, .reviewers = 8, .most_reviews = 6, .limits_of_time = i % 2 == 0});
        const PlanInput input = town.input();
        const std::vector<Leave> leaves = random_leaves(random, town);
        const std::vector<Pack> packs = choose_packs(input, leaves);
        const std::vector<Task> left = with_packs(input, packs);
        REQUIRE(packs.size() == leaves.size());
        for (size_t p = 0; p < packs.size(); ++p) {
            const Reviewer& owner = town.reviewers[packs[p].reviewer];
            CHECK(packs[p].expected_seconds <= (1.25 * leaves[p].work_seconds) + 1e-9);
            for (const size_t t : packs[p].tasks) {
                const Task& task = town.tasks[t];
                // Whatever stands in the way, it is not he himself.
                for (const Exclusion& one : exclusions(task, owner, noon())) {
                    const bool is_of_day = one.why == Barrier::reviews_used_up || one.why == Barrier::time_used_up;
                    CHECK(is_of_day);
                }
                if (task.due && *task.due <= leaves[p].returns + Duration{1800 * kSecond_us}) {
                    ++second_opinions;
                    CHECK(left[t].open_slots() >= 1);
                    CHECK(std::ranges::any_of(town.reviewers, [&](const Reviewer& other) {
                        return std::ranges::none_of(
                                   leaves,
                                   [&](const Leave& leave) { return town.reviewers[leave.reviewer].id == other.id; }) &&
                               is_eligible(left[t], other, noon());
                    }));
                }
                ++packed;
            }
        }
        // Those who are there work on what is left.
        Town online{.tasks = left, .reviewers = {}};
        for (size_t j = 1; j < town.reviewers.size(); j += 2) {
            online.reviewers.push_back(town.reviewers[j]);
        }
        std::vector<Task> planned = left;
        for (const Assignment& one : plan_reviews(online.input()).assignments) {
            planned[one.task].held_by.push_back(online.reviewers[one.reviewer].id);
        }
        for (size_t t = 0; t < planned.size(); ++t) {
            std::set<ActorId> people(planned[t].held_by.begin(), planned[t].held_by.end());
            people.insert(planned[t].reviewed_by.begin(), planned[t].reviewed_by.end());
            CHECK(people.size() == planned[t].held_by.size() + planned[t].reviewed_by.size());
            CHECK(static_cast<int32_t>(planned[t].held_by.size()) <= town.tasks[t].open_slots());
        }
    }
    CHECK(packed > 300);
    CHECK(second_opinions > 20);
}

TEST_CASE("a pack comes back: what was done counts, what was not is open again, and nobody gets an item twice") {
    // A month in small: everybody leaves and returns by chance, packs are done in part, and what remains is planned
    // anew.
    constexpr uint64_t kSeed = 90;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    Town town = random_town(random, {.tasks = 40, .reviewers = 8, .most_reviews = 30, .limits_of_time = false});
    for (Reviewer& one : town.reviewers) {
        one.per_day.reviews = 10;
    }
    const auto open = [&] {
        int32_t out = 0;
        for (const Task& task : town.tasks) {
            out += task.open_slots();
        }
        return out;
    };
    const auto finish = [&](size_t t, const Reviewer& by) {
        Task& task = town.tasks[t];
        REQUIRE(std::ranges::find(task.reviewed_by, by.id) == task.reviewed_by.end());
        // An adjudication ends the task.
        task.reviewed_by.push_back(by.id);
        if (task.purpose == Purpose::adjudication) {
            task.held_by.push_back(by.id);
        }
    };
    int32_t before = open();
    const int32_t at_first = before;
    for (int day = 0; day < 6; ++day) {
        std::vector<Leave> leaves = random_leaves(random, town);
        const std::vector<Pack> packs = choose_packs(town.input(), leaves);
        const PlanInput input = town.input();
        Town online{.tasks = with_packs(input, packs), .reviewers = {}};
        for (size_t j = 1; j < town.reviewers.size(); j += 2) {
            online.reviewers.push_back(town.reviewers[j]);
        }
        for (const Assignment& one : plan_reviews(online.input(), Effort::greedy).assignments) {
            finish(one.task, online.reviewers[one.reviewer]);
        }
        for (const Pack& pack : packs) {
            for (const size_t t : pack.tasks) {
                if (random.below(2) == 0) {
                    finish(t, town.reviewers[pack.reviewer]);
                }
            }
        }
        CHECK(open() <= before);
        before = open();
    }
    CHECK(before < at_first / 2);
}
