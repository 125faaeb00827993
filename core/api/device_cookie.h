#pragma once
// Which device a browser was: remembered in a cookie, which outlives the browser's storage, so that a store that was
// thrown away is noticed. It gives no right.

#include <string>
#include <string_view>

#include "core/api/exchange.h"
#include "core/api/workspace.h"

namespace countersign::api {

// The device's id, or empty.
std::string_view device_cookie(const RequestHead& head, const ServerSettings& settings);
std::string set_device_cookie(const DeviceId& device, const ServerSettings& settings);

}  // namespace countersign::api
