#pragma once
// SHA-256 over stored bytes: operation hashes, leaf hashes, tree nodes and commitments all come from here.
//
// The work is OpenSSL's where the build has it (sha256_openssl.cpp: the processor's SHA instructions) and libsodium's
// elsewhere and in wasm (sha256_sodium.cpp); core/hash/CMakeLists.txt takes one of the two. The digests are the same.
// Contract: functions may be called from any thread; a Sha256Stream belongs to one.

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign {

struct Digest {
    std::array<uint8_t, 32> bytes{};

    auto operator<=>(const Digest&) const = default;

    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

Digest sha256(std::string_view bytes);
// Of two pieces in a row, without joining them first.
Digest sha256(std::string_view first, std::string_view second);
Digest hmac_sha256(std::string_view key, std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> pieces);

// Of bytes that are never in memory together.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    void update(std::string_view bytes);
    // Of all bytes so far; the stream then begins anew.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
void append_hex(std::string& out, std::string_view bytes);
// Bytes of lower-case hex digits.
Result<std::string> from_hex(std::string_view hex);
// False when they are none; then what was appended means nothing.
bool append_from_hex(std::string& out, std::string_view hex);
Result<Digest> digest_from_hex(std::string_view hex);
// Of exactly 32 raw bytes, as they stand in the store.
Result<Digest> digest_from_bytes(std::string_view bytes);

}  // namespace countersign
