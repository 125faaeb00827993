#pragma once
// Base64 (RFC 4648, 4), for bytes in JSON and for base64.encode and base64.decode.

#include <optional>
#include <string>
#include <string_view>

namespace countersign::rules {

std::string to_base64(std::string_view bytes);
// Takes the text with and without its padding.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace countersign::rules
