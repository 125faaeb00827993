#pragma once
// Canonical JSON, read where it stands: says whether the bytes are the one canonical form of their value, and gives
// each value's exact bytes. For auditing logs: no value is copied, and a reader that is used again allocates nothing.
//
// Canonical here is what the writer makes (core/json/writer.h, Order::sorted) within RFC 8785 (JCS): no space; names of
// printable ASCII without escapes, ascending and distinct; integers of at most 2^53 - 1 either way, without fraction,
// exponent, leading zero or -0; texts in valid UTF-8 without NUL, in which only what JSON demands is escaped, and in
// the shortest way. A value that is read this way reads the same with any JSON library.
//
// Contract: the text outlives what is read from it; a CanonicalValue is a place in its CanonicalJson and ends with the
// next read(). Errors: invalid_argument with field "byte N" (from 1), exhausted when nested too deep.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace countersign {

inline constexpr int64_t kCanonicalInteger_max = 9'007'199'254'740'991;  // 2^53 - 1
inline constexpr uint32_t kCanonicalDepth = 64;

enum class JsonKind : uint8_t { null, boolean, integer, text, list, object };

class CanonicalJson;

// A value, or nothing: of a member that is not there, or behind the last one.
class CanonicalValue {
public:
    CanonicalValue() = default;

    explicit operator bool() const { return json_ != nullptr; }

    JsonKind kind() const;
    bool is(JsonKind kind) const;
    // The name in the object around it; empty in a list.
    std::string_view name() const;
    // As they stand in the text.
    std::string_view bytes() const;

    // Each gives nothing when the value has another kind or is nothing.
    std::optional<int64_t> integer() const;
    std::optional<std::string> text() const;
    // Between the quotes, as it stands; nothing when there is an escape in it.
    std::optional<std::string_view> plain_text() const;

    // The member of an object; nothing when there is none, or this is no object.
    CanonicalValue find(std::string_view name) const;
    // The first value in a list or object, and the one behind this in the list or object around it.
    CanonicalValue first() const;
    CanonicalValue next() const;

private:
    friend class CanonicalJson;

    CanonicalValue(const CanonicalJson& json, uint32_t node, uint32_t end) : json_(&json), node_(node), end_(end) {}

    const CanonicalJson* json_ = nullptr;
    uint32_t node_ = 0;
    uint32_t end_ = 0;  // where the list or object around it ends
};

class CanonicalJson {
public:
    // What was read before is forgotten.
    Status read(std::string_view text);
    // Of what was read last; nothing when that failed.
    CanonicalValue root() const;

private:
    friend class CanonicalValue;
    friend class CanonicalReader;

    struct Node {
        JsonKind kind = JsonKind::null;
        uint32_t after = 0;  // the node behind this value and everything in it
        std::string_view name;
        std::string_view bytes;
    };

    std::vector<Node> nodes_;  // each value before what is in it
};

}  // namespace countersign
