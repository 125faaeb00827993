#pragma once
// The staff of a project: who can do what, how much of it a day, what somebody must not review; and what items of each
// tier need. One JSON document, "countersign-staff-1" (docs/people.md), set by whoever manages the project.
//
// Contract of load_staff: strict; at most 500 people; no account twice. Errors: invalid_argument with the place
// ("people[3].skills.spanish: ..."); exhausted for a limit.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/people/reviewer.h"

namespace countersign::people {

// What a tier's items need of a person, and how long they take.
struct TierNeeds {
    std::vector<SkillLevel> skills = {};
    double expected_seconds = 60;
};

struct Staff {
    std::vector<Reviewer> people;  // in order of ids
    // Paths in an item's document, like "metadata.language"; empty: nothing is read.
    std::string language;
    std::string source;
    std::string author;
    std::map<std::string, TierNeeds, std::less<>> tiers;

    // nullptr for somebody who is not listed: nothing is known of him, so nothing stands against him either.
    const Reviewer* find(const ActorId& account) const;
};

inline constexpr size_t kMostStaff = 500;

Result<Staff> load_staff(std::string_view bytes);

}  // namespace countersign::people
