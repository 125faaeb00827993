// A simulated month of a project with 40 reviewers, over many seeds: due times kept, the day of the alarm when the
// model gets worse on day 20, and false alarms when it does not. month_bench [seeds]   (200)

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/measure.h"
#include "bench/month/month.h"

using namespace countersign::bench;

namespace {

double share(int64_t part, int64_t of) {
    return of == 0 ? 0 : static_cast<double>(part) / static_cast<double>(of);
}

double quantile(std::vector<double> values, double q) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

void print_spread(const char* name, const std::vector<double>& values, const char* format) {
    std::printf("%-52s", name);
    for (const double q : {0.1, 0.5, 0.9}) {
        std::printf("  ");
        std::printf(format, quantile(values, q));  // NOLINT(clang-diagnostic-format-nonliteral)
    }
    std::printf("\n");
}

struct Spread {
    std::vector<double> opened, alarmed, in_time, in_time_open, by_people, error_before, error_after, offered, caught;
    int never_opened = 0;
    int broken = 0;  // more than was promised of what was approved until day 20 is wrong
    int alarms = 0;
    int alarms_early = 0;  // before day 20

    void add(const Month& month) {
        never_opened += month.opened ? 0 : 1;
        if (month.opened) {
            opened.push_back(*month.opened);
        }
        if (month.alarmed) {
            ++alarms;
            alarms_early += *month.alarmed < kDriftDay ? 1 : 0;
            alarmed.push_back(*month.alarmed);
            offered.push_back(static_cast<double>(month.offered_again));
            caught.push_back(100 * share(month.wrong_offered, month.wrong_after));
        }
        in_time.push_back(100 * share(month.in_time, month.due));
        if (month.due_open > 0) {
            in_time_open.push_back(100 * share(month.in_time_open, month.due_open));
        }
        by_people.push_back(100 * share(month.reviews, month.items));
        error_before.push_back(100 * share(month.wrong_before, month.approved_before));
        error_after.push_back(100 * share(month.wrong_after, month.approved_after));
        broken += share(month.wrong_before, month.approved_before) > kMaxError ? 1 : 0;
    }
};

void print(const Spread& all, int seeds, bool drifts) {
    std::printf("\n%s, %d seeds%38s10 %%  median    90 %%\n",
                drifts ? "the model gets worse on day 20" : "the model stays as it is", seeds, "");
    print_spread("day on which the tier opened", all.opened, "%6.0f");
    print_spread("share of items that people decided, %", all.by_people, "%6.1f");
    print_spread("due times kept, %", all.in_time, "%6.1f");
    print_spread("due times kept while the tier is open, %", all.in_time_open, "%6.1f");
    print_spread("truly wrong of what was approved until day 20, %", all.error_before, "%6.2f");
    std::printf("%-52s  %d of %d\n", "never opened", all.never_opened, seeds);
    std::printf("%-52s  %d of %d\n", "promise broken until day 20", all.broken, seeds);
    if (drifts) {
        std::printf("%-52s  %d of %d, %d before day 20\n", "alarms", all.alarms, seeds, all.alarms_early);
        print_spread("day of the alarm", all.alarmed, "%6.0f");
        print_spread("truly wrong of what was approved from day 20 on, %", all.error_after, "%6.2f");
        print_spread("approved items offered for review again", all.offered, "%6.0f");
        print_spread("errors since day 20 that were among them, %", all.caught, "%6.1f");
    } else {
        std::printf("%-52s  %d of %d\n", "false alarms", all.alarms, seeds);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int seeds = argc > 1 ? static_cast<int>(std::strtol(argv[1], nullptr, 10)) : 200;
    if (seeds < 1) {
        std::fprintf(stderr, "month_bench [seeds]\n");
        return 2;
    }
    std::printf(
        "30 days, 40 reviewers (8 %% away, 10 %% offline each day), 1,400 items a day due within a day;\n"
        "promise: at most 5 %% wrong, confidence 0.9, alarm 0.05, audit 5 %%\n");
    const Stopwatch watch;
    for (const bool drifts : {false, true}) {
        Spread all;
        for (int seed = 1; seed <= seeds; ++seed) {
            all.add(play_month({static_cast<uint64_t>(seed), drifts}));
        }
        print(all, seeds, drifts);
    }
    std::printf("\n%.0f s\n", watch.seconds());
    return 0;
}
