#pragma once
// UTF-8 at the edge: validity, code points, and offsets. Text offsets in Countersign count Unicode code points.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign::utf8 {

inline constexpr size_t kValid = static_cast<size_t>(-1);

// Byte offset of the first ill-formed sequence (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF), or
// kValid.
size_t first_invalid(std::string_view text);

// The next code point of valid UTF-8; moves `offset` behind it. U+FFFD and one byte further where the text is
// ill-formed.
char32_t next(std::string_view text, size_t& offset);

void append(std::string& out, char32_t code_point);

// Number of code points of valid UTF-8.
size_t length(std::string_view text);

// Byte offset of the code point with this index; text.size() when there are fewer.
size_t byte_offset(std::string_view text, size_t code_point_index);

// At most `code_points` of the text, an ellipsis where it was cut, U+FFFD for what is ill-formed.
std::string shortened(std::string_view text, size_t code_points);

}  // namespace countersign::utf8
