#pragma once
// The server's hint that there is news. Where it comes from (server-sent events, a poll) is the platform's matter; what
// it leads to is a pull.

#include <string_view>

namespace countersign {

class LiveFeed {
public:
    virtual ~LiveFeed() = default;
    // Listens at this path ("/api/v1/projects/x/live") instead of any before; empty ends it. Each hint, and each time
    // the connection is back, becomes one call of the desk's poke().
    virtual void follow(std::string_view path) = 0;
};

}  // namespace countersign
