#include "core/verify/members.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign::verify {

namespace {

Error refused(std::string_view name, std::string_view message) {
    return fail(ErrorCode::invalid_argument, std::string(message), std::string(name));
}

// What the value is not; empty when it is right.
std::string_view mismatch(const CanonicalValue& value, Shape shape) {
    const std::string_view text = value.plain_text().value_or(std::string_view());
    switch (shape) {
        case Shape::integer: return value.is(JsonKind::integer) ? "" : "must be an integer";
        case Shape::natural: return value.integer().value_or(0) > 0 ? "" : "must be an integer from 1 on";
        case Shape::text: return value.is(JsonKind::text) ? "" : "must be text";
        case Shape::object: return value.is(JsonKind::object) ? "" : "must be an object";
        case Shape::hex_8_bytes: return is_hex(text, 16) ? "" : "must be 16 hex digits";
        case Shape::hex_32_bytes: return is_hex(text, 64) ? "" : "must be 64 hex digits";
        case Shape::hex_64_bytes: return is_hex(text, 128) ? "" : "must be 128 hex digits";
        case Shape::text_key: return is_hex(text, 32) || is_hex(text, 64) ? "" : "must be 32 or 64 hex digits";
        case Shape::stream: return is_stream(text) ? "" : "must be 32 hex digits, a point and 16 hex digits";
        case Shape::hex_or_object:
            return is_hex(text, 64) || value.is(JsonKind::object) ? "" : "must be 64 hex digits or an object";
    }
    return "";
}

Status check(const CanonicalValue& object, std::span<const Member> members, bool others) {
    if (!object.is(JsonKind::object)) {
        return refused("", "must be an object");
    }
    // Both are in order: one walk.
    CanonicalValue at = object.first();
    for (const Member& member : members) {
        for (; at && at.name() < member.name; at = at.next()) {
            if (!others) {
                return refused(at.name(), "is no member of this format");
            }
        }
        if (!at || at.name() != member.name) {
            if (member.need == Need::required) {
                return refused(member.name, "is missing");
            }
            continue;
        }
        if (const std::string_view wrong = mismatch(at, member.shape); !wrong.empty()) {
            return refused(member.name, wrong);
        }
        at = at.next();
    }
    return at && !others ? Status(refused(at.name(), "is no member of this format")) : Status();
}

}  // namespace

Status check_members(const CanonicalValue& object, std::span<const Member> members) {
    return check(object, members, false);
}

Status check_known_members(const CanonicalValue& object, std::span<const Member> members) {
    return check(object, members, true);
}

bool is_hex(std::string_view text, size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(),
                                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_stream(std::string_view text) {
    return text.size() == 49 && text[32] == '.' && is_hex(text.substr(0, 32), 32) && is_hex(text.substr(33), 16);
}

std::optional<Digest> digest_in(const CanonicalValue& text) {
    const std::string_view digits = text.plain_text().value_or(std::string_view());
    if (digits.size() != 64) {
        return std::nullopt;
    }
    const auto digest = digest_from_hex(digits);
    return digest.ok() ? std::optional(digest.value()) : std::nullopt;
}

}  // namespace countersign::verify
