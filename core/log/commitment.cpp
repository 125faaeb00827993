#include "core/log/commitment.h"

namespace countersign {

namespace {

Digest commitment_of(std::string_view domain, std::string_view key, std::string_view text) {
    std::string bytes;
    bytes.reserve(domain.size() + 1 + text.size());
    bytes.append(domain).push_back('\0');
    bytes.append(text);
    return hmac_sha256(key, bytes);
}

}  // namespace

CommittedText commit_text(std::string_view domain, std::string key, std::string text) {
    CS_CHECK(is_commitment_key(key));
    const Digest commitment = commitment_of(domain, key, text);
    return {commitment, std::move(key), std::move(text)};
}

bool opens(const CommittedText& text, std::string_view domain) {
    return is_commitment_key(text.key) && commitment_of(domain, text.key, text.text) == text.commitment;
}

}  // namespace countersign
