#include "core/base/utf8.h"

namespace countersign::utf8 {

namespace {

struct Decoded {
    char32_t code_point;
    size_t bytes;  // 0: ill-formed
};

Decoded decode(std::string_view text, size_t at) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) {
        return {0, 0};
    }
    char32_t code_point = lead & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            return {0, 0};
        }
        code_point = (code_point << 6) | (byte(at + i) & 0x3Fu);
    }
    const bool overlong = (bytes == 3 && code_point < 0x800) || (bytes == 4 && code_point < 0x10000);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (overlong || surrogate || code_point > 0x10FFFF) {
        return {0, 0};
    }
    return {code_point, bytes};
}

}  // namespace

size_t first_invalid(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
        const Decoded d = decode(text, at);
        if (d.bytes == 0) {
            return at;
        }
        at += d.bytes;
    }
    return kValid;
}

char32_t next(std::string_view text, size_t& offset) {
    const Decoded d = decode(text, offset);
    offset += d.bytes == 0 ? 1 : d.bytes;
    return d.bytes == 0 ? U'\uFFFD' : d.code_point;
}

void append(std::string& out, char32_t code_point) {
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

size_t length(std::string_view text) {
    size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

size_t byte_offset(std::string_view text, size_t code_point_index) {
    size_t seen = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (starts && seen++ == code_point_index) {
            return at;
        }
    }
    return text.size();
}

namespace {

// With U+FFFD in the place of what is ill-formed.
std::string well_formed(std::string_view text) {
    if (first_invalid(text) == kValid) {
        return std::string(text);
    }
    std::string out;
    for (size_t offset = 0; offset < text.size();) {
        append(out, next(text, offset));
    }
    return out;
}

}  // namespace

std::string shortened(std::string_view text, size_t code_points) {
    const size_t cut = byte_offset(text, code_points);
    if (cut == text.size()) {
        return well_formed(text);
    }
    const size_t keep = byte_offset(text, code_points == 0 ? 0 : code_points - 1);
    return well_formed(text.substr(0, keep)) + "…";
}

}  // namespace countersign::utf8
