#pragma once
// How a device reaches a server: one request, one answer, later. The same bytes go over fetch, a loopback call in
// tests, or a socket on the desktop.
//
// Contract: send() returns at once. Exactly one call of `done` follows, on the caller's thread, from the platform's
// event loop and never from within send(). A server's answer of any status is an answer; only what brought none is an
// Error (unavailable: offline, refused, timed out).

#include <functional>
#include <string>

#include "core/base/result.h"

namespace countersign {

struct TransportRequest {
    std::string method;  // "GET", "POST"
    std::string path;    // with query, from "/api/" on
    std::string content_type;
    std::string body;
};

struct TransportResponse {
    int status = 0;
    std::string content_type;
    std::string body;
};

class Transport {
public:
    using Done = std::function<void(Result<TransportResponse>)>;

    virtual ~Transport() = default;
    // Whoever owns the event loop runs a frame after each answer: what it leads to happens there.
    virtual void send(TransportRequest request, Done done) = 0;
};

}  // namespace countersign
