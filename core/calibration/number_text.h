#pragma once
// Numbers as text that reads back as the same bits: the shortest such decimal. Internal to core/calibration.

#include <charconv>
#include <string>

namespace countersign::calibration {

// `number` is finite. -0 is written as 0.
inline std::string number_text(double number) {
    char digits[32];
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number == 0 ? 0.0 : number);
    static_cast<void>(problem);  // no double takes more than 24 characters
    return {digits, end};
}

}  // namespace countersign::calibration
