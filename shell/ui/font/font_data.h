#pragma once
// The fonts inside the program, cut down and written as arrays by tools/fonts.mjs at build time.

#include <cstdint>
#include <span>

namespace countersign::shell {

enum class Face : uint8_t {
    text,    // Inter Regular, tabular figures
    medium,  // Inter Medium: buttons, names
    strong,  // Inter SemiBold: titles
    mono,    // JetBrains Mono: ids, values
    icons,   // Lucide
};

inline constexpr int kFaceCount = 5;

std::span<const unsigned char> font_data(Face face);

}  // namespace countersign::shell
