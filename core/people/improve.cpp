#include "core/people/improve.h"

#include <algorithm>
#include <optional>

namespace countersign::people {

namespace {

constexpr double kLeastGain = 1e-9;

class Improvement {
public:
    Improvement(const Slate& slate, std::vector<Pair> pairs)
        : slate_(slate),
          pairs_(std::move(pairs)),
          planned_(slate.reviewers(), 0),
          seconds_left_(slate.reviewers()),
          open_(slate.tasks()) {
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            seconds_left_[j] = slate.seconds_left(j);
        }
        for (size_t t = 0; t < slate.tasks(); ++t) {
            open_[t] = slate.open_slots(t);
        }
        for (const Pair& pair : pairs_) {
            count(pair, 1);
        }
    }

    std::vector<Pair> run(int rounds) {
        for (int i = 0; i < rounds; ++i) {
            bool changed = fill_open();
            changed |= move_one();
            changed |= exchange_two();
            if (!changed) {
                break;
            }
        }
        std::ranges::sort(pairs_);
        return std::move(pairs_);
    }

private:
    void count(const Pair& pair, int by) {
        if (by > 0) {
            ++planned_[pair.reviewer];
        } else {
            --planned_[pair.reviewer];
        }
        seconds_left_[pair.reviewer] -= by * slate_.seconds(pair.task, pair.reviewer);
        open_[pair.task] -= by;
    }

    // `reviewer` may have the task and has not.
    bool may(uint32_t task, uint32_t reviewer) const {
        return slate_.is_possible(task, reviewer) && std::ranges::find(pairs_, Pair{task, reviewer}) == pairs_.end();
    }

    bool has_room(uint32_t task, uint32_t reviewer) const {
        return planned_[reviewer] < slate_.reviews_left(reviewer) &&
               slate_.seconds(task, reviewer) <= seconds_left_[reviewer];
    }

    // In the place of another task of his.
    bool fits_instead(uint32_t task, uint32_t reviewer, uint32_t other) const {
        return slate_.seconds(task, reviewer) <= seconds_left_[reviewer] + slate_.seconds(other, reviewer);
    }

    // To whom an assignment may move, with what it is worth there.
    struct Elsewhere {
        uint32_t reviewer = 0;
        double worth = 0;
    };

    std::optional<Elsewhere> best_elsewhere(const Pair& pair) const {
        std::optional<Elsewhere> out;
        for (uint32_t j = 0; j < slate_.reviewers(); ++j) {
            if (j == pair.reviewer || !has_room(pair.task, j) || !may(pair.task, j)) {
                continue;
            }
            const double worth = slate_.worth(pair.task, j) + slate_.balance(j, planned_[j]);
            if (!out || worth > out->worth) {
                out = Elsewhere{j, worth};
            }
        }
        return out;
    }

    void replace(Pair& pair, const Pair& by) {
        count(pair, -1);
        pair = by;
        count(pair, 1);
    }

    bool fill_open() {
        bool changed = false;
        for (uint32_t t = 0; t < slate_.tasks(); ++t) {
            for (uint32_t j = 0; open_[t] > 0 && j < slate_.reviewers(); ++j) {
                changed |= may(t, j) && fill_with(t, j);
            }
        }
        return changed;
    }

    bool fill_with(uint32_t task, uint32_t reviewer) {
        if (has_room(task, reviewer)) {
            pairs_.push_back({task, reviewer});
            count(pairs_.back(), 1);
            return true;
        }
        double most = kLeastGain;
        size_t given_up = pairs_.size();
        std::optional<Elsewhere> moves_to;
        for (size_t i = 0; i < pairs_.size(); ++i) {
            const Pair& pair = pairs_[i];
            if (pair.reviewer != reviewer || !fits_instead(task, reviewer, pair.task)) {
                continue;
            }
            const std::optional<Elsewhere> elsewhere = best_elsewhere(pair);
            const double gain =
                slate_.worth(task, reviewer) - slate_.worth(pair.task, reviewer) + (elsewhere ? elsewhere->worth : 0);
            if (gain > most) {
                most = gain;
                given_up = i;
                moves_to = elsewhere;
            }
        }
        if (given_up == pairs_.size()) {
            return false;
        }
        const Pair before = pairs_[given_up];
        replace(pairs_[given_up], {task, reviewer});
        if (moves_to) {
            pairs_.push_back({before.task, moves_to->reviewer});
            count(pairs_.back(), 1);
        }
        return true;
    }

    bool move_one() {
        bool changed = false;
        for (Pair& pair : pairs_) {
            const std::optional<Elsewhere> elsewhere = best_elsewhere(pair);
            const double here =
                slate_.worth(pair.task, pair.reviewer) + slate_.balance(pair.reviewer, planned_[pair.reviewer] - 1);
            if (elsewhere && elsewhere->worth > here + kLeastGain) {
                replace(pair, {pair.task, elsewhere->reviewer});
                changed = true;
            }
        }
        return changed;
    }

    bool exchange_two() {
        bool changed = false;
        for (size_t i = 0; i < pairs_.size(); ++i) {
            for (size_t k = i + 1; k < pairs_.size(); ++k) {
                changed |= exchange(pairs_[i], pairs_[k]);
            }
        }
        return changed;
    }

    bool exchange(Pair& a, Pair& b) {
        if (a.reviewer == b.reviewer || a.task == b.task || !slate_.is_possible(a.task, b.reviewer) ||
            !slate_.is_possible(b.task, a.reviewer)) {
            return false;
        }
        const double gain = slate_.worth(a.task, b.reviewer) + slate_.worth(b.task, a.reviewer) -
                            slate_.worth(a.task, a.reviewer) - slate_.worth(b.task, b.reviewer);
        if (gain <= kLeastGain || !fits_instead(b.task, a.reviewer, a.task) ||
            !fits_instead(a.task, b.reviewer, b.task) || !may(a.task, b.reviewer) || !may(b.task, a.reviewer)) {
            return false;
        }
        const Pair to_b{a.task, b.reviewer};
        replace(a, {b.task, a.reviewer});
        replace(b, to_b);
        return true;
    }

    const Slate& slate_;
    std::vector<Pair> pairs_;
    std::vector<size_t> planned_;
    std::vector<double> seconds_left_;
    std::vector<int32_t> open_;
};

}  // namespace

std::vector<Pair> improve(const Slate& slate, std::vector<Pair> pairs, int rounds) {
    return Improvement(slate, std::move(pairs)).run(rounds);
}

}  // namespace countersign::people
