#include "shell/render/cpu/blend.h"

#include <vector>

#include <catch_amalgamated.hpp>

namespace {

using namespace countersign::shell::cpu;

TEST_CASE("a blended channel is the exact quotient rounded to the nearest, for every source, destination and alpha") {
    for (uint32_t alpha = 0; alpha < 256; alpha += 5) {
        for (uint32_t s = 0; s < 256; s += 3) {
            for (uint32_t d = 0; d < 256; d++) {
                const uint32_t out = blend_pixel(0xff000000U | d, (alpha << 24) | s) & 255;
                const uint32_t exact = (2 * (s * alpha + d * (255 - alpha)) + 255) / 510;
                if (out != exact) {
                    FAIL("source " << s << " over " << d << " at alpha " << alpha << ": " << out << " instead of "
                                   << exact);
                }
            }
        }
    }
}

TEST_CASE("vectors of pixels get what single pixels get, at every length and alignment") {
    std::vector<uint32_t> pixels(64);
    std::vector<uint8_t> coverage(64);
    for (size_t i = 0; i < 64; i++) {
        pixels[i] = 0xff000000U | static_cast<uint32_t>(i * 2654435761U >> 8);
        coverage[i] = static_cast<uint8_t>(i % 7 < 3 ? 0 : i * 37);
    }
    const uint32_t colour = GENERATE(0xff336699U, 0x80ff7f01U, 0x01ffffffU, 0x00123456U);
    for (size_t from = 0; from < 5; from++) {
        for (size_t count = 0; count < 21; count++) {
            auto run = pixels;
            auto text = pixels;
            blend_run(run.data() + from, static_cast<int32_t>(count), colour);
            blend_coverage(text.data() + from, static_cast<int32_t>(count), colour, coverage.data() + from);
            for (size_t i = 0; i < 64; i++) {
                const bool inside = i >= from && i < from + count;
                const uint32_t a = divide_by_255(coverage[i] * (colour >> 24)) << 24;
                REQUIRE(run[i] == (inside ? blend_pixel(pixels[i], colour) : pixels[i]));
                REQUIRE(text[i] == (inside ? blend_pixel(pixels[i], (colour & 0xffffffU) | a) : pixels[i]));
            }
        }
    }
}

TEST_CASE("modulating by white changes nothing and by black leaves only black") {
    CHECK(modulate(0x12345678U, 0xffffffffU) == 0x12345678U);
    CHECK(modulate(0xffffffffU, 0x00000000U) == 0);
    CHECK(modulate(0x80ffffffU, 0x80ffffffU) == 0x40ffffffU);
}

}  // namespace
