#include "core/people/experience.h"

#include <algorithm>
#include <utility>

#include "core/stats/elementary.h"

namespace countersign::people {

Experience experience_of(std::string kind, const consensus::ReviewerSkill& skill, double log_time_factor) {
    const auto answers = static_cast<double>(skill.answers);
    return {.kind = std::move(kind),
            .answers = answers,
            // Rounding may take a hair more than the answers for right.
            .right = std::clamp(skill.right, 0.0, answers),
            .time_factor = stats::exp(log_time_factor)};
}

Crowd crowd_of(std::span<const consensus::ReviewerSkill> skills) {
    double right = 1;
    double all = 2;
    for (const consensus::ReviewerSkill& skill : skills) {
        right += skill.right;
        all += static_cast<double>(skill.answers);
    }
    return {.correctness = right / all};
}

}  // namespace countersign::people
