#include "core/tiers/keys.h"

#include "core/base/concat.h"

namespace countersign::tiers {

namespace {

std::string derived(std::string_view secret, std::string_view purpose) {
    return std::string(hmac_sha256(secret, {"countersign-tiers-v1\n", purpose}).view());
}

}  // namespace

std::string evidence_key(std::string_view secret) {
    return derived(secret, "evidence");
}

std::string audit_key(std::string_view secret, int64_t certificate) {
    return derived(secret, concat("audit ", certificate));
}

Digest commitment_to(std::string_view audit_key) {
    return sha256("countersign-audit-key-v1\n", audit_key);
}

}  // namespace countersign::tiers
