#pragma once
// Base64 as signed notes and proofs write it: RFC 4648, section 4, with padding. The work is libsodium's.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::crypto {

std::string to_base64(std::string_view bytes);
// Strict: no space, no missing padding, no bits left over. invalid_argument otherwise.
Result<std::string> from_base64(std::string_view text);

}  // namespace countersign::crypto
