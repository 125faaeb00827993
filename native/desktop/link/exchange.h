#pragma once
// One request, one answer, now: what the transport's worker thread calls. Over HTTP to a server, or by function call to
// the API on a local folder.
//
// Thread: exchange() from one thread; cancel() from any.

#include "core/ports/transport.h"

namespace countersign::desktop {

class Exchange {
public:
    virtual ~Exchange() = default;
    // An answer of any status is an answer; unavailable when there was none.
    virtual Result<TransportResponse> exchange(const TransportRequest& request) = 0;
    // The program ends: an exchange that waits for somebody else gives up. What only works on is finished.
    virtual void cancel() = 0;
};

}  // namespace countersign::desktop
