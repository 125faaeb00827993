#pragma once
// Who may review what, and why somebody may not: as data, so that a lead sees the reason, and all reasons at once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/people/reviewer.h"
#include "core/people/task.h"

namespace countersign::people {

enum class Barrier : uint8_t {
    has_reviewed,
    holds_it,
    lacks_skill,
    level_too_low,
    lacks_language,
    conflict_with_item,
    conflict_with_source,
    conflict_with_author,
    reviews_used_up,
    time_used_up,
    away,
    back_too_late,
};

inline constexpr Barrier kLastBarrier = Barrier::back_too_late;

// As in files and answers: "has_reviewed".
std::string_view barrier_name(Barrier barrier);

struct Exclusion {
    Barrier why = Barrier::has_reviewed;
    std::string what = {};                          // the skill, language, item, source or author
    int64_t needed = 0;                             // level of the skill; of time, seconds
    int64_t had = 0;                                // level; seconds; reviews a day
    std::optional<Instant> returns = std::nullopt;  // of back_too_late

    bool operator==(const Exclusion&) const = default;
};

// "lacks skill 'spanish' at level 2": to stand after a name.
std::string sentence(const Exclusion& exclusion);

// In the order of Barrier; empty when he may. Whoever is away now but back before the task is due may.
std::vector<Exclusion> exclusions(const Task& task, const Reviewer& reviewer, Instant now);
// Whether there are none, without building them.
bool is_eligible(const Task& task, const Reviewer& reviewer, Instant now);

// What this task would take him.
double expected_seconds(const Task& task, const Reviewer& reviewer);

// Whether somebody who was given as speaking `spoken` understands `language`: equal, or the same with further subtags
// (RFC 4647, basic filtering). Case does not count.
bool covers_language(std::string_view spoken, std::string_view language);

}  // namespace countersign::people
