#pragma once
// Who really asks: when a reverse proxy stands in between, and when one customer has many addresses.

#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"

namespace countersign::http {

// The peer's own address; or, when the peer is a trusted proxy, the last address in x-forwarded-for that is none. What
// stands further left was written by whoever sent the request, and what is no address is not believed.
std::string client_address(const std::string& peer, const std::vector<api::Header>& headers,
                           const std::vector<std::string>& trusted_proxies);

// What one customer of a network gets: an IPv4 address, or the /64 of an IPv6 address, as text. Empty for loopback,
// where a reverse proxy may stand for many people, and for what is no address.
std::string customer_of(const std::string& address);

}  // namespace countersign::http
