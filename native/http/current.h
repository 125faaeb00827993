#pragma once
// The request that a connection is busy with. Internal to native/http.

#include "native/http/body.h"
#include "native/http/connection.h"

namespace countersign::http {

struct Connection::Current {
    Current(Wire& wire, const Limits& limits_of, Metrics& counted)
        : limits(limits_of), metrics(counted), body(wire, limits_of) {}

    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

    ~Current() {
        if (begun) {
            metrics.requests_in_flight.fetch_sub(1, std::memory_order_relaxed);
        }
    }

    // The first byte is there.
    void begin(TimePoint now) {
        begun = true;
        started = now;
        deadline = now + limits.request_time;
        metrics.requests_in_flight.fetch_add(1, std::memory_order_relaxed);
    }

    const Limits& limits;
    Metrics& metrics;
    RequestLineAndHeaders head;
    // Kept apart: the head itself may go to the writing thread.
    std::string method;
    std::string remote;
    BodyReader body;
    TimePoint started{};
    TimePoint deadline{};
    RouteClass route_class = RouteClass::refused;
    bool keep_alive = true;
    bool takes_gzip = false;
    bool begun = false;
};

// Whether anything follows the head.
bool has_body(const RequestLineAndHeaders& head);

// 413, with what is allowed.
api::Response too_large_response(uint64_t limit_bytes);

}  // namespace countersign::http
