#include "shell/render/cpu/raster.h"

#include <algorithm>

#include "shell/render/cpu/blend.h"

namespace countersign::shell::cpu {
namespace {

// Rows worked on at a time, so that the pixels stay in the cache while the primitives pass over them.
constexpr int32_t kBand = 64;

void fill(Surface& surface, const Box& box, uint32_t colour) {
    for (int32_t y = box.y0; y < box.y1; y++) {
        blend_run(surface.row(y) + box.x0, box.x1 - box.x0, colour);
    }
}

void draw_band(Surface& surface, const Scene& scene, const Box& band, size_t from) {
    for (size_t i = from; i < scene.primitives.size(); i++) {
        const Primitive& p = scene.primitives[i];
        const Box box = intersect(p.box, band);
        if (box.empty()) {
            continue;
        }
        const Corner* corners = scene.corners.data() + p.first;
        switch (p.shape) {
            case Shape::filled_rect: fill(surface, box, p.colour); break;
            case Shape::textured_rect: draw_textured_rect(surface, p, corners, box); break;
            default: draw_triangle(surface, p, corners, box); break;
        }
    }
}

}  // namespace

void draw_box(Surface& surface, const Scene& scene, const Box& box, uint32_t background) {
    for (int32_t y = box.y0; y < box.y1; y += kBand) {
        const Box band{box.x0, y, box.x1, std::min(y + kBand, box.y1)};
        fill(surface, band, background | 0xff000000U);
        draw_band(surface, scene, band, scene.first_visible(band));
    }
}

}  // namespace countersign::shell::cpu
