#include "shell/render/cpu/blend.h"

#include <algorithm>
#include <cstring>

namespace countersign::shell::cpu {
namespace {

using Bytes = uint8_t __attribute__((vector_size(16)));
using Words = uint16_t __attribute__((vector_size(16)));
using EightBytes = uint8_t __attribute__((vector_size(8)));

constexpr Words kOpaque = {0, 0, 0, 255, 0, 0, 0, 255};

Words splat(uint16_t v) {
    return Words{v, v, v, v, v, v, v, v};
}

Words low_half(Bytes v) {
    return __builtin_convertvector(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7), Words);
}

Words high_half(Bytes v) {
    return __builtin_convertvector(__builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15), Words);
}

Bytes pack(Words low, Words high) {
    const auto l = __builtin_convertvector(low, EightBytes);
    const auto h = __builtin_convertvector(high, EightBytes);
    return __builtin_shufflevector(l, h, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

Words rounded_255th(Words v) {
    const Words t = v + splat(128);
    return (t + (t >> splat(8))) >> splat(8);
}

Bytes load(const uint32_t* pixels) {
    Bytes v;
    std::memcpy(&v, pixels, sizeof v);
    return v;
}

void store(uint32_t* pixels, Bytes v) {
    std::memcpy(pixels, &v, sizeof v);
}

Words colour_words(uint32_t colour) {
    const auto r = static_cast<uint16_t>(colour & 255);
    const auto g = static_cast<uint16_t>((colour >> 8) & 255);
    const auto b = static_cast<uint16_t>((colour >> 16) & 255);
    return Words{r, g, b, 255, r, g, b, 255};
}

// Two pixels. With 255 as the source's own alpha channel an opaque destination stays opaque without further work.
Words over(Words source, Words destination, Words alpha) {
    return rounded_255th(source * alpha + destination * (splat(255) - alpha)) | kOpaque;
}

}  // namespace

void blend_run(uint32_t* pixels, int32_t count, uint32_t colour) {
    const uint32_t alpha = colour >> 24;
    if (alpha == 0) {
        return;
    }
    if (alpha == 255) {
        std::fill_n(pixels, count, colour);
        return;
    }
    const Words weighted = colour_words(colour) * splat(static_cast<uint16_t>(alpha));
    const Words rest = splat(static_cast<uint16_t>(255 - alpha));
    int32_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const Bytes d = load(pixels + i);
        const Words low = rounded_255th(weighted + low_half(d) * rest) | kOpaque;
        const Words high = rounded_255th(weighted + high_half(d) * rest) | kOpaque;
        store(pixels + i, pack(low, high));
    }
    for (; i < count; i++) {
        pixels[i] = blend_pixel(pixels[i], colour);
    }
}

void blend_four(uint32_t* pixels, uint32_t colour, const uint8_t alphas[4]) {
    const Words source = colour_words(colour);
    const Bytes d = load(pixels);
    const uint16_t a0 = alphas[0];
    const uint16_t a1 = alphas[1];
    const uint16_t a2 = alphas[2];
    const uint16_t a3 = alphas[3];
    const Words low = over(source, low_half(d), Words{a0, a0, a0, a0, a1, a1, a1, a1});
    const Words high = over(source, high_half(d), Words{a2, a2, a2, a2, a3, a3, a3, a3});
    store(pixels, pack(low, high));
}

void blend_coverage(uint32_t* pixels, int32_t count, uint32_t colour, const uint8_t* coverage) {
    const uint32_t alpha = colour >> 24;
    int32_t i = 0;
    for (; i + 4 <= count; i += 4) {
        uint32_t four = 0;
        std::memcpy(&four, coverage + i, sizeof four);
        if (four == 0) {
            continue;
        }
        uint8_t alphas[4];
        for (int k = 0; k < 4; k++) {
            alphas[k] = static_cast<uint8_t>(divide_by_255(coverage[i + k] * alpha));
        }
        blend_four(pixels + i, colour, alphas);
    }
    for (; i < count; i++) {
        const uint32_t a = divide_by_255(coverage[i] * alpha);
        pixels[i] = blend_pixel(pixels[i], (colour & 0x00ffffffU) | (a << 24));
    }
}

}  // namespace countersign::shell::cpu
