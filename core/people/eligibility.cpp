#include "core/people/eligibility.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/base/concat.h"

namespace countersign::people {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int64_t whole_seconds(double seconds) {
    return static_cast<int64_t>(std::clamp(seconds, 0.0, 1e15) + 0.5);
}

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
    return std::ranges::find(values, value) != values.end();
}

// Tells `take` what stands in the way, in the order of Barrier, until that returns false.
template <class Take>
class Inspection {
public:
    Inspection(const Task& task, const Reviewer& reviewer, Instant now, Take& take)
        : task_(task), reviewer_(reviewer), now_(now), take_(take) {}

    void run() {
        if (past() && skills() && language() && conflicts() && capacity()) {
            presence();
        }
    }

private:
    bool past() {
        return (!contains(task_.reviewed_by, reviewer_.id) || take_(Barrier::has_reviewed, std::string_view{}, 0, 0)) &&
               (!contains(task_.held_by, reviewer_.id) || take_(Barrier::holds_it, std::string_view{}, 0, 0));
    }

    bool skills() {
        return std::ranges::all_of(task_.required, [this](const SkillLevel& needed) {
            const auto had = std::ranges::find(reviewer_.skills, needed.skill, &SkillLevel::skill);
            if (had == reviewer_.skills.end()) {
                return take_(Barrier::lacks_skill, needed.skill, needed.level, 0);
            }
            return had->level >= needed.level || take_(Barrier::level_too_low, needed.skill, needed.level, had->level);
        });
    }

    bool language() {
        return task_.language.empty() ||
               std::ranges::any_of(
                   reviewer_.languages,
                   [this](const std::string& spoken) { return covers_language(spoken, task_.language); }) ||
               take_(Barrier::lacks_language, task_.language, 0, 0);
    }

    bool conflicts() {
        const Conflicts& with = reviewer_.conflicts;
        return (!contains(with.items, task_.item) || take_(Barrier::conflict_with_item, task_.item.text, 0, 0)) &&
               (task_.source.empty() || !contains(with.sources, task_.source) ||
                take_(Barrier::conflict_with_source, task_.source, 0, 0)) &&
               (task_.author.empty() || !contains(with.authors, task_.author) ||
                take_(Barrier::conflict_with_author, task_.author, 0, 0));
    }

    bool capacity() {
        const Capacity& most = reviewer_.per_day;
        if (most.reviews && reviewer_.today.reviews >= *most.reviews &&
            !take_(Barrier::reviews_used_up, std::string_view{}, 0, *most.reviews)) {
            return false;
        }
        if (!most.seconds) {
            return true;
        }
        const double left = *most.seconds - reviewer_.today.seconds;
        const double needed = expected_seconds(task_, reviewer_);
        return needed <= left ||
               take_(Barrier::time_used_up, std::string_view{}, whole_seconds(needed), whole_seconds(left));
    }

    void presence() {
        const std::optional<Instant> returns = next_present(reviewer_, now_);
        if (!returns) {
            take_(Barrier::away, std::string_view{}, 0, 0);
        } else if (*returns > now_ && task_.due && *returns >= *task_.due) {
            take_(Barrier::back_too_late, std::string_view{}, 0, 0);
        }
    }

    const Task& task_;
    const Reviewer& reviewer_;
    Instant now_;
    Take& take_;
};

}  // namespace

std::string_view barrier_name(Barrier barrier) {
    constexpr std::array<std::string_view, static_cast<size_t>(kLastBarrier) + 1> kNames{"has_reviewed",
                                                                                         "holds_it",
                                                                                         "lacks_skill",
                                                                                         "level_too_low",
                                                                                         "lacks_language",
                                                                                         "conflict_with_item",
                                                                                         "conflict_with_source",
                                                                                         "conflict_with_author",
                                                                                         "reviews_used_up",
                                                                                         "time_used_up",
                                                                                         "away",
                                                                                         "back_too_late"};
    return kNames.at(static_cast<size_t>(barrier));
}

std::string sentence(const Exclusion& exclusion) {
    switch (exclusion.why) {
        case Barrier::has_reviewed: return "has reviewed it";
        case Barrier::holds_it: return "has it already, not yet reviewed";
        case Barrier::lacks_skill: return concat("lacks skill '", exclusion.what, "' at level ", exclusion.needed);
        case Barrier::level_too_low:
            return concat("has skill '", exclusion.what, "' at level ", exclusion.had, ", not ", exclusion.needed);
        case Barrier::lacks_language: return concat("does not read language '", exclusion.what, "'");
        case Barrier::conflict_with_item: return "has a conflict of interest with this item";
        case Barrier::conflict_with_source:
            return concat("has a conflict of interest with source '", exclusion.what, "'");
        case Barrier::conflict_with_author:
            return concat("has a conflict of interest with author '", exclusion.what, "'");
        case Barrier::reviews_used_up: return concat("has used up today's ", exclusion.had, " reviews");
        case Barrier::time_used_up:
            return concat("has ", exclusion.had, " s left today and would need ", exclusion.needed, " s");
        case Barrier::away: return "is away, and when he is back is not known";
        case Barrier::back_too_late:
            return concat("is away until ", to_rfc3339(*exclusion.returns), ", after it is due");
    }
    CS_CHECK(false);
}

std::vector<Exclusion> exclusions(const Task& task, const Reviewer& reviewer, Instant now) {
    std::vector<Exclusion> out;
    auto take = [&out](Barrier why, std::string_view what, int64_t needed, int64_t had) {
        out.push_back({.why = why, .what = std::string(what), .needed = needed, .had = had});
        return true;
    };
    Inspection(task, reviewer, now, take).run();
    if (!out.empty() && out.back().why == Barrier::back_too_late) {
        out.back().returns = next_present(reviewer, now);
    }
    return out;
}

bool is_eligible(const Task& task, const Reviewer& reviewer, Instant now) {
    bool free = true;
    auto take = [&free](Barrier /*why*/, std::string_view /*what*/, int64_t /*needed*/, int64_t /*had*/) {
        free = false;
        return false;
    };
    Inspection(task, reviewer, now, take).run();
    return free;
}

double expected_seconds(const Task& task, const Reviewer& reviewer) {
    CS_CHECK(task.expected_seconds > 0);
    return task.expected_seconds * time_factor(reviewer, task.kind);
}

bool covers_language(std::string_view spoken, std::string_view language) {
    if (spoken.empty() || spoken.size() > language.size()) {
        return false;
    }
    for (size_t i = 0; i < spoken.size(); ++i) {
        if (lower(spoken[i]) != lower(language[i])) {
            return false;
        }
    }
    return spoken.size() == language.size() || language[spoken.size()] == '-';
}

}  // namespace countersign::people
