#pragma once
// Holds everybody to the rates: a bucket for each account and each address of each kind of traffic, shared by the
// network threads.
//
// A bucket is one number: when it will be full again (the "virtual scheduling" form of a leaky bucket, ITU-T I.371,
// annex A). Memory is bounded: beyond Rates::remembered the bucket that was not touched for longest goes, which as a
// rule is full again and so says nothing.
// Contract: any thread; `now` is monotonic time. Nothing is taken where the rate bounds nothing.

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "native/metrics/exposition.h"
#include "native/server/rates.h"

namespace countersign::native {

class RateLimiter {
public:
    explicit RateLimiter(const Rates& rates) : rates_(rates) {}

    struct Bucket {
        api::Traffic traffic;
        Whose whose;
        std::string_view key;
    };

    // Takes one. Nothing when that was allowed; else how long until it will be, and nothing is taken.
    std::optional<Duration> take(const Bucket& bucket, Duration now);
    // Takes what is already done, also more than there is: then the next take() waits for it.
    void owe(const Bucket& bucket, Duration now, int64_t count);
    // Of a take() that turned out not to count.
    void give_back(const Bucket& bucket, Duration now);

    const Rates& rates() const { return rates_; }

    size_t remembered() const;
    // As countersign_rate_... families.
    void expose(metrics::Exposition& out) const;

private:
    struct Entry {
        std::string key;
        int64_t full_at_us;
    };

    struct Table {
        mutable std::mutex mutex;
        std::list<Entry> by_use;  // the one that was touched last in front
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
        std::atomic<uint64_t> refused{0};
        std::atomic<uint64_t> forgotten{0};  // before they were full
    };

    Table& table_of(const Bucket& bucket) {
        return tables_[static_cast<size_t>(bucket.traffic)][static_cast<size_t>(bucket.whose)];
    }

    // With the table's lock held.
    Entry& entry(Table& table, std::string_view key, Duration now) const;

    const Rates rates_;
    std::array<std::array<Table, kWhoseNames.size()>, kTraffics> tables_;
};

}  // namespace countersign::native
