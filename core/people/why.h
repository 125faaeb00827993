#pragma once
// Why somebody got a task, who would have been next, and who was left out for what reason; why a task got nobody. For
// the reviewer who asks "why me?" and for the lead.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/people/eligibility.h"
#include "core/people/plan.h"

namespace countersign::people {

enum class Standing : uint8_t {
    worth_less,   // the same or less than the one who was chosen
    needed_more,  // what he can do today is planned for where it is worth more
    too_late,     // worth more, but more tasks would be late
    // Worth more: the plan is near the best one, not the best. Of large plans, or where something was handed on.
    overlooked
};

struct RunnerUp {
    size_t reviewer = 0;  // of PlanInput::reviewers
    Terms terms;          // as if he did it on top of what the plan gives him
    Standing standing = Standing::worth_less;
};

struct LeftOut {
    size_t reviewer = 0;
    std::vector<Exclusion> why;
};

struct AssignmentReason {
    Assignment chosen;
    std::optional<RunnerUp> runner_up{};  // the best of those who may and did not get it
    std::vector<LeftOut> left_out{};      // in order of ids
};

struct UnfilledReason {
    std::vector<size_t> planned_elsewhere{};  // may review it, and has no room left in the plan; in order of ids
    std::vector<LeftOut> left_out{};
};

// Of one plan and what it was made from, which must outlive it. Making it costs tasks x people, a question people.
class Explainer {
public:
    Explainer(const PlanInput& input, const Plan& plan);
    ~Explainer();

    // Of plan.assignments[which].
    AssignmentReason assignment(size_t which) const;
    // Of a task with slots that nobody fills.
    UnfilledReason unfilled(size_t task) const;

private:
    struct State;
    std::unique_ptr<const State> state_;
};

// A line each: "ana lacks skill 'spanish' at level 2; has reviewed it".
void append_sentences(std::span<const Reviewer> reviewers, const std::vector<LeftOut>& left_out,
                      std::vector<std::string>& out);

// For people, a line each: who and the terms, the runner-up, everybody who was left out.
std::vector<std::string> sentences(const PlanInput& input, const AssignmentReason& reason);
std::vector<std::string> sentences(const PlanInput& input, const UnfilledReason& reason);

}  // namespace countersign::people
