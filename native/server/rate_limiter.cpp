#include "native/server/rate_limiter.h"

#include <algorithm>

namespace countersign::native {

namespace {

// What `count` of the rate take from a bucket, as time.
int64_t cost_us(const Rate& rate, int64_t count) {
    return count * rate.per.us / rate.count;
}

}  // namespace

RateLimiter::Entry& RateLimiter::entry(Table& table, std::string_view key, Duration now) const {
    const auto known = table.by_key.find(key);
    if (known != table.by_key.end()) {
        table.by_use.splice(table.by_use.begin(), table.by_use, known->second);
        return table.by_use.front();
    }
    if (table.by_use.size() >= static_cast<size_t>(rates_.remembered)) {
        const Entry& oldest = table.by_use.back();
        table.forgotten += oldest.full_at_us > now.us ? 1 : 0;
        table.by_key.erase(oldest.key);
        table.by_use.pop_back();
    }
    table.by_use.push_front({std::string(key), now.us});
    table.by_key.emplace(table.by_use.front().key, table.by_use.begin());
    return table.by_use.front();
}

std::optional<Duration> RateLimiter::take(const Bucket& bucket, Duration now) {
    const Rate& rate = rates_.of(bucket.traffic, bucket.whose);
    if (rate.count == 0 || bucket.key.empty()) {
        return std::nullopt;
    }
    Table& table = table_of(bucket);
    const std::lock_guard lock(table.mutex);
    Entry& here = entry(table, bucket.key, now);
    const int64_t full_at = std::max(here.full_at_us, now.us) + cost_us(rate, 1);
    const int64_t wait = full_at - now.us - cost_us(rate, rate.burst);
    if (wait > 0) {
        table.refused.fetch_add(1, std::memory_order_relaxed);
        return Duration{wait};
    }
    here.full_at_us = full_at;
    return std::nullopt;
}

void RateLimiter::owe(const Bucket& bucket, Duration now, int64_t count) {
    const Rate& rate = rates_.of(bucket.traffic, bucket.whose);
    if (rate.count == 0 || bucket.key.empty()) {
        return;
    }
    Table& table = table_of(bucket);
    const std::lock_guard lock(table.mutex);
    Entry& here = entry(table, bucket.key, now);
    here.full_at_us = std::max(here.full_at_us, now.us) + cost_us(rate, count);
}

void RateLimiter::give_back(const Bucket& bucket, Duration now) {
    const Rate& rate = rates_.of(bucket.traffic, bucket.whose);
    if (rate.count == 0 || bucket.key.empty()) {
        return;
    }
    Table& table = table_of(bucket);
    const std::lock_guard lock(table.mutex);
    entry(table, bucket.key, now).full_at_us -= cost_us(rate, 1);
}

size_t RateLimiter::remembered() const {
    size_t count = 0;
    for (const auto& of_traffic : tables_) {
        for (const Table& table : of_traffic) {
            const std::lock_guard lock(table.mutex);
            count += table.by_use.size();
        }
    }
    return count;
}

void RateLimiter::expose(metrics::Exposition& out) const {
    const auto samples = [&](auto count) {
        for (size_t i = 0; i < tables_.size(); ++i) {
            for (size_t j = 0; j < tables_[i].size(); ++j) {
                out.sample({{"traffic", kTrafficNames[i]}, {"whose", kWhoseNames[j]}},
                           static_cast<int64_t>(count(tables_[i][j])));
            }
        }
    };
    out.counter("countersign_rate_refused_total",
                "Requests that were answered 429, by kind of traffic and whose rate.");
    samples([](const Table& table) { return table.refused.load(std::memory_order_relaxed); });
    out.counter("countersign_rate_forgotten_total", "Accounts and addresses that were forgotten too early, for room.");
    samples([](const Table& table) { return table.forgotten.load(std::memory_order_relaxed); });
    out.gauge("countersign_rate_remembered", "Accounts and addresses whose traffic is remembered.")
        .sample({}, static_cast<int64_t>(remembered()));
}

}  // namespace countersign::native
