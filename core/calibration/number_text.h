#pragma once
// Numbers as text. Internal to core/calibration.

#include <charconv>
#include <string>

namespace countersign::calibration {

// The shortest decimal that reads back as the same bits; `number` is finite. -0 is written as 0.
inline std::string number_text(double number) {
    char digits[32];
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number == 0 ? 0.0 : number);
    static_cast<void>(problem);  // no double takes more than 24 characters
    return {digits, end};
}

// With so many decimals, for people; |number| below 1e15.
inline std::string fixed_text(double number, int decimals) {
    char digits[64];
    const auto [end, problem] =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, decimals);
    static_cast<void>(problem);
    return {digits, end};
}

}  // namespace countersign::calibration
