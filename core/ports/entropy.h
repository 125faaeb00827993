#pragma once
// The one way randomness enters Countersign: ids, keys of commitments, tokens.

#include <cstddef>
#include <string>

namespace countersign {

class Entropy {
public:
    virtual ~Entropy() = default;
    // Unpredictable bytes from the operating system or the browser; stops the process when there are none.
    virtual std::string bytes(size_t count) = 0;
};

// A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits; sorts by time of making.
std::string make_uuid(Entropy& entropy, int64_t unix_ms);

}  // namespace countersign
