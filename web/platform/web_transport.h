#pragma once
// Requests by fetch(), and the live channel by EventSource: both run in the worker (web/worker/transport.js, live.js).

#include <map>
#include <string_view>

#include "core/ports/live_feed.h"
#include "core/ports/transport.h"

namespace countersign::web {

class WebTransport final : public Transport {
public:
    void send(TransportRequest request, Done done) override;

    // From JavaScript. An id that is not waiting is ignored: its request was given up.
    void answered(uint32_t id, TransportResponse response);
    void failed(uint32_t id, std::string_view sentence);

    size_t waiting() const { return waiting_.size(); }

private:
    void finish(uint32_t id, Result<TransportResponse> result);

    std::map<uint32_t, Done> waiting_;
    uint32_t last_id_ = 0;
};

// The server's news by server-sent events: each event pokes the desk. One stream at a time.
class LiveChannel final : public LiveFeed {
public:
    // A path from "/api/" on; empty ends it. Reconnecting, backing off and pausing while hidden is the worker's matter.
    void follow(std::string_view path) override;
};

// Host and port of the page's address: whom one signs in to.
std::string server_name();

}  // namespace countersign::web
