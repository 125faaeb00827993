#include "core/people/queues.h"

#include <algorithm>
#include <optional>

namespace countersign::people {

namespace {

// Changes that are tried at most, so that a plan in which everything is late does not take forever.
constexpr size_t kMostTries = 300'000;

bool holds(const std::vector<uint32_t>& queue, uint32_t task) {
    return std::ranges::find(queue, task) != queue.end();
}

}  // namespace

// What would be done, and what it would be good for.
struct Queues::Change {
    size_t fewer = 0;  // late tasks
    double gain = 0;   // of the plan's sum
    uint32_t from = 0;
    uint32_t to = 0;
    std::vector<uint32_t> from_queue = {};
    std::vector<uint32_t> to_queue = {};

    bool is_better(size_t other_fewer, double other_gain) const {
        return other_fewer > fewer || (other_fewer == fewer && other_fewer > 0 && other_gain > gain);
    }
};

Queues::Queues(const Slate& slate, std::vector<Pair> pairs)
    : slate_(slate), queues_(slate.reviewers()), late_(slate.reviewers(), 0) {
    std::ranges::sort(pairs, [&](const Pair& a, const Pair& b) {
        const double x = slate.due_seconds(a.task);
        const double y = slate.due_seconds(b.task);
        return x != y ? x < y : a < b;
    });
    for (const Pair& pair : pairs) {
        queues_[pair.reviewer].push_back(pair.task);
    }
    for (uint32_t j = 0; j < queues_.size(); ++j) {
        late_[j] = late_of(j, queues_[j]);
    }
}

bool Queues::is_late(uint32_t task, double done) const {
    return done > slate_.due_seconds(task) && slate_.due_seconds(task) > 0;
}

size_t Queues::late_of(uint32_t reviewer, const std::vector<uint32_t>& queue) const {
    double done = slate_.begin_seconds(reviewer);
    size_t out = 0;
    for (const uint32_t task : queue) {
        done += slate_.seconds(task, reviewer);
        out += is_late(task, done) ? 1 : 0;
    }
    return out;
}

size_t Queues::late() const {
    size_t out = 0;
    for (const size_t count : late_) {
        out += count;
    }
    return out;
}

double Queues::done_at(const Pair& pair) const {
    double done = slate_.begin_seconds(pair.reviewer);
    for (const uint32_t task : queues_[pair.reviewer]) {
        done += slate_.seconds(task, pair.reviewer);
        if (task == pair.task) {
            break;
        }
    }
    return done;
}

std::vector<uint32_t> Queues::with(uint32_t reviewer, uint32_t task) const {
    std::vector<uint32_t> out = queues_[reviewer];
    const auto place = std::ranges::find_if(out, [&](uint32_t other) {
        const double x = slate_.due_seconds(task);
        const double y = slate_.due_seconds(other);
        return x != y ? x < y : task < other;
    });
    out.insert(place, task);
    return out;
}

bool Queues::has_room(uint32_t reviewer, const std::vector<uint32_t>& queue) const {
    double seconds = 0;
    for (const uint32_t task : queue) {
        seconds += slate_.seconds(task, reviewer);
    }
    return queue.size() <= slate_.reviews_left(reviewer) && seconds <= slate_.seconds_left(reviewer);
}

void Queues::consider_move(Change& best, uint32_t from, uint32_t task, uint32_t to) const {
    ++tries_;
    std::vector<uint32_t> to_queue = with(to, task);
    std::vector<uint32_t> from_queue = queues_[from];
    std::erase(from_queue, task);
    const size_t before = late_[from] + late_[to];
    const size_t after = late_of(from, from_queue) + late_of(to, to_queue);
    const double gain = slate_.worth(task, to) + slate_.balance(to, queues_[to].size()) - slate_.worth(task, from) -
                        slate_.balance(from, from_queue.size());
    if (after < before && best.is_better(before - after, gain) && has_room(to, to_queue)) {
        best = {before - after, gain, from, to, std::move(from_queue), std::move(to_queue)};
    }
}

void Queues::consider_exchange(Change& best, uint32_t from, uint32_t task, uint32_t to, uint32_t other) const {
    ++tries_;
    std::vector<uint32_t> to_queue = with(to, task);
    std::erase(to_queue, other);
    std::vector<uint32_t> from_queue = with(from, other);
    std::erase(from_queue, task);
    const size_t before = late_[from] + late_[to];
    const size_t after = late_of(from, from_queue) + late_of(to, to_queue);
    const double gain =
        slate_.worth(task, to) + slate_.worth(other, from) - slate_.worth(task, from) - slate_.worth(other, to);
    if (after < before && best.is_better(before - after, gain) && has_room(to, to_queue) &&
        has_room(from, from_queue)) {
        best = {before - after, gain, from, to, std::move(from_queue), std::move(to_queue)};
    }
}

// One change for one of his late tasks; false when there is none.
bool Queues::help(uint32_t reviewer) {
    Change best;
    double done = slate_.begin_seconds(reviewer);
    for (const uint32_t task : queues_[reviewer]) {
        done += slate_.seconds(task, reviewer);
        if (!is_late(task, done)) {
            continue;
        }
        for (uint32_t to = 0; to < queues_.size() && tries_ < kMostTries; ++to) {
            if (to == reviewer || !slate_.is_possible(task, to) || holds(queues_[to], task)) {
                continue;
            }
            consider_move(best, reviewer, task, to);
            for (const uint32_t other : queues_[to]) {
                // Only what has more time can wait in its place.
                if (slate_.due_seconds(other) > slate_.due_seconds(task) && slate_.is_possible(other, reviewer) &&
                    !holds(queues_[reviewer], other)) {
                    consider_exchange(best, reviewer, task, to, other);
                }
            }
        }
    }
    if (best.fewer == 0) {
        return false;
    }
    queues_[best.from] = std::move(best.from_queue);
    queues_[best.to] = std::move(best.to_queue);
    late_[best.from] = late_of(best.from, queues_[best.from]);
    late_[best.to] = late_of(best.to, queues_[best.to]);
    return true;
}

size_t Queues::keep_due_times() {
    size_t changes = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t j = 0; j < queues_.size(); ++j) {
            while (late_[j] > 0 && help(j)) {
                ++changes;
                changed = true;
            }
        }
    }
    return changes;
}

std::vector<Pair> Queues::pairs() const {
    std::vector<Pair> out;
    for (uint32_t j = 0; j < queues_.size(); ++j) {
        for (const uint32_t task : queues_[j]) {
            out.push_back({task, j});
        }
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace countersign::people
