#pragma once
// What the carrier counts. The integrator writes it to /metrics with expose().
//
// Contract: counted with relaxed atomics from the network threads, read at any time from any thread.

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "native/metrics/exposition.h"
#include "native/metrics/histogram.h"

namespace countersign::http {

// What kind of answer a request got: the label "class".
enum class RouteClass : uint8_t { file, read, write, stream, live, refused };
inline constexpr std::array<std::string_view, 6> kRouteClasses{"file", "read", "write", "stream", "live", "refused"};

// Why a client was turned away or cut off: the label "reason".
enum class Rejected : uint8_t {
    connections,    // too many at once
    address,        // too many from one address
    malformed,      // the head or the body's framing
    coding,         // 415, or gzip that is none
    too_large,      // 413, 414, 431
    head_time,      // the head did not come in time
    body_time,      // the body came too slowly
    request_time,   // we were too slow
    slow_reader,    // took the answer too slowly
    slow_listener,  // a live connection that did not take its messages
    writer_queue,   // the writer had no room
};
inline constexpr std::array<std::string_view, 11> kRejected{
    "connections", "address",      "malformed",   "coding",        "too_large",   "head_time",
    "body_time",   "request_time", "slow_reader", "slow_listener", "writer_queue"};

struct Metrics {
    using Count = std::atomic<uint64_t>;
    static constexpr int kLowestStatus = 100;
    static constexpr size_t kStatuses = 500;

    std::array<std::array<Count, kStatuses>, kRouteClasses.size()> requests{};  // by class and status - 100
    std::array<metrics::DurationHistogram, kRouteClasses.size()> durations;  // first byte to last byte; live: the wait
    std::array<Count, kRejected.size()> rejected{};
    Count connections_accepted{0};
    Count connections_open{0};
    Count live_open{0};
    Count requests_in_flight{0};
    Count bytes_received{0};
    Count bytes_sent{0};
    Count pokes_sent{0};

    void count_request(RouteClass route_class, int status, int64_t duration_us);

    void count(Rejected reason) { rejected[static_cast<size_t>(reason)].fetch_add(1, std::memory_order_relaxed); }

    uint64_t requests_with(RouteClass route_class, int status) const;
    uint64_t requests_total() const;

    uint64_t rejected_for(Rejected reason) const { return rejected[static_cast<size_t>(reason)].load(); }
};

// All of it as countersign_http_... families.
void expose(const Metrics& metrics, metrics::Exposition& out);

}  // namespace countersign::http
