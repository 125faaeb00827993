// How long it takes to plan who reviews what, and what the plan is worth beside handing tasks out in turn.
//   assignment_bench [TASKS [REVIEWERS]]   10,000 and 200 unless given
// Prints per way of planning: seconds of CPU, the value that the plans maximise, slots that are filled, those of tasks
// that are due within four hours, correctness gained per minute of work, and how unequally full people's days are.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "core/base/concat.h"
#include "core/people/choose.h"
#include "core/people/eligibility.h"
#include "core/people/greedy.h"
#include "core/people/queues.h"
#include "core/people/slate.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::people;

namespace {

constexpr Instant kNow{1'772'452'800 * kSecond_us};

struct Town {
    std::vector<Task> tasks;
    std::vector<Reviewer> reviewers;

    PlanInput input() const { return {.tasks = tasks, .reviewers = reviewers, .now = kNow}; }
};

const std::string& one_of(stats::Random& random, const std::vector<std::string>& from) {
    return from[static_cast<size_t>(random.below(from.size()))];
}

// Eight topics, three languages, one skill in three levels; every sixth item wants two people. Together people can do
// about nine tenths of what there is.
Town make_town(size_t tasks, size_t reviewers) {
    const std::vector<std::string> topics{"gas", "light", "noise", "parks", "road", "school", "taxes", "water"};
    const std::vector<std::string> languages{"de", "en", "es"};
    stats::Random random(1);
    Town out;
    const double room = 0.9 * 7.0 / 6.0 * static_cast<double>(tasks) / static_cast<double>(reviewers);
    for (size_t j = 0; j < reviewers; ++j) {
        Reviewer& one = out.reviewers.emplace_back(Reviewer{.id = ActorId(concat("reviewer-", 1000 + j))});
        one.languages = {"en"};
        if (random.below(2) == 0) {
            one.languages.push_back(one_of(random, languages));
        }
        one.skills.push_back({"citizens", 1 + static_cast<int32_t>(random.below(3))});
        one.per_day.reviews = static_cast<int64_t>(room * (0.5 + random.uniform()));
        const double skill = 0.65 + (0.3 * random.uniform());
        const double pace = 0.6 + (0.9 * random.uniform());
        for (const std::string& topic : topics) {
            const auto answers = static_cast<double>(random.below(200));
            const double right = std::min(0.99, skill + (0.1 * random.uniform()));
            one.experience.push_back(
                {.kind = topic, .answers = answers, .right = answers * right, .time_factor = pace});
        }
    }
    for (size_t i = 0; i < tasks; ++i) {
        Task& one = out.tasks.emplace_back(Task{.item = ItemId(concat("msg-", 1'000'000 + i))});
        one.kind = one_of(random, topics);
        one.language = random.below(4) == 0 ? one_of(random, languages) : "en";
        if (random.below(5) == 0) {
            one.required.push_back({"citizens", 1 + static_cast<int32_t>(random.below(3))});
        }
        one.slots = random.below(6) == 0 ? 2 : 1;
        one.due = kNow + Duration{static_cast<int64_t>(random.below(72 * 60)) * kMinute_us};
        one.expected_seconds = 20 + (100 * random.uniform());
        one.labels = 8;
        one.certainty = 0.3 + (0.65 * random.uniform());
    }
    return out;
}

// What most tools do: the next one in the list who may.
std::vector<Pair> in_turn(const Slate& slate) {
    std::vector<Pair> out;
    std::vector<size_t> planned(slate.reviewers(), 0);
    uint32_t next = 0;
    const auto count = static_cast<uint32_t>(slate.reviewers());
    for (uint32_t t = 0; t < slate.tasks(); ++t) {
        int32_t open = slate.open_slots(t);
        for (uint32_t tried = 0; open > 0 && tried < count; ++tried) {
            const uint32_t j = (next + tried) % count;
            if (slate.is_possible(t, j) && planned[j] < slate.reviews_left(j)) {
                out.push_back({t, j});
                ++planned[j];
                --open;
                // The next task begins behind whoever got this one.
                if (open == 0) {
                    next = (j + 1) % count;
                }
            }
        }
    }
    return out;
}

void print(const char* name, double seconds, const Town& town, const Slate& slate, const std::vector<Pair>& pairs) {
    size_t due = 0;
    size_t all_due = 0;
    double gain = 0;
    double work_seconds = 0;
    std::vector<int32_t> open(slate.tasks());
    std::vector<double> full(slate.reviewers(), 0);
    const auto is_due = [&](size_t t) { return *town.tasks[slate.task_place(t)].due < kNow + Duration{4 * kHour_us}; };
    for (size_t t = 0; t < slate.tasks(); ++t) {
        open[t] = slate.open_slots(t);
        all_due += is_due(t) ? static_cast<size_t>(open[t]) : 0;
    }
    for (const Pair& pair : pairs) {
        const Terms terms = slate.terms(pair.task, pair.reviewer, 0);
        gain += terms.correctness_gain;
        work_seconds += terms.seconds;
        due += is_due(pair.task) ? 1 : 0;
        full[pair.reviewer] +=
            1 / static_cast<double>(*town.reviewers[slate.reviewer_place(pair.reviewer)].per_day.reviews);
    }
    const auto [least, most] = std::ranges::minmax(full);
    std::printf(
        "%-18s %7.3f s  value %9.1f  %6zu slots  due soon %4zu of %4zu  late %4zu  gain %.4f/min  days full %.2f to "
        "%.2f\n",
        name, seconds, slate.total(pairs), pairs.size(), due, all_due, Queues(slate, pairs).late(),
        gain * 60 / work_seconds, least, most);
}

// What no plan can exceed (Lagrange): people's reviews have prices, every task takes who is best after price, and every
// review that people have is paid for. Prices move to where demand meets capacity; the least bound counts.
double upper_bound(const Slate& slate, double reached) {
    double balances = 0;
    for (size_t j = 0; j < slate.reviewers(); ++j) {
        for (size_t n = 0; n < slate.reviews_left(j); ++n) {
            balances += slate.balance(j, n);
        }
    }
    std::vector<double> prices(slate.reviewers(), 0);
    double least = HUGE_VAL;
    for (int round = 0; round < 300; ++round) {
        double bound = balances;
        std::vector<double> demand(slate.reviewers(), 0);
        std::vector<std::pair<double, size_t>> offers;
        for (size_t t = 0; t < slate.tasks(); ++t) {
            offers.clear();
            for (size_t j = 0; j < slate.reviewers(); ++j) {
                if (slate.is_possible(t, j) && slate.worth(t, j) > prices[j]) {
                    offers.emplace_back(slate.worth(t, j) - prices[j], j);
                }
            }
            const size_t open = std::min(offers.size(), static_cast<size_t>(slate.open_slots(t)));
            std::ranges::partial_sort(offers, offers.begin() + static_cast<std::ptrdiff_t>(open), std::greater<>());
            for (size_t i = 0; i < open; ++i) {
                bound += offers[i].first;
                demand[offers[i].second] += 1;
            }
        }
        double square = 0;
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            const auto capacity = static_cast<double>(slate.reviews_left(j));
            bound += prices[j] * capacity;
            demand[j] -= capacity;
            square += demand[j] * demand[j];
        }
        // Polyak's step towards what is known to be reached.
        const double step = square > 0 ? (bound - reached) / square : 0;
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            prices[j] = std::max(0.0, prices[j] + (step * demand[j]));
        }
        least = std::min(least, bound);
    }
    return least;
}

template <class Make>
double measure(const char* name, const Town& town, const Slate& slate, Make make) {
    const std::clock_t begin = std::clock();
    const std::vector<Pair> pairs = make(slate);
    print(name, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, town, slate, pairs);
    return slate.total(pairs);
}

}  // namespace

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    const size_t tasks = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
    const size_t reviewers = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200;
    if (tasks == 0 || reviewers == 0) {
        std::fprintf(stderr, "assignment_bench [TASKS [REVIEWERS]]\n");
        return 2;
    }
    const Town town = make_town(tasks, reviewers);
    const std::clock_t begin = std::clock();
    const Slate slate(town.input());
    std::printf("%zu tasks, %zu reviewers; who may review what, and what it is worth: %.3f s\n", tasks, reviewers,
                static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    measure("in turn", town, slate, in_turn);
    const double reached =
        measure("greedy by value", town, slate, [](const Slate& s) { return plan_greedily(s, Order::by_value); });
    measure("greedy by regret", town, slate, [](const Slate& s) { return plan_greedily(s, Order::by_regret); });
    measure("handed on", town, slate, [](const Slate& s) {
        Queues queues(s, choose_pairs(s, Effort::greedy).pairs);
        queues.keep_due_times();
        return queues.pairs();
    });
    std::printf("no plan is worth more than %.1f\n", upper_bound(slate, reached));
    return 0;
}
