#pragma once
// Signatures that are checked many at a time, so that a platform with threads can share them out. Core has none, and
// checks one behind the other.

#include <cstdint>
#include <string>
#include <vector>

#include "core/crypto/ed25519.h"

namespace countersign::verify {

struct SignatureJob {
    crypto::PublicKey key;
    std::string message;
    crypto::Signature signature;
};

class SignatureBatch {
public:
    SignatureBatch() = default;
    virtual ~SignatureBatch() = default;
    SignatureBatch(const SignatureBatch&) = delete;
    SignatureBatch& operator=(const SignatureBatch&) = delete;

    // One for each job, in their order: 1 where the signature holds.
    virtual std::vector<uint8_t> verify(const std::vector<SignatureJob>& jobs);
};

}  // namespace countersign::verify
