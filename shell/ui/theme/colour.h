#pragma once
// Colours as Dear ImGui packs them (0xAABBGGRR), and the arithmetic of contrast.

#include <cstdint>

namespace countersign::shell {

using Colour = uint32_t;

// From the way designers write it: 0xRRGGBB.
constexpr Colour rgb(uint32_t hex) {
    return 0xff000000U | ((hex & 255U) << 16) | (hex & 0xff00U) | (hex >> 16);
}

constexpr Colour with_alpha(Colour colour, uint32_t alpha) {
    return (colour & 0x00ffffffU) | (alpha << 24);
}

// `top` over `bottom`, which is opaque; the result is opaque.
Colour over(Colour top, Colour bottom);

// WCAG 2.1: relative luminance, 0 to 1, and contrast ratio, 1 to 21. For tests and for choosing the ink of a fill.
double luminance(Colour colour);
double contrast(Colour a, Colour b);

}  // namespace countersign::shell
