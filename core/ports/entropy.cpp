#include "core/ports/entropy.h"

namespace countersign {

// RFC 9562, 5.7: 48 bits of Unix milliseconds, version 7, 12 random bits, variant 10, 62 random bits.
std::string make_uuid(Entropy& entropy, int64_t unix_ms) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string bytes = entropy.bytes(16);
    for (size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<char>(static_cast<uint64_t>(unix_ms) >> (40 - 8 * i));
    }
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | 0x70);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
    std::string out;
    for (size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            out.push_back('-');
        }
        out.push_back(kHex[static_cast<unsigned char>(bytes[i]) >> 4]);
        out.push_back(kHex[static_cast<unsigned char>(bytes[i]) & 15]);
    }
    return out;
}

}  // namespace countersign
