#include "core/audit/coin.h"

#include "core/hash/coin.h"

namespace countersign::audit {

Ppm coin_of(std::string_view audit_key, const ItemId& item) {
    return keyed_coin(audit_key, {"countersign-audit-v1\n", item.text});
}

}  // namespace countersign::audit
