// Triangles: rounded corners, anti-aliased edges, icons drawn as paths. Row by row, from the left edge to the right
// one.

#include <algorithm>
#include <array>
#include <utility>

#include "shell/render/cpu/blend.h"
#include "shell/render/cpu/raster.h"
#include "shell/render/cpu/texture.h"

namespace countersign::shell::cpu {
namespace {

constexpr int32_t centre_of(int32_t pixel) {
    return pixel * kSubpixels + kSubpixels / 2;
}

// Where an edge crosses a row. Always computed from its upper end, so that two triangles which share an edge agree on
// every pixel along it.
struct Edge {
    int64_t x = 0;
    int64_t y = 0;
    int64_t slope = 0;  // 8.24 subpixels of x a subpixel of y

    Edge(const Corner& upper, const Corner& lower) : x(upper.x), y(upper.y) {
        const int64_t height = int64_t{lower.y} - upper.y;
        slope = height == 0 ? 0 : (int64_t{lower.x} - upper.x) * (1 << 24) / height;
    }

    int32_t first_pixel(int32_t row) const {
        const int64_t crossing = x + (((centre_of(row) - y) * slope) >> 24);
        return static_cast<int32_t>((crossing + kSubpixels / 2 - 1) >> 8);
    }
};

// A value that is linear over the triangle, known at its corners: a colour channel or a texel coordinate. Integers for
// colours (sixteenths of a level), exact in 64 bits for any triangle; doubles for texels, rounded alike everywhere.
template <class Number>
class Plane {
public:
    Plane() = default;

    Plane(const Corner* c, Number v0, Number v1, Number v2) : at_origin_(v0), x_(c[0].x), y_(c[0].y) {
        const Number d1 = v1 - v0;
        const Number d2 = v2 - v0;
        by_x_ = d1 * static_cast<Number>(c[2].y - c[0].y) - d2 * static_cast<Number>(c[1].y - c[0].y);
        by_y_ = d2 * static_cast<Number>(c[1].x - c[0].x) - d1 * static_cast<Number>(c[2].x - c[0].x);
    }

    bool level() const { return by_x_ == 0 && by_y_ == 0; }

    // `area` is twice the triangle's, in square subpixels.
    Number value(int32_t pixel, int32_t row, Number area) const {
        const auto dx = static_cast<Number>(centre_of(pixel) - x_);
        const auto dy = static_cast<Number>(centre_of(row) - y_);
        return at_origin_ + (by_x_ * dx + by_y_ * dy) / area;
    }

private:
    Number at_origin_ = 0;
    Number by_x_ = 0;
    Number by_y_ = 0;
    int32_t x_ = 0;
    int32_t y_ = 0;
};

class Shader {
public:
    Shader(const Primitive& p, const Corner* c) : texture_(p.texture) {
        area_ = int64_t{c[1].x - c[0].x} * (c[2].y - c[0].y) - int64_t{c[2].x - c[0].x} * (c[1].y - c[0].y);
        for (uint32_t i = 0; i < 4; i++) {
            const auto sixteenths = [&](int corner) { return int64_t{(c[corner].colour >> (8 * i)) & 255} * 16; };
            const Plane<int64_t> plane(c, sixteenths(0), sixteenths(1), sixteenths(2));
            if (plane.level()) {
                steady_ |= c[0].colour & (255U << (8 * i));
            } else {
                varying_[varying_count_] = {plane, 8 * i};
                varying_count_++;
            }
        }
        if (texture_ != nullptr) {
            u_ = Plane<double>(c, c[0].u, c[1].u, c[2].u);
            v_ = Plane<double>(c, c[0].v, c[1].v, c[2].v);
        }
    }

    bool degenerate() const { return area_ == 0; }

    uint32_t colour(int32_t x, int32_t y) const {
        uint32_t out = steady_;
        for (size_t i = 0; i < varying_count_; i++) {
            const int64_t level = (varying_[i].plane.value(x, y, area_) + 8) >> 4;
            out |= static_cast<uint32_t>(std::clamp<int64_t>(level, 0, 255)) << varying_[i].shift;
        }
        if (texture_ == nullptr) {
            return out;
        }
        const auto at = [&](const Plane<double>& plane) {
            const double held = std::clamp(plane.value(x, y, static_cast<double>(area_)), -2e9, 2e9);
            return static_cast<int32_t>(held);
        };
        return modulate(out, filtered_texel(*texture_, at(u_), at(v_)));
    }

private:
    struct Channel {
        Plane<int64_t> plane;
        uint32_t shift = 0;
    };

    int64_t area_ = 0;
    uint32_t steady_ = 0;
    std::array<Channel, 4> varying_;
    size_t varying_count_ = 0;
    Plane<double> u_;
    Plane<double> v_;
    const Texture* texture_ = nullptr;
};

}  // namespace

void draw_triangle(Surface& surface, const Primitive& p, const Corner* corners, const Box& box) {
    std::array<const Corner*, 3> by_y{corners, corners + 1, corners + 2};
    std::sort(by_y.begin(), by_y.end(),
              [](const Corner* a, const Corner* b) { return std::pair(a->y, a->x) < std::pair(b->y, b->x); });
    const Edge whole(*by_y[0], *by_y[2]);
    const Edge upper(*by_y[0], *by_y[1]);
    const Edge lower(*by_y[1], *by_y[2]);
    const Shader shader(p, corners);
    if (shader.degenerate()) {
        return;
    }
    for (int32_t y = box.y0; y < box.y1; y++) {
        const bool above = centre_of(y) < by_y[1]->y;
        const auto [left, right] = std::minmax({whole.first_pixel(y), (above ? upper : lower).first_pixel(y)});
        const int32_t from = std::max(left, box.x0);
        const int32_t to = std::min(right, box.x1);
        if (from >= to) {
            continue;
        }
        uint32_t* pixels = surface.row(y);
        if (p.shape == Shape::filled_triangle) {
            blend_run(pixels + from, to - from, p.colour);
            continue;
        }
        for (int32_t x = from; x < to; x++) {
            pixels[x] = blend_pixel(pixels[x], shader.colour(x, y));
        }
    }
}

}  // namespace countersign::shell::cpu
