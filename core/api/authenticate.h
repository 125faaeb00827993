#pragma once
// Who asks: by session cookie (people) or by bearer token (programs).

#include <string>
#include <string_view>

#include "core/api/exchange.h"
#include "core/api/rights.h"
#include "core/api/workspace.h"

namespace countersign::api {

// unauthenticated when there is neither, or when it has ended.
Result<Principal> authenticate(const RequestHead& head, Workspace& workspace);

// "countersign_session", with "__Host-" before it behind TLS.
std::string session_cookie_name(const ServerSettings& settings);
// The value of the cookie of this name in a Cookie header, or empty.
std::string_view cookie_value(std::string_view header, std::string_view name);
// The session's secret in the request's cookies, or empty.
std::string_view session_secret(const RequestHead& head, const ServerSettings& settings);

}  // namespace countersign::api
