#pragma once
// Floating-point numbers as text, without locale: the same bytes everywhere.

#include <charconv>
#include <cstdint>
#include <string>

namespace countersign {

// The shortest decimal that reads back as the same bits, fit for JSON; `number` is finite. -0 is written as 0.
inline std::string number_text(double number) {
    char digits[32];
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number == 0 ? 0.0 : number);
    static_cast<void>(problem);  // no double takes more than 24 characters
    return {digits, end};
}

// For people: with so many decimals, "0.0250"; |number| below 1e15 and at most 20 decimals.
inline std::string fixed_text(double number, int decimals) {
    char digits[64];
    const auto [end, problem] =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, decimals);
    static_cast<void>(problem);
    return {digits, end};
}

// For people: rounded to so many significant digits, "0.062", "6.3e-09"; at most 20.
inline std::string rounded_text(double number, int significant) {
    char digits[64];
    const auto [end, problem] =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::general, significant);
    static_cast<void>(problem);
    return {digits, end};
}

// For people: 1234567 as "1,234,567".
inline std::string grouped(uint64_t number) {
    std::string digits = std::to_string(number);
    for (size_t i = digits.size(); i > 3; i -= 3) {
        digits.insert(i - 3, ",");
    }
    return digits;
}

}  // namespace countersign
