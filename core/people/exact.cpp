#include "core/people/exact.h"

#include <algorithm>
#include <optional>

#include "core/stats/assignment.h"

namespace countersign::people {

namespace {

// Limits that count reviews need one matching; only limits of time branch, until so many steps are spent. A matching
// takes the cube of its rows at most, far fewer in fact.
constexpr double kMostSteps = 4e9;
constexpr double kMostMatchings = 2'000;

enum class Use : uint8_t { free, forced, forbidden };

// Simple b-matching as a matching: each possible pair e is two nodes x_e and y_e. Rows are copies of the tasks, one a
// slot, and all y_e; columns are copies of the people, one a review, and all x_e. Pair e is used when a copy of its
// task has x_e and y_e has a copy of its person; it is not when y_e has x_e. A pair half used is worth less than one
// that is not, because one bond is worth more than a whole plan.
class Matching {
public:
    explicit Matching(const Slate& slate) : slate_(slate) {
        for (uint32_t t = 0; t < slate.tasks(); ++t) {
            for (uint32_t j = 0; j < slate.reviewers(); ++j) {
                if (slate.is_possible(t, j)) {
                    edges_.push_back({t, j});
                }
            }
        }
        double most = 0;
        for (const Pair& edge : edges_) {
            most = std::max(most, slate.worth(edge.task, edge.reviewer) + slate.balance(edge.reviewer, 0));
        }
        for (uint32_t t = 0; t < slate.tasks(); ++t) {
            slots_.insert(slots_.end(), static_cast<size_t>(slate.open_slots(t)), t);
        }
        for (uint32_t j = 0; j < slate.reviewers(); ++j) {
            const auto possible = static_cast<size_t>(std::ranges::count(edges_, j, &Pair::reviewer));
            for (size_t n = 0; n < std::min(possible, slate.reviews_left(j)); ++n) {
                reviews_.push_back({j, n});
            }
        }
        bond_ = 2 * (1 + (most * static_cast<double>(slots_.size())));
    }

    const std::vector<Pair>& edges() const { return edges_; }

    double steps() const {
        const auto rows = static_cast<double>(slots_.size() + edges_.size());
        return std::max(1.0, rows * rows * rows);
    }

    // The edges of the best plan without limits of time; nothing where what is forced cannot be.
    std::optional<std::vector<size_t>> solve(const std::vector<Use>& uses) const {
        const size_t rows = slots_.size() + edges_.size();
        const size_t columns = reviews_.size() + edges_.size();
        std::vector<double> scores(rows * columns, 0);
        const std::vector<size_t> most = most_reviews(uses);
        for (size_t e = 0; e < edges_.size(); ++e) {
            const Pair& edge = edges_[e];
            const size_t y_row = slots_.size() + e;
            const size_t x_column = reviews_.size() + e;
            scores[(y_row * columns) + x_column] = uses[e] == Use::forced ? 0 : bond_;
            if (uses[e] == Use::forbidden) {
                continue;
            }
            for (size_t s = 0; s < slots_.size(); ++s) {
                if (slots_[s] == edge.task) {
                    scores[(s * columns) + x_column] = (bond_ / 2) + slate_.worth(edge.task, edge.reviewer);
                }
            }
            for (size_t r = 0; r < reviews_.size(); ++r) {
                if (reviews_[r].reviewer == edge.reviewer && reviews_[r].nth < most[edge.reviewer]) {
                    scores[(y_row * columns) + r] = (bond_ / 2) + slate_.balance(edge.reviewer, reviews_[r].nth);
                }
            }
        }
        const auto column_of = stats::best_assignment(scores, rows, columns);
        std::vector<size_t> used;
        for (size_t s = 0; s < slots_.size(); ++s) {
            if (column_of[s]) {
                used.push_back(*column_of[s] - reviews_.size());
            }
        }
        std::ranges::sort(used);
        for (size_t e = 0; e < edges_.size(); ++e) {
            if (uses[e] == Use::forced && !std::ranges::binary_search(used, e)) {
                return std::nullopt;
            }
        }
        return used;
    }

private:
    struct Review {
        uint32_t reviewer = 0;
        size_t nth = 0;
    };

    // How many reviews fit into each person's time at best: what is forced, and then the quickest ones.
    std::vector<size_t> most_reviews(const std::vector<Use>& uses) const {
        std::vector<size_t> out(slate_.reviewers(), 0);
        for (uint32_t j = 0; j < slate_.reviewers(); ++j) {
            double left = slate_.seconds_left(j);
            std::vector<double> others;
            for (size_t e = 0; e < edges_.size(); ++e) {
                if (edges_[e].reviewer != j || uses[e] == Use::forbidden) {
                    continue;
                }
                const double seconds = slate_.seconds(edges_[e].task, j);
                if (uses[e] == Use::forced) {
                    left -= seconds;
                    ++out[j];
                } else {
                    others.push_back(seconds);
                }
            }
            std::ranges::sort(others);
            for (const double seconds : others) {
                left -= seconds;
                if (left < 0) {
                    break;
                }
                ++out[j];
            }
        }
        return out;
    }

    const Slate& slate_;
    std::vector<Pair> edges_;
    std::vector<uint32_t> slots_;
    std::vector<Review> reviews_;
    double bond_ = 0;
};

class Search {
public:
    Search(const Slate& slate, std::vector<Pair> start)
        : slate_(slate),
          matching_(slate),
          best_(std::move(start)),
          best_total_(slate.total(best_)),
          most_matchings_(std::min(kMostMatchings, std::max(1.0, kMostSteps / matching_.steps()))) {}

    ExactPlan run() {
        std::vector<Use> uses(matching_.edges().size(), Use::free);
        branch(uses);
        return {std::move(best_), proved_};
    }

private:
    void branch(std::vector<Use>& uses) {
        if (++matchings_ > most_matchings_) {
            proved_ = false;
            return;
        }
        const auto used = matching_.solve(uses);
        if (!used) {
            return;
        }
        std::vector<Pair> pairs;
        for (const size_t e : *used) {
            pairs.push_back(matching_.edges()[e]);
        }
        // Of no plan below here is the total larger.
        const double total = slate_.total(pairs);
        if (total <= best_total_ + 1e-12) {
            return;
        }
        const std::vector<size_t> too_much = first_overload(*used);
        if (too_much.empty()) {
            best_ = std::move(pairs);
            best_total_ = total;
            return;
        }
        // Not all of these together: the first one is not used, or it is and the second is not, and so on.
        std::vector<size_t> changed;
        for (const size_t e : too_much) {
            if (uses[e] == Use::forced) {
                continue;
            }
            uses[e] = Use::forbidden;
            branch(uses);
            uses[e] = Use::forced;
            changed.push_back(e);
        }
        for (const size_t e : changed) {
            uses[e] = Use::free;
        }
    }

    // The edges of the first person who has not the time for all of his.
    std::vector<size_t> first_overload(const std::vector<size_t>& used) const {
        for (uint32_t j = 0; j < slate_.reviewers(); ++j) {
            double seconds = 0;
            std::vector<size_t> own;
            for (const size_t e : used) {
                const Pair& edge = matching_.edges()[e];
                if (edge.reviewer == j) {
                    seconds += slate_.seconds(edge.task, j);
                    own.push_back(e);
                }
            }
            if (seconds > slate_.seconds_left(j)) {
                return own;
            }
        }
        return {};
    }

    const Slate& slate_;
    Matching matching_;
    std::vector<Pair> best_;
    double best_total_;
    double matchings_ = 0;
    double most_matchings_;
    bool proved_ = true;
};

}  // namespace

ExactPlan plan_exactly(const Slate& slate, std::vector<Pair> start) {
    return Search(slate, std::move(start)).run();
}

}  // namespace countersign::people
