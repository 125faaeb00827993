#pragma once
// concat("line ", 7, ": ", name): builds a message from text and integers, without locale and without formatting state.

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

inline void append_piece(std::string& out, std::string_view piece) {
    out.append(piece);
}

inline void append_piece(std::string& out, char piece) {
    out.push_back(piece);
}

template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
void append_piece(std::string& out, Number number) {
    char digits[24];
    const auto [end, code] = std::to_chars(digits, digits + sizeof digits, number);
    static_cast<void>(code);  // 24 characters hold any 64-bit integer
    out.append(digits, end);
}

template <class... Pieces>
std::string concat(const Pieces&... pieces) {
    std::string out;
    (append_piece(out, pieces), ...);
    return out;
}

}  // namespace countersign
