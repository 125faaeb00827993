#pragma once
// Randomness from the operating system, and password hashes: both libsodium's.

#include "core/ports/entropy.h"
#include "core/ports/passwords.h"

namespace countersign::native {

class SystemEntropy : public Entropy {
public:
    SystemEntropy();
    std::string bytes(size_t count) override;
};

// Argon2id with 19 MiB, two passes, one lane: OWASP's first recommendation. Some 0.1 s of one core.
class Argon2Passwords : public Passwords {
public:
    std::string hash(std::string_view password) override;
    bool verify(std::string_view hash, std::string_view password) override;
};

}  // namespace countersign::native
