#pragma once
// Who reviews, as assignment sees it: what somebody can do, how much of it today, and how well it went so far. Plain
// values; where they come from (a policy, a store, yesterday's consensus) is not known here.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"

namespace countersign::people {

struct SkillLevel {
    std::string skill;
    int32_t level = 1;  // 1 and more; who has a skill at 3 also has it at 2
};

// With one kind of item (a topic, a tier, a form).
struct Experience {
    std::string kind;
    double answers = 0;      // that were judged: by adjudication, gold items, or others' answers
    double right = 0;        // expected number of right ones among them (consensus::ReviewerSkill)
    double time_factor = 1;  // his time as a multiple of what is usual (consensus::Turnaround); above 0
};

// Nothing means no limit; with both, both hold.
struct Capacity {
    std::optional<int64_t> reviews = std::nullopt;  // a day
    std::optional<double> seconds = std::nullopt;
};

// Of today: reviews that are done or promised (assigned, leased), and how much of that is still to be done.
struct Workload {
    int64_t reviews = 0;
    double seconds = 0;
    double waiting_seconds = 0;
};

struct Conflicts {
    std::vector<ItemId> items;
    std::vector<std::string> sources;
    std::vector<std::string> authors;
};

// Half open: from <= t < until.
struct Presence {
    Instant from;
    Instant until;
};

struct Reviewer {
    ActorId id;
    std::vector<SkillLevel> skills = {};
    std::vector<std::string> languages = {};  // BCP 47: "es" covers "es-MX" too
    Capacity per_day = {};
    Workload today = {};
    Conflicts conflicts = {};
    std::vector<Presence> present = {};  // in order of time; none means always
    std::vector<Experience> experience = {};
};

// What is believed of somebody with little experience: `strength` answers of the crowd's correctness.
struct Crowd {
    double correctness = 0.8;  // above 0 and below 1
    double strength = 10;
};

struct Correctness {
    double mean = 0;     // Beta(right + s g, answers - right + s (1 - g)), g the crowd's correctness, s its strength
    double low = 0;      // its 5 % quantile: as good as that with 95 %
    double answers = 0;  // that it rests on, the crowd's not counted
};

// CS_CHECKs the ranges, and 0 <= right <= answers.
double mean_correctness(const Reviewer& reviewer, std::string_view kind, const Crowd& crowd);
Correctness correctness(const Reviewer& reviewer, std::string_view kind, const Crowd& crowd);

// 1 where he has none with that kind.
double time_factor(const Reviewer& reviewer, std::string_view kind);

// The first moment from `now` on at which he is present; nothing if never again, as far as is known.
std::optional<Instant> next_present(const Reviewer& reviewer, Instant now);

}  // namespace countersign::people
