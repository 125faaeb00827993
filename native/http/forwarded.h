#pragma once
// Who really asks, when a reverse proxy stands in between.

#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"

namespace countersign::http {

// The peer's own address; or, when the peer is a trusted proxy, the last address in x-forwarded-for that is none. What
// stands further left was written by whoever sent the request, and what is no address is not believed.
std::string client_address(const std::string& peer, const std::vector<api::Header>& headers,
                           const std::vector<std::string>& trusted_proxies);

}  // namespace countersign::http
