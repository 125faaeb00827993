#pragma once
// Live connections: server-sent events that say "project P has news up to number n", nothing more; the news themselves
// are pulled. Internal to native/http; belongs to one network thread.
//
// On the wire (HTML standard, "Server-sent events"):
//   : open                                    at once; what happened before it must be pulled
//   event: poke / data: {"project":"p","seq":17}
//   :                                         the heartbeat
// A connection holds at most one message that is being written and one number that waits: pokes that come meanwhile
// only raise the number.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>

#include "native/http/admission.h"
#include "native/http/limits.h"
#include "native/http/metrics.h"
#include "native/http/net.h"

namespace countersign::http {

class LiveConnection;

// The live connections of one network thread.
class LiveRegistry {
public:
    LiveRegistry(const Limits& limits, Metrics& metrics) : limits_(limits), metrics_(metrics) {}

    // Takes over a socket on which the answer's head has been sent.
    void adopt(Socket socket, Ticket ticket, std::string project);
    void poke(const std::string& project, uint64_t seq);
    void sweep(TimePoint now);
    void close_all();

    bool empty() const { return connections_.empty(); }

private:
    friend class LiveConnection;
    using Connections = std::unordered_set<std::shared_ptr<LiveConnection>>;

    void remove(const std::shared_ptr<LiveConnection>& connection, const std::string& project);

    const Limits& limits_;
    Metrics& metrics_;
    std::map<std::string, Connections, std::less<>> connections_;  // by project
};

}  // namespace countersign::http
