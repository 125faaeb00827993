#include "core/people/greedy.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace countersign::people {

namespace {

constexpr uint32_t kNobody = std::numeric_limits<uint32_t>::max();

// A task's next slot: who would be best for it, and the next best.
struct Offer {
    double key = 0;
    double best_total = 0;
    uint32_t task = 0;
    uint32_t best = kNobody;
    uint32_t second = kNobody;
    uint32_t version = 0;  // of the task's offers; older ones in the queue are void
};

// The largest key first; then the larger total, then the lower id.
struct Later {
    bool operator()(const Offer& a, const Offer& b) const {
        if (a.key != b.key) {
            return a.key < b.key;
        }
        return a.best_total != b.best_total ? a.best_total < b.best_total : a.task > b.task;
    }
};

class Greedy {
public:
    Greedy(const Slate& slate, Order order)
        : slate_(slate), order_(order), planned_(slate.reviewers(), 0), current_(slate.tasks()), open_(slate.tasks()) {
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            seconds_left_.push_back(slate.seconds_left(j));
        }
        taken_.resize(slate.tasks());
    }

    std::vector<Pair> run() {
        for (uint32_t t = 0; t < slate_.tasks(); ++t) {
            open_[t] = slate_.open_slots(t);
            renew(t);
        }
        while (!queue_.empty()) {
            const Offer offer = queue_.top();
            queue_.pop();
            if (offer.version != current_[offer.task].version) {
                continue;
            }
            // People have got more to do since; what is still as good as it was is taken.
            const Offer now = look(offer.task);
            if (now.key != offer.key || now.best != offer.best) {
                renew(offer.task);
                continue;
            }
            take(offer);
        }
        std::ranges::sort(out_);
        return std::move(out_);
    }

private:
    bool has_room(uint32_t task, uint32_t reviewer) const {
        return slate_.is_possible(task, reviewer) && planned_[reviewer] < slate_.reviews_left(reviewer) &&
               slate_.seconds(task, reviewer) <= seconds_left_[reviewer] &&
               std::ranges::find(taken_[task], reviewer) == taken_[task].end();
    }

    Offer look(uint32_t task) const {
        Offer out{.task = task};
        double second_total = 0;
        for (uint32_t j = 0; j < slate_.reviewers(); ++j) {
            if (!has_room(task, j)) {
                continue;
            }
            const double total = slate_.worth(task, j) + slate_.balance(j, planned_[j]);
            if (out.best == kNobody || total > out.best_total) {
                out.second = out.best;
                second_total = out.best_total;
                out.best = j;
                out.best_total = total;
            } else if (out.second == kNobody || total > second_total) {
                out.second = j;
                second_total = total;
            }
        }
        // Without a second one everything is lost.
        out.key = order_ == Order::by_value || out.second == kNobody ? out.best_total : out.best_total - second_total;
        return out;
    }

    void renew(uint32_t task) {
        Offer offer = look(task);
        offer.version = current_[task].version + 1;
        current_[task] = offer;
        if (open_[task] > 0 && offer.best != kNobody) {
            queue_.push(offer);
        }
    }

    void take(const Offer& offer) {
        out_.push_back({offer.task, offer.best});
        taken_[offer.task].push_back(offer.best);
        --open_[offer.task];
        ++planned_[offer.best];
        seconds_left_[offer.best] -= slate_.seconds(offer.task, offer.best);
        renew(offer.task);
        // A full day raises the regret of others, who do not know it yet.
        if (order_ == Order::by_regret && planned_[offer.best] >= slate_.reviews_left(offer.best)) {
            for (uint32_t t = 0; t < slate_.tasks(); ++t) {
                if (open_[t] > 0 && (current_[t].best == offer.best || current_[t].second == offer.best)) {
                    renew(t);
                }
            }
        }
    }

    const Slate& slate_;
    Order order_;
    std::vector<size_t> planned_;
    std::vector<double> seconds_left_;
    std::vector<Offer> current_;
    std::vector<int32_t> open_;
    std::vector<std::vector<uint32_t>> taken_;  // of each task
    std::priority_queue<Offer, std::vector<Offer>, Later> queue_;
    std::vector<Pair> out_;
};

}  // namespace

std::vector<Pair> plan_greedily(const Slate& slate, Order order) {
    return Greedy(slate, order).run();
}

}  // namespace countersign::people
