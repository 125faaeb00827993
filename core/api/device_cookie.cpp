#include "core/api/device_cookie.h"

#include "core/api/authenticate.h"
#include "core/base/concat.h"

namespace countersign::api {

namespace {

constexpr int64_t kYear_s = int64_t{366} * 24 * 3'600;

std::string cookie_name(const ServerSettings& settings) {
    return settings.secure ? "__Host-countersign_device" : "countersign_device";
}

}  // namespace

std::string_view device_cookie(const RequestHead& head, const ServerSettings& settings) {
    return cookie_value(head.header("cookie"), cookie_name(settings));
}

std::string set_device_cookie(const DeviceId& device, const ServerSettings& settings) {
    return concat(cookie_name(settings), '=', device.text, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=", kYear_s,
                  settings.secure ? "; Secure" : "");
}

}  // namespace countersign::api
