#pragma once
// What a server's refusal (RFC 9457 problem) says.

#include "core/base/result.h"
#include "core/ports/transport.h"

namespace countersign::sync {

// unavailable for what may pass by itself (5xx, 429); else by the status.
Error error_of(const TransportResponse& response);

}  // namespace countersign::sync
