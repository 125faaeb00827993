#include "bench/replay/draws.h"

#include <algorithm>

#include "bench/loopback.h"
#include "core/stats/random.h"
#include "core/tiers/looks.h"

namespace countersign::bench {

namespace {

Taken taken_from(const std::vector<PoolItem>& items, std::optional<Ppm> threshold) {
    Taken out;
    for (const PoolItem& item : items) {
        if (threshold && item.confidence >= *threshold) {
            ++out.items;
            out.wrong += item.right() ? 0 : 1;
        }
    }
    return out;
}

std::optional<Ppm> certified_threshold(const std::vector<PoolItem>& reviewed, const TierPromise& promise) {
    tiers::Evidence evidence;
    for (const PoolItem& item : reviewed) {
        tiers::DrawnItem one;
        one.confidence = item.confidence;
        one.finding = item.right() ? tiers::Finding::right : tiers::Finding::wrong;
        evidence.items.push_back(one);
    }
    evidence.decided = evidence.items.size();
    const auto looks = tiers::look_at(evidence, promise, {});
    if (!looks.ok()) {
        give_up(looks.error().text());
    }
    return looks.value().best ? std::optional(looks.value().done[*looks.value().best].certificate.opened->threshold)
                              : std::nullopt;
}

void add(Drawn& to, const Taken& taken, size_t of, Ppm max_error) {
    to.opened += taken.items > 0 ? 1 : 0;
    to.broken += taken.error() > max_error.as_double() ? 1 : 0;
    to.coverage += static_cast<double>(taken.items) / static_cast<double>(of);
    to.error += taken.error();
}

void finish(Drawn& drawn, int draws) {
    drawn.coverage /= draws;
    drawn.error /= std::max(drawn.opened, 1);
}

}  // namespace

std::optional<Ppm> naive_threshold(std::vector<PoolItem> reviewed, Ppm max_error) {
    std::sort(reviewed.begin(), reviewed.end(),
              [](const PoolItem& a, const PoolItem& b) { return a.confidence > b.confidence; });
    std::optional<Ppm> out;
    Taken so_far;
    for (size_t i = 0; i < reviewed.size(); ++i) {
        ++so_far.items;
        so_far.wrong += reviewed[i].right() ? 0 : 1;
        const bool tied = i + 1 < reviewed.size() && reviewed[i + 1].confidence == reviewed[i].confidence;
        if (!tied && so_far.error() <= max_error.as_double()) {
            out = reviewed[i].confidence;
        }
    }
    return out;
}

Comparison compare_draws(const Pool& pool, const TierPromise& promise, int draws) {
    Comparison out;
    out.draws = draws;
    for (int i = 0; i < draws; ++i) {
        stats::Random random(static_cast<uint64_t>(i));
        std::vector<PoolItem> items = pool.items;
        random.shuffle(items);
        const auto reviews = static_cast<ptrdiff_t>(promise.first_look);
        const std::vector<PoolItem> reviewed(items.begin(), items.begin() + reviews);
        const std::vector<PoolItem> rest(items.begin() + reviews, items.end());
        add(out.certified, taken_from(rest, certified_threshold(reviewed, promise)), rest.size(), promise.max_error);
        add(out.naive, taken_from(rest, naive_threshold(reviewed, promise.max_error)), rest.size(), promise.max_error);
    }
    finish(out.certified, draws);
    finish(out.naive, draws);
    return out;
}

}  // namespace countersign::bench
