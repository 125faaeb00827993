#include <cstring>

#include "core/hash/sha256.h"

namespace countersign {

namespace {

int hex_value(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
        out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
    }
    return out;
}

std::string to_hex(const Digest& digest) {
    return to_hex(digest.view());
}

Result<std::string> from_hex(std::string_view hex) {
    std::string out;
    out.reserve(hex.size() / 2);
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int high = hex_value(hex[i]);
        const int low = hex_value(hex[i + 1]);
        if (high < 0 || low < 0) {
            return fail(ErrorCode::invalid_argument, "is not lower-case hexadecimal");
        }
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return hex.size() % 2 == 0 ? Result<std::string>(std::move(out))
                               : fail(ErrorCode::invalid_argument, "has an odd number of hexadecimal digits");
}

Result<Digest> digest_from_hex(std::string_view hex) {
    return digest_from_bytes(CS_TRY(from_hex(hex)));
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
