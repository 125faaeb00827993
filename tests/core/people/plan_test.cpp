// Plans against every plan there is, on sets that are small enough, and what holds of all of them.

#include "core/people/plan.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/people/choose.h"
#include "core/people/eligibility.h"
#include "core/people/queues.h"
#include "core/people/slate.h"
#include "tests/core/people/people_cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

// The largest total over all plans, by trying every set of people for every task.
class EveryPlan {
public:
    explicit EveryPlan(const Slate& slate)
        : slate_(slate), planned_(slate.reviewers(), 0), seconds_(slate.reviewers(), 0) {}

    double best() {
        walk(0, 0, 0);
        return best_;
    }

private:
    void walk(uint32_t task, uint32_t from, int32_t taken) {
        if (task == slate_.tasks()) {
            best_ = std::max(best_, slate_.total(pairs_));
            return;
        }
        walk(task + 1, 0, 0);
        if (taken == slate_.open_slots(task)) {
            return;
        }
        for (uint32_t j = from; j < slate_.reviewers(); ++j) {
            if (!slate_.is_possible(task, j) || planned_[j] >= slate_.reviews_left(j) ||
                seconds_[j] + slate_.seconds(task, j) > slate_.seconds_left(j)) {
                continue;
            }
            ++planned_[j];
            seconds_[j] += slate_.seconds(task, j);
            pairs_.push_back({task, j});
            walk(task, j + 1, taken + 1);
            pairs_.pop_back();
            seconds_[j] -= slate_.seconds(task, j);
            --planned_[j];
        }
    }

    const Slate& slate_;
    std::vector<size_t> planned_;
    std::vector<double> seconds_;
    std::vector<Pair> pairs_;
    double best_ = 0;
};

void check_limits(const Town& town, const Plan& plan) {
    std::map<size_t, int64_t> reviews;
    std::map<size_t, double> seconds;
    std::map<size_t, std::set<size_t>> of_task;
    for (const Assignment& one : plan.assignments) {
        CHECK(exclusions(town.tasks[one.task], town.reviewers[one.reviewer], noon()).empty());
        CHECK(of_task[one.task].insert(one.reviewer).second);
        ++reviews[one.reviewer];
        seconds[one.reviewer] += expected_seconds(town.tasks[one.task], town.reviewers[one.reviewer]);
    }
    for (const auto& [j, count] : reviews) {
        const Reviewer& one = town.reviewers[j];
        CHECK(one.today.reviews + count <= one.per_day.reviews.value_or(1'000'000));
        CHECK(one.today.seconds + seconds[j] <= one.per_day.seconds.value_or(1e12) + 1e-9);
    }
    for (size_t t = 0; t < town.tasks.size(); ++t) {
        const auto filled = static_cast<int64_t>(of_task[t].size());
        CHECK(filled + std::ranges::count(plan.unfilled, t) == town.tasks[t].open_slots());
    }
}

struct Compared {
    std::vector<double> ratios;  // greedy over exact, ascending
    double mean = 0;
};

Compared compare(uint64_t seed, int towns, const TownSize& size) {
    stats::Random random(seed);
    Compared out;
    for (int i = 0; i < towns; ++i) {
        INFO("seed " << seed << ", town " << i);
        const Town town = random_town(random, size);
        check_limits(town, plan_reviews(town.input(), Effort::exact));
        check_limits(town, plan_reviews(town.input(), Effort::greedy));
        const Slate slate(town.input());
        const ChosenPairs exact = choose_pairs(slate, Effort::exact);
        CHECK(exact.is_best);
        const double best = slate.total(exact.pairs);
        const double greedy = slate.total(choose_pairs(slate, Effort::greedy).pairs);
        CHECK(greedy <= best + 1e-9);
        if (best > 0) {
            out.ratios.push_back(greedy / best);
            out.mean += greedy / best;
        }
    }
    out.mean /= static_cast<double>(out.ratios.size());
    std::ranges::sort(out.ratios);
    return out;
}

}  // namespace

TEST_CASE("the exact plan is the best of all plans") {
    for (const bool limits_of_time : {false, true}) {
        const uint64_t seed = limits_of_time ? 20 : 10;
        stats::Random random(seed);
        for (int i = 0; i < 150; ++i) {
            INFO("seed " << seed << ", town " << i);
            const Town town = random_town(random, {.tasks = 1 + static_cast<size_t>(random.below(5)),
                                                   .reviewers = 1 + static_cast<size_t>(random.below(4)),
                                                   .most_reviews = 3,
                                                   .limits_of_time = limits_of_time});
            check_limits(town, plan_reviews(town.input(), Effort::exact));
            // Before anything is handed on to keep due times.
            const Slate slate(town.input());
            const ChosenPairs exact = choose_pairs(slate, Effort::exact);
            CHECK(exact.is_best);
            CHECK_THAT(slate.total(exact.pairs), WithinAbs(EveryPlan(slate).best(), 1e-9));
        }
    }
}

TEST_CASE("the greedy plan is near the exact one, and both keep every limit") {
    for (const bool limits_of_time : {false, true}) {
        const Compared found =
            compare(30, 60, {.tasks = 9, .reviewers = 7, .most_reviews = 3, .limits_of_time = limits_of_time});
        std::printf("greedy over exact%s: worst %.4f, mean %.4f of %zu plans\n",
                    limits_of_time ? " with limits of time" : "", found.ratios.front(), found.mean,
                    found.ratios.size());
        CHECK(found.ratios.front() > (limits_of_time ? 0.9 : 0.98));
        CHECK(found.mean > (limits_of_time ? 0.99 : 0.999));
    }
}

TEST_CASE("large plans keep every limit, too") {
    constexpr uint64_t kSeed = 40;
    stats::Random random(kSeed);
    for (const bool limits_of_time : {false, true}) {
        INFO("seed " << kSeed);
        const Town town =
            random_town(random, {.tasks = 700, .reviewers = 40, .most_reviews = 30, .limits_of_time = limits_of_time});
        const Plan plan = plan_reviews(town.input());
        CHECK(plan.method != PlanMethod::exact);
        CHECK(plan.assignments.size() > 80);
        check_limits(town, plan);
    }
}

TEST_CASE("a plan does not depend on the order in which tasks and people are given") {
    constexpr uint64_t kSeed = 50;
    stats::Random random(kSeed);
    for (int i = 0; i < 30; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        Town town = random_town(random, {.tasks = 10, .reviewers = 6, .most_reviews = 3, .limits_of_time = i % 2 == 0});
        for (const Effort effort : {Effort::exact, Effort::greedy}) {
            using Names = std::set<std::pair<std::string, std::string>>;
            const auto names = [&] {
                Names out;
                for (const Assignment& one : plan_reviews(town.input(), effort).assignments) {
                    out.insert({town.tasks[one.task].item.text, town.reviewers[one.reviewer].id.text});
                }
                return out;
            };
            const Names before = names();
            random.shuffle(town.tasks);
            random.shuffle(town.reviewers);
            CHECK(names() == before);
        }
    }
}

TEST_CASE("people who are alike end the day equally full, each by his own measure") {
    constexpr uint64_t kSeed = 60;
    stats::Random random(kSeed);
    for (int i = 0; i < 20; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        Town town;
        int64_t room = 0;
        for (int j = 0; j < 5; ++j) {
            Reviewer& one =
                town.reviewers.emplace_back(Reviewer{.id = ActorId(std::string(1, static_cast<char>('a' + j)))});
            one.per_day.reviews = 4 + static_cast<int64_t>(random.below(12));
            room += *one.per_day.reviews;
        }
        for (int64_t t = 0; t < room * 2 / 3; ++t) {
            town.tasks.push_back({.item = ItemId(std::to_string(t))});
        }
        for (const Effort effort : {Effort::exact, Effort::greedy}) {
            const Plan plan = plan_reviews(town.input(), effort);
            CHECK(plan.unfilled.empty());
            for (size_t j = 0; j < town.reviewers.size(); ++j) {
                const auto day = static_cast<double>(*town.reviewers[j].per_day.reviews);
                const auto full =
                    static_cast<double>(std::ranges::count(plan.assignments, j, &Assignment::reviewer)) / day;
                // Two thirds, give or take one review.
                CHECK(full < (2.0 / 3) + (1 / day));
                CHECK(full > (2.0 / 3) - (1.5 / day));
            }
        }
    }
}

TEST_CASE("where there is too little room, what is due sooner is done and what is due later waits") {
    constexpr uint64_t kSeed = 70;
    stats::Random random(kSeed);
    for (int i = 0; i < 20; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        Town town = random_town(random, {.tasks = 0, .reviewers = 4, .most_reviews = 3, .limits_of_time = false});
        for (int t = 0; t < 20; ++t) {
            town.tasks.push_back({.item = ItemId(std::to_string(100 + t)), .kind = "gas"});
            town.tasks.back().due = noon() + Duration{static_cast<int64_t>(random.below(200)) * kMinute_us * 10};
        }
        for (const Effort effort : {Effort::exact, Effort::greedy}) {
            const Plan plan = plan_reviews(town.input(), effort);
            Instant last_done{0};
            for (const Assignment& one : plan.assignments) {
                last_done = std::max(last_done, *town.tasks[one.task].due);
            }
            for (const size_t t : plan.unfilled) {
                CHECK(*town.tasks[t].due >= last_done);
            }
            CHECK_FALSE(plan.unfilled.empty());
        }
    }
}

TEST_CASE("an urgent task that takes long is not starved by quick ones that are not urgent") {
    Town town;
    town.reviewers.push_back({.id = ActorId("ana")});
    town.reviewers[0].per_day.seconds = 600;
    town.tasks.push_back({.item = ItemId("long"), .due = noon(), .expected_seconds = 600});
    for (int t = 0; t < 8; ++t) {
        town.tasks.push_back({.item = ItemId(std::to_string(t)), .expected_seconds = 300});
    }
    const Plan plan = plan_reviews(town.input());
    REQUIRE(plan.assignments.size() == 1);
    CHECK(plan.assignments[0].task == 0);
    CHECK(plan.is_best);
}

TEST_CASE("who was given more than he can do in time hands it on") {
    Town town;
    town.reviewers = {{.id = ActorId("ana")}, {.id = ActorId("bo")}};
    // Ana is so much better that the sum gives her everything.
    town.reviewers[0].experience = {{.kind = "gas", .answers = 500, .right = 495}};
    town.reviewers[1].experience = {{.kind = "gas", .answers = 500, .right = 300}};
    for (int t = 0; t < 6; ++t) {
        town.tasks.push_back(
            {.item = ItemId(std::to_string(t)), .kind = "gas", .due = noon() + Duration{200 * kSecond_us}});
    }
    for (const Effort effort : {Effort::exact, Effort::greedy}) {
        const Plan plan = plan_reviews(town.input(), effort);
        CHECK(plan.late == 0);
        CHECK(std::ranges::count(plan.assignments, size_t{0}, &Assignment::reviewer) == 3);
        CHECK_FALSE(plan.is_best);
    }
    // A minute each: six people would be needed for as many in one.
    for (Task& task : town.tasks) {
        task.due = noon() + Duration{70 * kSecond_us};
    }
    const Plan plan = plan_reviews(town.input());
    CHECK(plan.late == 4);
    CHECK(std::ranges::count(plan.assignments, true, &Assignment::is_late) == 4);
    // Full days: an exchange helps where a move cannot.
    town.reviewers[0].per_day.reviews = 3;
    town.reviewers[1].per_day.reviews = 3;
    for (size_t t = 0; t < town.tasks.size(); ++t) {
        town.tasks[t].due = noon() + Duration{(t < 2 ? 70 : 70'000) * kSecond_us};
        town.tasks[t].difficulty = t < 2 ? 0 : 1;
    }
    CHECK(plan_reviews(town.input()).late == 0);
}

TEST_CASE("of all late assignments none could be in time with somebody who has room, nor makes fewer late there") {
    constexpr uint64_t kSeed = 75;
    stats::Random random(kSeed);
    size_t late = 0;
    size_t late_before = 0;
    for (int i = 0; i < 60; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        Town town = random_town(random, {.tasks = 16, .reviewers = 6, .most_reviews = 5, .limits_of_time = i % 2 == 0});
        for (Task& task : town.tasks) {
            if (task.due) {
                task.due = noon() + Duration{static_cast<int64_t>(30 + random.below(400)) * kSecond_us};
            }
        }
        const Slate slate(town.input());
        late_before += Queues(slate, choose_pairs(slate, Effort::greedy).pairs).late();
        const Plan plan = plan_reviews(town.input(), Effort::greedy);
        check_limits(town, plan);
        late += plan.late;
        // Moved by hand, one at a time: not fewer are late.
        std::vector<Pair> pairs;
        for (const Assignment& one : plan.assignments) {
            const auto place_of = [](size_t place, size_t count, auto at) {
                uint32_t out = 0;
                while (out < count && at(out) != place) {
                    ++out;
                }
                return out;
            };
            pairs.push_back(
                {place_of(one.task, slate.tasks(), [&](size_t t) { return slate.task_place(t); }),
                 place_of(one.reviewer, slate.reviewers(), [&](size_t j) { return slate.reviewer_place(j); })});
        }
        CHECK(Queues(slate, pairs).late() == plan.late);
        for (size_t p = 0; p < pairs.size(); ++p) {
            for (uint32_t j = 0; j < slate.reviewers() && plan.assignments[p].is_late; ++j) {
                std::vector<Pair> moved = pairs;
                moved[p].reviewer = j;
                const auto planned = static_cast<size_t>(std::ranges::count(moved, j, &Pair::reviewer));
                double seconds = 0;
                for (const Pair& pair : moved) {
                    seconds += pair.reviewer == j ? slate.seconds(pair.task, j) : 0;
                }
                if (slate.is_possible(pairs[p].task, j) && std::ranges::count(pairs, moved[p]) == 0 &&
                    planned <= slate.reviews_left(j) && seconds <= slate.seconds_left(j)) {
                    CHECK(Queues(slate, moved).late() >= plan.late);
                }
            }
        }
    }
    std::printf("late assignments: %zu by the sum alone, %zu after handing on\n", late_before, late);
    CHECK(late < late_before);
}

TEST_CASE("a queue has first what is due first, and everything once") {
    constexpr uint64_t kSeed = 85;
    stats::Random random(kSeed);
    for (int i = 0; i < 10; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        const Town town =
            random_town(random, {.tasks = 30, .reviewers = 5, .most_reviews = 10, .limits_of_time = false});
        const Plan plan = plan_reviews(town.input());
        size_t all = 0;
        for (size_t j = 0; j < town.reviewers.size(); ++j) {
            Instant before{INT64_MIN};
            for (const size_t t : queue_of(plan, j)) {
                const Instant due = town.tasks[t].due.value_or(Instant{INT64_MAX});
                CHECK(due >= before);
                before = due;
                ++all;
            }
        }
        CHECK(all == plan.assignments.size());
    }
}
