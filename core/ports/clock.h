#pragma once
// The one way time enters Countersign. Core functions are handed `now`; only sessions and servers hold a Clock.

#include "core/base/instant.h"

namespace countersign {

class Clock {
public:
    virtual ~Clock() = default;
    // Wall time, UTC. May jump in either direction; nothing may rest on it only going forward.
    virtual Instant now() = 0;
    // Since some fixed moment of this process; never goes back. For durations and timeouts.
    virtual Duration monotonic() = 0;
};

}  // namespace countersign
