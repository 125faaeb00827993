#include "native/http/limits.h"

#include "core/base/concat.h"

namespace countersign::http {
namespace {

constexpr uint32_t kLargest_bytes = 16 << 20;  // what one connection may make us hold at once

struct SizeRule {
    const char* name;
    uint32_t Limits::* size;
    uint32_t most;
};

struct TimeRule {
    const char* name;
    Limits::Milliseconds Limits::* time;
};

}  // namespace

Status check(const Limits& limits) {
    static constexpr SizeRule kSizes[] = {
        {"connections", &Limits::connections, UINT32_MAX},
        {"connections_per_address", &Limits::connections_per_address, UINT32_MAX},
        {"head_bytes", &Limits::head_bytes, kLargest_bytes},
        {"target_bytes", &Limits::target_bytes, kLargest_bytes},
        {"headers", &Limits::headers, 10'000},
        {"query_parameters", &Limits::query_parameters, 10'000},
        {"piece_bytes", &Limits::piece_bytes, kLargest_bytes},
    };
    static constexpr TimeRule kTimes[] = {
        {"head_time", &Limits::head_time},
        {"idle_time", &Limits::idle_time},
        {"body_grace", &Limits::body_grace},
        {"request_time", &Limits::request_time},
        {"streamed_request_time", &Limits::streamed_request_time},
        {"answer_grace", &Limits::answer_grace},
        {"linger_time", &Limits::linger_time},
        {"live_heartbeat", &Limits::live_heartbeat},
        {"live_write_time", &Limits::live_write_time},
        {"live_time", &Limits::live_time},
    };
    for (const SizeRule& rule : kSizes) {
        const uint32_t value = limits.*rule.size;
        if (value == 0 || value > rule.most) {
            return fail(ErrorCode::invalid_argument, concat("must be from 1 to ", rule.most, ", but is ", value),
                        rule.name);
        }
    }
    for (const TimeRule& rule : kTimes) {
        if ((limits.*rule.time).count() <= 0) {
            return fail(ErrorCode::invalid_argument,
                        concat("must be more than 0 ms, but is ", (limits.*rule.time).count(), " ms"), rule.name);
        }
    }
    return success();
}

}  // namespace countersign::http
