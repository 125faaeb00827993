#pragma once
// A month of a project with forty reviewers, played from a seed: items arrive in working hours, the planner gives them
// to whoever is there, some people are away, some take a day's work along and bring it back in the evening; a tier that
// promises opens when its evidence suffices, and its audit is watched after each day. From day 20 on the model may get
// worse. Everything that decides is the product's (core/tiers, core/people); only people and the model are made up.

#include <cstdint>
#include <optional>

namespace countersign::bench {

struct MonthSetting {
    uint64_t seed = 0;
    bool drifts = false;
};

struct Month {
    int64_t items = 0;
    int64_t reviews = 0;   // items that people decided
    int64_t due = 0;       // items that had a due time and were decided, or are late
    int64_t in_time = 0;   // of them
    int64_t due_open = 0;  // the same while the tier was open
    int64_t in_time_open = 0;
    std::optional<int> opened;    // day, from 1
    std::optional<int> alarmed;   // likewise
    int64_t approved_before = 0;  // until day 20
    int64_t wrong_before = 0;     // of them, truly
    int64_t approved_after = 0;   // from day 20 on, until the tier closed
    int64_t wrong_after = 0;
    int64_t offered_again = 0;  // approved items that went back to people at the alarm
    int64_t wrong_offered = 0;  // of them, truly wrong
};

inline constexpr int kDays = 30;
inline constexpr int kDriftDay = 20;
inline constexpr double kMaxError = 0.05;

Month play_month(const MonthSetting& setting);

}  // namespace countersign::bench
