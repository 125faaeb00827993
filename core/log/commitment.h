#pragma once
// Commitments: how the log speaks of personal text without holding it.
//
//   commitment = HMAC-SHA-256(key, domain || 0x00 || text)      key: random bytes of its own
//
// Commitment, key and text lie in an erasable table; the leaf holds the commitment only. With key and text gone, every
// hash and proof stays valid, and a short text cannot be guessed from what is left. Source: reference
// reliability.md, 3.3.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/hash/sha256.h"

namespace countersign {

inline constexpr size_t kCommitmentKey_bytes = 32;
// Of texts that travel with each decision: 128 bits hide as well as anybody can search.
inline constexpr size_t kTextKey_bytes = 16;

constexpr bool is_commitment_key(std::string_view key) {
    return key.size() == kCommitmentKey_bytes || key.size() == kTextKey_bytes;
}

// What a commitment is about; part of what is committed to, so that one cannot stand for another.
inline constexpr std::string_view kDocumentDomain = "document";
inline constexpr std::string_view kRationaleDomain = "rationale";
inline constexpr std::string_view kAnswerDomain = "answer";
inline constexpr std::string_view kNoteDomain = "note";

struct CommittedText {
    Digest commitment;
    std::string key;
    std::string text;
};

// The size of `key` is one of the two above.
Digest commitment(std::string_view domain, std::string_view key, std::string_view text);
// `key` comes from Entropy.
CommittedText commit_text(std::string_view domain, std::string key, std::string text);
// Whether text and key are what the commitment was made from.
bool opens(const CommittedText& text, std::string_view domain);

}  // namespace countersign
