#pragma once
// Straight-alpha blending onto opaque RGBA pixels, four at a time in 128-bit vectors (clang vector extensions: SSE2
// natively, simd128 in wasm). Integer arithmetic only, so every platform gets the same bits.
//
// Each channel becomes round((source * alpha + destination * (255 - alpha)) / 255), exactly; the destination's alpha
// stays 255. Colours are Dear ImGui's: 0xAABBGGRR, which in memory is R, G, B, A.

#include <cstdint>

namespace countersign::shell::cpu {

// (v + 128) / 255 rounded to the nearest, exact for v up to 255 * 255.
constexpr uint32_t divide_by_255(uint32_t v) {
    const uint32_t t = v + 128;
    return (t + (t >> 8)) >> 8;
}

// Product of two colours channel by channel, as a texture modulates a vertex colour.
constexpr uint32_t modulate(uint32_t a, uint32_t b) {
    uint32_t out = 0;
    for (uint32_t shift = 0; shift < 32; shift += 8) {
        out |= divide_by_255(((a >> shift) & 255) * ((b >> shift) & 255)) << shift;
    }
    return out;
}

constexpr uint32_t blend_pixel(uint32_t destination, uint32_t source) {
    const uint32_t alpha = source >> 24;
    uint32_t out = 0xff000000U;
    for (uint32_t shift = 0; shift < 24; shift += 8) {
        const uint32_t s = (source >> shift) & 255;
        const uint32_t d = (destination >> shift) & 255;
        out |= divide_by_255(s * alpha + d * (255 - alpha)) << shift;
    }
    return out;
}

// One colour over a run of pixels.
void blend_run(uint32_t* pixels, int32_t count, uint32_t colour);

// A colour over four pixels, each with its own alpha in `alphas` (already multiplied by the colour's).
void blend_four(uint32_t* pixels, uint32_t colour, const uint8_t alphas[4]);

// As many pixels as there are coverages; the colour's own alpha scales them.
void blend_coverage(uint32_t* pixels, int32_t count, uint32_t colour, const uint8_t* coverage);

}  // namespace countersign::shell::cpu
