#pragma once
// Whether an item is audited: Poisson sampling by a keyed hash. Each item has a coin of its own that anybody with the
// audit key can throw again, on a device without a network and years later on the server, with the same result; who
// has not the key cannot tell which items will be looked at. An item is never asked about twice with other luck.

#include <string_view>

#include "core/base/ids.h"
#include "core/base/ppm.h"

namespace countersign::audit {

// 0 to 999,999, each as probable as the others: the first 44 bits of HMAC-SHA256(key, "countersign-audit-v1\n" + item).
Ppm coin_of(std::string_view audit_key, const ItemId& item);

// With probability `propensity` over keys; of two propensities the larger chooses whatever the smaller one does.
inline bool is_chosen(std::string_view audit_key, const ItemId& item, Ppm propensity) {
    return coin_of(audit_key, item) < propensity;
}

}  // namespace countersign::audit
