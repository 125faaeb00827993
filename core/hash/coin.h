#pragma once
// Chance that can be thrown again: a number from a key and what is decided about, the same on a device without a
// network and years later on the server. Who has not the key cannot tell how it falls.

#include <initializer_list>
#include <string_view>

#include "core/base/ppm.h"

namespace countersign {

// 0 to 999,999, each as probable as the others: the first 44 bits of HMAC-SHA256(key, pieces one after the other).
// The first piece names what is decided, so that coins about one item for two purposes are independent. Pieces are
// joined without anything in between: give what separates them.
Ppm keyed_coin(std::string_view key, std::initializer_list<std::string_view> pieces);

}  // namespace countersign
