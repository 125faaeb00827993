#include "core/people/packs.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/people/eligibility.h"

namespace countersign::people {

namespace {

class Packing {
public:
    Packing(const PlanInput& input, std::span<const Leave> leaves, const PackOptions& options)
        : input_(input),
          leaves_(leaves),
          options_(options),
          tasks_(input.tasks.begin(), input.tasks.end()),
          is_away_(input.reviewers.size(), false) {
        CS_CHECK(options.margin_seconds >= 0 && options.reserve >= 1);
        for (const Leave& leave : leaves) {
            CS_CHECK(leave.reviewer < input.reviewers.size() && !is_away_[leave.reviewer]);
            CS_CHECK(leave.returns >= input.now && leave.work_seconds >= 0);
            is_away_[leave.reviewer] = true;
            packs_.push_back({.reviewer = leave.reviewer, .tasks = {}});
            travellers_.push_back(traveller(leave));
        }
    }

    std::vector<Pack> run() {
        // Whoever is back too late for a task may not have it.
        for (size_t i = 0; i < leaves_.size(); ++i) {
            travellers_[i].present = {{arrival(leaves_[i]), Instant{INT64_MAX}}};
        }
        pack([](const Task& /*task*/) { return 0; });
        // What is left of his time, for second opinions: all slots but one, where that one can be filled.
        for (Reviewer& one : travellers_) {
            one.present.clear();
        }
        pack([this](const Task& task) {
            const bool may_stay_behind = task.purpose == Purpose::review && somebody_online_may(task);
            return may_stay_behind ? 1 : task.open_slots();
        });
        for (size_t i = 0; i < leaves_.size(); ++i) {
            finish(packs_[i], arrival(leaves_[i]));
        }
        return std::move(packs_);
    }

private:
    Instant arrival(const Leave& leave) const {
        return leave.returns +
               Duration{static_cast<int64_t>(options_.margin_seconds * static_cast<double>(kSecond_us))};
    }

    // With what he can do until he is back as his day.
    Reviewer traveller(const Leave& leave) const {
        Reviewer out = input_.reviewers[leave.reviewer];
        const int64_t further_days = std::max<int64_t>(0, (leave.returns - input_.now).us - 1) / kDay_us;
        double seconds = leave.work_seconds * options_.reserve;
        if (out.per_day.seconds) {
            const double left = std::max(0.0, *out.per_day.seconds - out.today.seconds);
            seconds = std::min(seconds, left + (static_cast<double>(further_days) * *out.per_day.seconds));
        }
        out.per_day.seconds = out.today.seconds + seconds;
        if (out.per_day.reviews) {
            out.per_day.reviews =
                std::max(out.today.reviews, *out.per_day.reviews) + (further_days * *out.per_day.reviews);
        }
        return out;
    }

    bool somebody_online_may(const Task& task) const {
        for (size_t j = 0; j < input_.reviewers.size(); ++j) {
            if (!is_away_[j] && is_eligible(task, input_.reviewers[j], input_.now)) {
                return true;
            }
        }
        return false;
    }

    // Offers all open slots but those that `kept` says of each task.
    template <class Kept>
    void pack(Kept kept) {
        std::vector<Task> offered;
        std::vector<size_t> places;
        for (size_t t = 0; t < tasks_.size(); ++t) {
            const int32_t stay = kept(tasks_[t]);
            if (tasks_[t].open_slots() > stay) {
                offered.push_back(tasks_[t]);
                offered.back().slots -= stay;
                places.push_back(t);
            }
        }
        Weights weights = input_.weights;
        weights.urgency = 0;
        const Plan plan = plan_reviews(
            {.tasks = offered, .reviewers = travellers_, .now = input_.now, .weights = weights, .crowd = input_.crowd},
            Effort::greedy);
        for (const Assignment& one : plan.assignments) {
            Reviewer& owner = travellers_[one.reviewer];
            const size_t task = places[one.task];
            tasks_[task].held_by.push_back(owner.id);
            owner.today.reviews += 1;
            owner.today.seconds += one.terms.seconds;
            packs_[one.reviewer].tasks.push_back(task);
            packs_[one.reviewer].expected_seconds += one.terms.seconds;
        }
    }

    void finish(Pack& pack, Instant back) const {
        const auto due = [this](size_t t) { return tasks_[t].due.value_or(Instant{INT64_MAX}); };
        std::ranges::sort(pack.tasks, [&](size_t a, size_t b) {
            return due(a) != due(b) ? due(a) < due(b) : tasks_[a].item < tasks_[b].item;
        });
        pack.second_opinions =
            static_cast<size_t>(std::ranges::count_if(pack.tasks, [&](size_t t) { return due(t) <= back; }));
    }

    const PlanInput& input_;
    std::span<const Leave> leaves_;
    const PackOptions& options_;
    std::vector<Task> tasks_;  // with what is packed held
    std::vector<bool> is_away_;
    std::vector<Reviewer> travellers_;  // one a leave
    std::vector<Pack> packs_;
};

}  // namespace

std::vector<Pack> choose_packs(const PlanInput& input, std::span<const Leave> leaves, const PackOptions& options) {
    return Packing(input, leaves, options).run();
}

std::vector<Task> with_packs(const PlanInput& input, std::span<const Pack> packs) {
    std::vector<Task> out(input.tasks.begin(), input.tasks.end());
    for (const Pack& pack : packs) {
        for (const size_t task : pack.tasks) {
            out[task].held_by.push_back(input.reviewers[pack.reviewer].id);
        }
    }
    return out;
}

}  // namespace countersign::people
