// Textured rectangles: glyphs, icons, pictures.

#include <algorithm>
#include <array>
#include <span>

#include "shell/render/cpu/blend.h"
#include "shell/render/cpu/raster.h"
#include "shell/render/cpu/texture.h"

namespace countersign::shell::cpu {
namespace {

constexpr int32_t kTexel = 65536;

// How texel coordinates run along one axis of a rectangle.
struct Axis {
    int64_t start = 0;  // texels, 16.16, at the rectangle's edge
    int64_t step = 0;   // texels a pixel, 16.16
    int64_t edge = 0;   // 24.8

    static Axis along(int32_t from, int32_t to, int32_t texel_from, int32_t texel_to) {
        const int64_t length = std::max<int64_t>(to - from, 1);
        return {texel_from, (int64_t{texel_to} - texel_from) * kSubpixels / length, from};
    }

    int32_t at(int32_t pixel) const {
        const int64_t distance = int64_t{pixel} * kSubpixels + kSubpixels / 2 - edge;
        return static_cast<int32_t>(start + distance * step / kSubpixels);
    }

    // A whole number of texels a pixel: nothing to filter, the texture was made for this.
    bool whole() const {
        const int64_t off = (step + kTexel / 2) % kTexel - kTexel / 2;
        return step >= kTexel / 2 && std::abs(off) < kTexel / 64;
    }
};

constexpr int32_t kRun = 64;

// One row of a texture that is only alpha, nearest texel, a piece at a time.
void draw_alpha_row(uint32_t* pixels, const Box& box, const Axis& u, std::span<const uint8_t> texels, uint32_t colour) {
    const auto last = static_cast<int32_t>(texels.size()) - 1;
    std::array<uint8_t, kRun> coverage{};
    for (int32_t x = box.x0; x < box.x1; x += kRun) {
        const int32_t count = std::min(kRun, box.x1 - x);
        for (int32_t i = 0; i < count; i++) {
            coverage[static_cast<size_t>(i)] = texels[static_cast<size_t>(std::clamp(u.at(x + i) >> 16, 0, last))];
        }
        blend_coverage(pixels + x, count, colour, coverage.data());
    }
}

}  // namespace

uint32_t filtered_texel(const Texture& texture, int32_t u, int32_t v) {
    const int32_t left = u - kTexel / 2;
    const int32_t top = v - kTexel / 2;
    const int32_t x = left >> 16;
    const int32_t y = top >> 16;
    const auto fx = static_cast<uint32_t>((left >> 8) & 255);
    const auto fy = static_cast<uint32_t>((top >> 8) & 255);
    const std::array<uint32_t, 4> texels{texture.texel(x, y), texture.texel(x + 1, y), texture.texel(x, y + 1),
                                         texture.texel(x + 1, y + 1)};
    const std::array<uint32_t, 4> weights{(256 - fx) * (256 - fy), fx * (256 - fy), (256 - fx) * fy, fx * fy};
    uint32_t out = 0;
    for (uint32_t shift = 0; shift < 32; shift += 8) {
        uint32_t sum = 1U << 15;
        for (size_t i = 0; i < 4; i++) {
            sum += ((texels[i] >> shift) & 255) * weights[i];
        }
        out |= (sum >> 16) << shift;
    }
    return out;
}

void draw_textured_rect(Surface& surface, const Primitive& p, const Corner* corners, const Box& box) {
    const Texture& texture = *p.texture;
    const Axis u = Axis::along(corners[0].x, corners[1].x, corners[0].u, corners[1].u);
    const Axis v = Axis::along(corners[0].y, corners[1].y, corners[0].v, corners[1].v);
    const bool nearest = u.whole() && v.whole();
    for (int32_t y = box.y0; y < box.y1; y++) {
        uint32_t* pixels = surface.row(y);
        const int32_t row = std::clamp(v.at(y) >> 16, 0, texture.height - 1);
        if (nearest && !texture.has_colours()) {
            const auto width = static_cast<size_t>(texture.width);
            draw_alpha_row(pixels, box, u, std::span(texture.alpha).subspan(static_cast<size_t>(row) * width, width),
                           p.colour);
            continue;
        }
        for (int32_t x = box.x0; x < box.x1; x++) {
            const uint32_t texel =
                nearest ? texture.texel(u.at(x) >> 16, row) : filtered_texel(texture, u.at(x), v.at(y));
            pixels[x] = blend_pixel(pixels[x], modulate(texel, p.colour));
        }
    }
}

}  // namespace countersign::shell::cpu
