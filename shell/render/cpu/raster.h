#pragma once
// Draws a scene's primitives into pixels, clipped to a box. What a pixel becomes does not depend on the box, so a part
// redrawn alone is bit for bit what a full redraw gives.
//
// Coverage: a pixel belongs to a shape when its centre lies inside, left and top edges included (as GPUs have it).
// Glyphs at whole multiples of their texture take the nearest texel, everything else textured is filtered bilinearly.

#include <cstdint>
#include <vector>

#include "shell/render/cpu/scene.h"

namespace countersign::shell::cpu {

struct Surface {
    int32_t width = 0;
    int32_t height = 0;
    std::vector<uint32_t> pixels;

    uint32_t* row(int32_t y) { return pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(width); }
};

// Fills the box with `background` and draws what the scene shows there.
void draw_box(Surface& surface, const Scene& scene, const Box& box, uint32_t background);

// The two halves of the rasteriser, each in its own file.
void draw_textured_rect(Surface& surface, const Primitive& p, const Corner* corners, const Box& box);
void draw_triangle(Surface& surface, const Primitive& p, const Corner* corners, const Box& box);

// A texture's colour at a point in 16.16 texels, filtered between four texels.
uint32_t filtered_texel(const Texture& texture, int32_t u, int32_t v);

}  // namespace countersign::shell::cpu
