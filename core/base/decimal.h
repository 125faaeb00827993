#pragma once
// Whole numbers in the one decimal form that text formats of the log take: digits, no sign, no leading zero.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace countersign {

// Nothing for any other text, and for what does not fit.
inline std::optional<uint64_t> read_decimal(std::string_view text) {
    uint64_t number = 0;
    const bool other_form = text.empty() || text[0] == '+' || (text[0] == '0' && text.size() > 1);
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return other_form || code != std::errc() || end != text.data() + text.size() ? std::nullopt : std::optional(number);
}

}  // namespace countersign
