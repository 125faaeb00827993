#include "core/log/commitment.h"

namespace countersign {

Digest commitment(std::string_view domain, std::string_view key, std::string_view text) {
    CS_CHECK(is_commitment_key(key));
    return hmac_sha256(key, {domain, std::string_view("\0", 1), text});
}

CommittedText commit_text(std::string_view domain, std::string key, std::string text) {
    const Digest made = commitment(domain, key, text);
    return {made, std::move(key), std::move(text)};
}

bool opens(const CommittedText& text, std::string_view domain) {
    return is_commitment_key(text.key) && commitment(domain, text.key, text.text) == text.commitment;
}

}  // namespace countersign
