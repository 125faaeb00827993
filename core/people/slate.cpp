#include "core/people/slate.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>

#include "core/base/check.h"
#include "core/people/eligibility.h"

namespace countersign::people {

namespace {

template <class Less>
std::vector<size_t> ordered(size_t count, Less less) {
    std::vector<size_t> out(count);
    std::iota(out.begin(), out.end(), size_t{0});
    std::ranges::stable_sort(out, less);
    return out;
}

double seconds_between(Instant from, Instant to) {
    return static_cast<double>((to - from).us) / static_cast<double>(kSecond_us);
}

}  // namespace

Slate::Slate(const PlanInput& input)
    : input_(input),
      tasks_(
          ordered(input.tasks.size(), [&](size_t a, size_t b) { return input.tasks[a].item < input.tasks[b].item; })),
      reviewers_(ordered(input.reviewers.size(),
                         [&](size_t a, size_t b) { return input.reviewers[a].id < input.reviewers[b].id; })) {
    for (size_t t = 1; t < tasks_.size(); ++t) {
        CS_CHECK(input.tasks[tasks_[t - 1]].item != input.tasks[tasks_[t]].item);
    }
    for (size_t j = 1; j < reviewers_.size(); ++j) {
        CS_CHECK(input.reviewers[reviewers_[j - 1]].id != input.reviewers[reviewers_[j]].id);
    }
    for (const size_t place : tasks_) {
        open_.push_back(input.tasks[place].open_slots());
    }
    measure_times();
    number_kinds();
    measure_gains();
    measure_limits();
}

void Slate::measure_times() {
    for (const size_t place : tasks_) {
        const std::optional<Instant>& due = input_.tasks[place].due;
        due_.push_back(due ? seconds_between(input_.now, *due) : std::numeric_limits<double>::infinity());
    }
    for (const size_t place : reviewers_) {
        const Reviewer& one = input_.reviewers[place];
        const Instant begins = next_present(one, input_.now).value_or(input_.now);
        begins_.push_back(seconds_between(input_.now, begins) + one.today.waiting_seconds);
    }
}

void Slate::number_kinds() {
    std::vector<std::string_view> names;
    for (const Task& task : input_.tasks) {
        names.emplace_back(task.kind);
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    kinds_ = names.size();
    for (const size_t place : tasks_) {
        kind_of_.push_back(
            static_cast<size_t>(std::ranges::lower_bound(names, input_.tasks[place].kind) - names.begin()));
    }
    for (const size_t place : reviewers_) {
        for (const std::string_view name : names) {
            const Reviewer& reviewer = input_.reviewers[place];
            correctness_.push_back(mean_correctness(reviewer, name, input_.crowd));
            time_factor_.push_back(time_factor(reviewer, name));
        }
    }
}

double Slate::gain(size_t task, size_t reviewer) const {
    const Task& one = input_.tasks[tasks_[task]];
    const double guess = 1.0 / one.labels;
    // Whoever is right less often than that is worth nothing, though his answers could be turned around.
    const double right = chance_of_right(correctness_[(reviewer * kinds_) + kind_of_[task]], one.difficulty);
    return gain_of_answer(std::max(one.certainty.value_or(guess), guess), std::max(right, guess), one.labels);
}

double Slate::seconds(size_t task, size_t reviewer) const {
    return input_.tasks[tasks_[task]].expected_seconds * time_factor_[(reviewer * kinds_) + kind_of_[task]];
}

double Slate::urgency_of(size_t task, size_t reviewer) const {
    const double slack = due_[task] - begins_[reviewer] - seconds(task, reviewer);
    return input_.weights.urgency * urgency(slack, input_.weights.horizon_seconds);
}

void Slate::measure_gains() {
    worth_.assign(tasks_.size() * reviewers_.size(), -1);
    double sum = 0;
    size_t possible = 0;
    for (size_t t = 0; t < tasks_.size(); ++t) {
        for (size_t j = 0; j < reviewers_.size() && open_[t] > 0; ++j) {
            if (is_eligible(input_.tasks[tasks_[t]], input_.reviewers[reviewers_[j]], input_.now)) {
                const double per_minute = gain(t, j) * 60 / seconds(t, j);
                worth_[at(t, j)] = per_minute;
                sum += per_minute;
                ++possible;
            }
        }
    }
    usual_ = sum > 0 ? sum / static_cast<double>(possible) : 1;
    for (size_t t = 0; t < tasks_.size(); ++t) {
        for (size_t j = 0; j < reviewers_.size(); ++j) {
            double& worth = worth_[at(t, j)];
            worth = worth < 0 ? worth : (worth / usual_) + urgency_of(t, j);
        }
    }
}

void Slate::measure_limits() {
    for (size_t j = 0; j < reviewers_.size(); ++j) {
        const Reviewer& one = input_.reviewers[reviewers_[j]];
        double seconds_of_all = 0;
        size_t possible = 0;
        for (size_t t = 0; t < tasks_.size(); ++t) {
            if (is_possible(t, j)) {
                seconds_of_all += seconds(t, j);
                ++possible;
            }
        }
        const int64_t most = one.per_day.reviews.value_or(input_.weights.usual_reviews);
        Limits limits{
            .reviews = tasks_.size(), .seconds = std::numeric_limits<double>::infinity(), .busy = 0, .step = 0};
        if (one.per_day.reviews || !one.per_day.seconds) {
            CS_CHECK(most >= 0 && one.today.reviews >= 0);
            const auto day = static_cast<double>(std::max<int64_t>(most, 1));
            limits.busy = static_cast<double>(one.today.reviews) / day;
            limits.step = 1 / day;
        }
        if (one.per_day.reviews) {
            const int64_t left = std::max<int64_t>(0, most - one.today.reviews);
            limits.reviews = static_cast<size_t>(std::min(left, static_cast<int64_t>(tasks_.size())));
        }
        if (one.per_day.seconds && possible > 0) {
            const double day = *one.per_day.seconds;  // above 0, else nothing were possible
            limits.seconds = day - one.today.seconds;
            limits.busy = std::max(limits.busy, one.today.seconds / day);
            limits.step = std::max(limits.step, seconds_of_all / static_cast<double>(possible) / day);
        }
        limits_.push_back(limits);
    }
}

double Slate::balance(size_t reviewer, size_t planned) const {
    const Limits& limits = limits_[reviewer];
    return input_.weights.balance * std::max(0.0, 1 - limits.busy - (static_cast<double>(planned) * limits.step));
}

Terms Slate::terms(size_t task, size_t reviewer, size_t planned) const {
    const double correctness_gain = gain(task, reviewer);
    const double takes = seconds(task, reviewer);
    return {.correctness_gain = correctness_gain,
            .seconds = takes,
            .gain_per_minute = correctness_gain * 60 / takes / usual_,
            .urgency = urgency_of(task, reviewer),
            .balance = balance(reviewer, planned)};
}

double Slate::total(std::span<const Pair> pairs) const {
    std::vector<size_t> planned(reviewers_.size(), 0);
    double sum = 0;
    for (const Pair& pair : pairs) {
        sum += worth(pair.task, pair.reviewer) + balance(pair.reviewer, planned[pair.reviewer]++);
    }
    return sum;
}

}  // namespace countersign::people
