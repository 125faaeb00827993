#pragma once
// A frame's draw data taken apart into what the rasteriser knows how to draw fast: filled rectangles, glyphs (textured
// rectangles), and triangles for the rest. Positions become 24.8 fixed point here; from here on there is no floating
// point.

#include <cstdint>
#include <vector>

#include "shell/render/renderer.h"

struct ImDrawData;

namespace countersign::shell::cpu {

struct Texture;
class TextureStore;

inline constexpr int32_t kSubpixels = 256;

// Half-open, in pixels.
struct Box {
    int32_t x0 = 0;
    int32_t y0 = 0;
    int32_t x1 = 0;
    int32_t y1 = 0;

    bool empty() const { return x0 >= x1 || y0 >= y1; }

    bool contains(const Box& o) const { return x0 <= o.x0 && y0 <= o.y0 && x1 >= o.x1 && y1 >= o.y1; }
};

Box intersect(const Box& a, const Box& b);

struct Corner {
    int32_t x = 0;  // 24.8
    int32_t y = 0;
    int32_t u = 0;  // texels, 16.16
    int32_t v = 0;
    uint32_t colour = 0;
};

enum class Shape : uint8_t { filled_rect, textured_rect, filled_triangle, shaded_triangle };

struct Primitive {
    Shape shape = Shape::filled_rect;
    uint32_t colour = 0;  // of the filled and of the textured rectangle
    Box box;              // the pixels it can touch, already clipped
    const Texture* texture = nullptr;
    uint32_t first = 0;  // into Scene::corners: two of a rectangle, three of a triangle
};

struct Scene {
    int32_t width = 0;
    int32_t height = 0;
    std::vector<Primitive> primitives;
    std::vector<Corner> corners;

    // The index of the last opaque rectangle that covers all of `box`: what lies before it cannot be seen. 0 if none.
    size_t first_visible(const Box& box) const;
};

// Reuses the scene's memory. Nothing of `data` is referred to afterwards; `textures` must outlive the scene.
void take_apart(const ImDrawData& data, const TextureStore& textures, Scene& scene);

}  // namespace countersign::shell::cpu
