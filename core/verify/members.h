#pragma once
// Members of canonical objects that a format fixes: exactly these, of these kinds.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/json/canonical.h"

namespace countersign::verify {

enum class Shape : uint8_t {
    integer,
    natural,
    text,
    object,
    hex_8_bytes,
    hex_32_bytes,
    hex_64_bytes,
    text_key,  // 16 or 32 bytes in hexadecimal
    stream,
    hex_or_object
};
enum class Need : uint8_t { required, optional };

struct Member {
    std::string_view name;
    Shape shape;
    Need need = Need::required;
};

// invalid_argument with the member as field, or an empty one for what is no object. `members` are sorted by name.
Status check_members(const CanonicalValue& object, std::span<const Member> members);
// The same, but members that the format does not know are passed over.
Status check_known_members(const CanonicalValue& object, std::span<const Member> members);

// Exactly `count` lower-case hexadecimal digits.
bool is_hex(std::string_view text, size_t count);
// "<32 hex>.<16 hex>"
bool is_stream(std::string_view text);

// Of a text of 64 hex digits; anything else gives nothing.
std::optional<Digest> digest_in(const CanonicalValue& text);

}  // namespace countersign::verify
