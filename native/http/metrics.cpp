#include "native/http/metrics.h"

#include "core/base/concat.h"

namespace countersign::http {
namespace {

int64_t read(const Metrics::Count& count) {
    return static_cast<int64_t>(count.load(std::memory_order_relaxed));
}

}  // namespace

void Metrics::count_request(RouteClass route_class, int status, int64_t duration_us) {
    const auto row = static_cast<size_t>(route_class);
    const auto column = static_cast<size_t>(status - kLowestStatus);
    if (column < kStatuses) {
        requests[row][column].fetch_add(1, std::memory_order_relaxed);
    }
    durations[row].observe(duration_us);
}

uint64_t Metrics::requests_with(RouteClass route_class, int status) const {
    return requests[static_cast<size_t>(route_class)].at(static_cast<size_t>(status - kLowestStatus)).load();
}

uint64_t Metrics::requests_total() const {
    uint64_t all = 0;
    for (const auto& row : requests) {
        for (const Count& one : row) {
            all += one.load(std::memory_order_relaxed);
        }
    }
    return all;
}

void expose(const Metrics& metrics, metrics::Exposition& out) {
    out.counter("countersign_http_requests_total", "Answered requests by kind of answer and status.");
    for (size_t row = 0; row < kRouteClasses.size(); ++row) {
        for (size_t column = 0; column < Metrics::kStatuses; ++column) {
            if (const int64_t value = read(metrics.requests[row][column]); value != 0) {
                const std::string status = concat(static_cast<int>(column) + Metrics::kLowestStatus);
                out.sample({{"class", kRouteClasses[row]}, {"status", status}}, value);
            }
        }
    }
    out.histogram("countersign_http_request_seconds", "From a request's first byte to its answer's last byte.");
    for (size_t row = 0; row < kRouteClasses.size(); ++row) {
        out.durations({{"class", kRouteClasses[row]}}, metrics.durations[row].snapshot());
    }
    out.counter("countersign_http_rejected_total", "Clients turned away or cut off, by reason.");
    for (size_t i = 0; i < kRejected.size(); ++i) {
        out.sample({{"reason", kRejected[i]}}, read(metrics.rejected[i]));
    }
    const auto counter = [&](std::string_view name, std::string_view help, const Metrics::Count& count) {
        out.counter(name, help).sample({}, read(count));
    };
    const auto gauge = [&](std::string_view name, std::string_view help, const Metrics::Count& count) {
        out.gauge(name, help).sample({}, read(count));
    };
    counter("countersign_http_connections_total", "Accepted connections.", metrics.connections_accepted);
    gauge("countersign_http_connections_open", "Open connections, live ones included.", metrics.connections_open);
    gauge("countersign_http_live_open", "Open live connections.", metrics.live_open);
    gauge("countersign_http_requests_in_flight", "Requests that have begun and are not answered yet.",
          metrics.requests_in_flight);
    counter("countersign_http_bytes_received_total", "Bytes received.", metrics.bytes_received);
    counter("countersign_http_bytes_sent_total", "Bytes sent.", metrics.bytes_sent);
    counter("countersign_http_pokes_sent_total", "Messages sent to live connections.", metrics.pokes_sent);
}

}  // namespace countersign::http
