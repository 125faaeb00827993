#include "core/people/why.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/people/queues.h"
#include "core/people/slate.h"

namespace countersign::people {

namespace {

std::string of_terms(const Terms& terms) {
    return concat(fixed_text(terms.total(), 2), " = gain per minute ", fixed_text(terms.gain_per_minute, 2),
                  " + urgency ", fixed_text(terms.urgency, 2), " + free capacity ", fixed_text(terms.balance, 2));
}

std::string_view of_standing(Standing standing) {
    switch (standing) {
        case Standing::worth_less: return "";
        case Standing::needed_more: return "; is needed more elsewhere";
        case Standing::too_late: return "; but more tasks would be late";
        case Standing::overlooked: return "; the plan is near the best one, not the best";
    }
    CS_CHECK(false);
}

}  // namespace

void append_sentences(std::span<const Reviewer> reviewers, const std::vector<LeftOut>& left_out,
                      std::vector<std::string>& out) {
    for (const LeftOut& one : left_out) {
        std::string line = concat(reviewers[one.reviewer].id.text, " ");
        for (size_t i = 0; i < one.why.size(); ++i) {
            line += concat(i == 0 ? "" : "; ", sentence(one.why[i]));
        }
        out.push_back(std::move(line));
    }
}

// People in order of their ids, and what the plan gives each.
struct Explainer::State {
    State(const PlanInput& from, const Plan& of)
        : input(from),
          plan(of),
          slate(from),
          task_at(from.tasks.size()),
          reviewer_at(from.reviewers.size()),
          planned(from.reviewers.size(), 0),
          seconds(planned.size(), 0) {
        for (size_t t = 0; t < slate.tasks(); ++t) {
            task_at[slate.task_place(t)] = t;
        }
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            reviewer_at[slate.reviewer_place(j)] = j;
        }
        for (const Assignment& one : of.assignments) {
            const size_t j = reviewer_at[one.reviewer];
            ++planned[j];
            seconds[j] += one.terms.seconds;
        }
    }

    bool has_room(size_t task, size_t reviewer) const {
        return planned[reviewer] < slate.reviews_left(reviewer) &&
               seconds[reviewer] + slate.seconds(task, reviewer) <= slate.seconds_left(reviewer);
    }

    Standing standing(const Assignment& chosen, size_t reviewer, double total) const {
        const size_t task = task_at[chosen.task];
        if (!has_room(task, reviewer)) {
            return Standing::needed_more;
        }
        if (total <= chosen.terms.total()) {
            return Standing::worth_less;
        }
        std::vector<Pair> pairs = all_pairs();
        const size_t late = Queues(slate, pairs).late();
        const Pair before{static_cast<uint32_t>(task), static_cast<uint32_t>(reviewer_at[chosen.reviewer])};
        *std::ranges::find(pairs, before) = {before.task, static_cast<uint32_t>(reviewer)};
        return Queues(slate, pairs).late() > late ? Standing::too_late : Standing::overlooked;
    }

    std::vector<Pair> all_pairs() const {
        std::vector<Pair> out;
        for (const Assignment& one : plan.assignments) {
            out.push_back({static_cast<uint32_t>(task_at[one.task]), static_cast<uint32_t>(reviewer_at[one.reviewer])});
        }
        return out;
    }

    // Those who have not got the task: tells `may` who may review it, and returns the others.
    template <class May>
    std::vector<LeftOut> walk(size_t task, May may) const {
        std::vector<LeftOut> out;
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            const size_t place = slate.reviewer_place(j);
            const bool has_it = std::ranges::any_of(
                plan.assignments, [&](const Assignment& one) { return one.task == task && one.reviewer == place; });
            if (has_it) {
                continue;
            }
            std::vector<Exclusion> why = exclusions(input.tasks[task], input.reviewers[place], input.now);
            if (why.empty()) {
                may(j);
            } else {
                out.push_back({place, std::move(why)});
            }
        }
        return out;
    }

    const PlanInput input;
    const Plan& plan;
    const Slate slate;
    std::vector<size_t> task_at;      // of the slate, by place in the input
    std::vector<size_t> reviewer_at;  // the same
    std::vector<size_t> planned;      // by the slate's numbers
    std::vector<double> seconds;
};

Explainer::Explainer(const PlanInput& input, const Plan& plan) : state_(std::make_unique<State>(input, plan)) {}

Explainer::~Explainer() = default;

AssignmentReason Explainer::assignment(size_t which) const {
    CS_CHECK(which < state_->plan.assignments.size());
    const Assignment& chosen = state_->plan.assignments[which];
    const size_t task = state_->task_at[chosen.task];
    AssignmentReason out{.chosen = chosen};
    out.left_out = state_->walk(chosen.task, [&](size_t j) {
        const Terms terms = state_->slate.terms(task, j, state_->planned[j]);
        if (out.runner_up && terms.total() <= out.runner_up->terms.total()) {
            return;
        }
        out.runner_up = RunnerUp{.reviewer = state_->slate.reviewer_place(j),
                                 .terms = terms,
                                 .standing = state_->standing(chosen, j, terms.total())};
    });
    return out;
}

UnfilledReason Explainer::unfilled(size_t task) const {
    UnfilledReason out;
    out.left_out =
        state_->walk(task, [&](size_t j) { out.planned_elsewhere.push_back(state_->slate.reviewer_place(j)); });
    return out;
}

std::vector<std::string> sentences(const PlanInput& input, const AssignmentReason& reason) {
    std::vector<std::string> out;
    out.push_back(concat(input.reviewers[reason.chosen.reviewer].id.text, ": ", of_terms(reason.chosen.terms),
                         reason.chosen.is_late ? "; will be late" : ""));
    if (reason.runner_up) {
        out.push_back(concat("next was ", input.reviewers[reason.runner_up->reviewer].id.text, ": ",
                             of_terms(reason.runner_up->terms), of_standing(reason.runner_up->standing)));
    }
    append_sentences(input.reviewers, reason.left_out, out);
    return out;
}

std::vector<std::string> sentences(const PlanInput& input, const UnfilledReason& reason) {
    std::vector<std::string> out;
    for (const size_t j : reason.planned_elsewhere) {
        out.push_back(concat(input.reviewers[j].id.text, " has other work for the rest of the day"));
    }
    append_sentences(input.reviewers, reason.left_out, out);
    return out;
}

}  // namespace countersign::people
