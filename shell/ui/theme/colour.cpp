#include "shell/ui/theme/colour.h"

#include <algorithm>
#include <cmath>

namespace countersign::shell {
namespace {

// WCAG 2.1, "relative luminance".
double linear(uint32_t channel) {
    const double c = static_cast<double>(channel) / 255;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

}  // namespace

Colour over(Colour top, Colour bottom) {
    const uint32_t alpha = top >> 24;
    Colour out = 0xff000000U;
    for (uint32_t shift = 0; shift < 24; shift += 8) {
        const uint32_t t = (top >> shift) & 255;
        const uint32_t b = (bottom >> shift) & 255;
        out |= ((t * alpha + b * (255 - alpha) + 127) / 255) << shift;
    }
    return out;
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour & 255) + 0.7152 * linear((colour >> 8) & 255) + 0.0722 * linear((colour >> 16) & 255);
}

double contrast(Colour a, Colour b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace countersign::shell
