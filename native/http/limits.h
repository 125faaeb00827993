#pragma once
// Every limit of the HTTP carrier in one place, with its default. Reaching one is always answered with a status and a
// sentence that names the limit; only a connection that said nothing is closed without a word.
//
// Sources of the defaults: reference reliability.md rows S1 and S2, server-stack.md sections 4 and 7.

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/base/result.h"

namespace countersign::http {

struct Limits {
    using Milliseconds = std::chrono::milliseconds;

    // -- connections --
    // Open at once, live ones included; lowered at start when the process may not open that many files. 503 beyond.
    uint32_t connections = 2'000;
    // Open at once from one address (IPv4) or one /64 (IPv6). 503 beyond. Loopback is not counted unless asked for,
    // because there a reverse proxy stands for many people.
    uint32_t connections_per_address = 200;
    bool count_loopback = false;
    // Told to a client that was turned away, in seconds.
    uint32_t retry_after_s = 5;

    // -- head of a request --
    uint32_t head_bytes = 16 * 1024;   // request line and headers. 431 beyond
    uint32_t target_bytes = 8 * 1024;  // path and query. 414 beyond
    uint32_t headers = 100;            // 431 beyond
    uint32_t query_parameters = 100;   // 414 beyond
    Milliseconds head_time{10'000};    // from the first byte to the empty line. 408 beyond
    Milliseconds idle_time{75'000};    // between requests; then the connection is closed

    // -- body of a request; how many bytes is the plan's matter --
    // After the grace, the mean rate must not fall below this. Time in which we did not read is not counted. 408.
    Milliseconds body_grace{10'000};
    uint32_t body_bytes_per_s = 1'024;
    // A refused request's rest is read and thrown away up to here to keep the connection; else it is closed.
    uint32_t drained_bytes = 64 * 1024;
    // A body that comes as gzip may become this many times as large, beyond a grace that is free. 413.
    uint32_t gzip_ratio = 100;
    uint32_t gzip_grace_bytes = 64 * 1024;
    // What a streamed body is handed on in, and at least what a streamed answer is sent in.
    uint32_t piece_bytes = 64 * 1024;

    // -- the request as a whole, from its first byte until its answer is known --
    Milliseconds request_time{60'000};               // 408 while the body comes, 503 while we work
    Milliseconds streamed_request_time{21'600'000};  // with a streamed body

    // -- the answer --
    // After the grace, the client must take at least this mean rate, or it is cut off. An answer's own bytes are its
    // only buffer: one piece when streamed, one message when live; the next request is not read before.
    Milliseconds answer_grace{10'000};
    uint32_t answer_bytes_per_s = 1'024;
    // After a last answer, for the client to read it before the connection goes.
    Milliseconds linger_time{2'000};

    // -- live connections --
    Milliseconds live_heartbeat{25'000};   // a comment when there was nothing else
    Milliseconds live_write_time{10'000};  // for one message to leave; slower consumers are dropped
    Milliseconds live_time{3'600'000};     // then closed, so that the right to listen is looked at again

    // -- stopping --
    Milliseconds stop_time{10'000};  // for running requests to finish
};

// Refuses values with which nothing could be served (invalid_argument, with the limit's name).
Status check(const Limits& limits);

}  // namespace countersign::http
