#include <array>
#include <cstring>

#include "core/hash/sha256.h"

namespace countersign {

namespace {

constexpr uint8_t kNoDigit = 0xFF;

constexpr std::array<uint8_t, 256> kHexValues = [] {
    std::array<uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (uint8_t i = 0; i < 16; ++i) {
        values[static_cast<unsigned char>("0123456789abcdef"[i])] = i;
    }
    return values;
}();

// Writes as many bytes as there are pairs of digits; false when one is no digit.
bool decode_hex(std::string_view hex, uint8_t* out) {
    uint8_t wrong = 0;
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        const uint8_t high = kHexValues[static_cast<unsigned char>(hex[i])];
        const uint8_t low = kHexValues[static_cast<unsigned char>(hex[i + 1])];
        wrong |= (high | low) & 0xF0;
        *out++ = static_cast<uint8_t>(high << 4 | low);
    }
    return wrong == 0;
}

}  // namespace

void append_hex(std::string& out, std::string_view bytes) {
    static constexpr char kHex[] = "0123456789abcdef";
    const size_t before = out.size();
    out.resize(before + bytes.size() * 2);
    char* to = out.data() + before;
    for (const char c : bytes) {
        *to++ = kHex[static_cast<unsigned char>(c) >> 4];
        *to++ = kHex[static_cast<unsigned char>(c) & 15];
    }
}

std::string to_hex(std::string_view bytes) {
    std::string out;
    append_hex(out, bytes);
    return out;
}

std::string to_hex(const Digest& digest) {
    return to_hex(digest.view());
}

bool append_from_hex(std::string& out, std::string_view hex) {
    const size_t before = out.size();
    out.resize(before + hex.size() / 2);
    return decode_hex(hex, reinterpret_cast<uint8_t*>(out.data() + before)) && hex.size() % 2 == 0;
}

Result<std::string> from_hex(std::string_view hex) {
    std::string out;
    if (append_from_hex(out, hex)) {
        return out;
    }
    return fail(ErrorCode::invalid_argument,
                hex.size() % 2 == 0 ? "is not lower-case hexadecimal" : "has an odd number of hexadecimal digits");
}

Result<Digest> digest_from_hex(std::string_view hex) {
    Digest out;
    if (hex.size() == 2 * out.bytes.size() && decode_hex(hex, out.bytes.data())) {
        return out;
    }
    return digest_from_bytes(CS_TRY(from_hex(hex)));  // says what is wrong
}

Result<Digest> digest_from_bytes(std::string_view bytes) {
    Digest out;
    if (bytes.size() != out.bytes.size()) {
        return fail(ErrorCode::invalid_argument, "is not a SHA-256 hash of 32 bytes");
    }
    std::memcpy(out.bytes.data(), bytes.data(), bytes.size());
    return out;
}

}  // namespace countersign
