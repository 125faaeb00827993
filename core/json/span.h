#pragma once
// The exact bytes of a value inside a JSON text: for what is stored and hashed as it was sent.

#include <string_view>

#include "core/json/json.h"

namespace countersign {

// The bytes of the member of this name, without the space around them; empty when there is none. `object` is the text
// of one object that parse_json() has accepted.
std::string_view member_bytes(std::string_view object, std::string_view name);

}  // namespace countersign
