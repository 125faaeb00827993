#pragma once
// Layout by cutting: a view starts with its area and cuts pieces off its edges. Device pixels.

#include <algorithm>

namespace countersign::shell {

// The nearest whole number; lengths and positions are at least a few pixels, never far below zero.
inline float whole(float v) {
    return static_cast<float>(static_cast<int>(v < 0 ? v - 0.5F : v + 0.5F));
}

struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    float right() const { return x + w; }

    float bottom() const { return y + h; }

    bool empty() const { return w <= 0 || h <= 0; }

    bool operator==(const Rect&) const = default;

    // Each takes a piece away and returns it; no more than there is.
    Rect cut_top(float height) {
        const float taken = std::clamp(height, 0.0F, std::max(0.0F, h));
        const Rect piece{x, y, w, taken};
        y += taken;
        h -= taken;
        return piece;
    }

    Rect cut_bottom(float height) {
        const float taken = std::clamp(height, 0.0F, std::max(0.0F, h));
        h -= taken;
        return {x, y + h, w, taken};
    }

    Rect cut_left(float width) {
        const float taken = std::clamp(width, 0.0F, std::max(0.0F, w));
        const Rect piece{x, y, taken, h};
        x += taken;
        w -= taken;
        return piece;
    }

    Rect cut_right(float width) {
        const float taken = std::clamp(width, 0.0F, std::max(0.0F, w));
        w -= taken;
        return {x + w, y, taken, h};
    }

    Rect inset(float dx, float dy) const {
        return {x + dx, y + dy, std::max(0.0F, w - 2 * dx), std::max(0.0F, h - 2 * dy)};
    }

    Rect inset(float d) const { return inset(d, d); }

    // A piece of this size in the middle, on whole pixels.
    Rect centred(float width, float height) const {
        return {x + whole((w - width) / 2), y + whole((h - height) / 2), width, height};
    }

    Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

    bool overlaps(const Rect& o) const { return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom(); }
};

}  // namespace countersign::shell
