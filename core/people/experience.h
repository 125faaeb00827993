#pragma once
// What consensus has found out about reviewers, as assignment reads it.

#include <span>
#include <string>

#include "core/consensus/reviewer_skill.h"
#include "core/people/reviewer.h"

namespace countersign::people {

// With one kind of item: `skill` from its items alone, `log_time_factor` of consensus::Turnaround (0: as others). The
// mean correctness is then the skill's mean, given the crowd below.
Experience experience_of(std::string kind, const consensus::ReviewerSkill& skill, double log_time_factor = 0);

// The share of all their answers that is right, as reviewer_skills() draws everybody to it.
Crowd crowd_of(std::span<const consensus::ReviewerSkill> skills);

}  // namespace countersign::people
