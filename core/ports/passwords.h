#pragma once
// Hashing of passwords, which is slow on purpose and so belongs to the platform: Argon2id where there is a server.

#include <string>
#include <string_view>

namespace countersign {

class Passwords {
public:
    virtual ~Passwords() = default;
    // A self-describing hash string with its own salt.
    virtual std::string hash(std::string_view password) = 0;
    // Whether the hash was made of this password. Takes as long for a wrong one.
    virtual bool verify(std::string_view hash, std::string_view password) = 0;
};

}  // namespace countersign
