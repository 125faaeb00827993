#include "shell/render/cpu/scene.h"

#include <algorithm>
#include <array>
#include <span>

#include <imgui.h>

#include "core/base/check.h"
#include "shell/render/cpu/blend.h"
#include "shell/render/cpu/texture.h"

namespace countersign::shell::cpu {
namespace {

constexpr float kFarthest = 16000;  // pixels; keeps every product below in 64 bits

int32_t rounded(float v) {
    const auto whole = static_cast<int32_t>(v);
    return whole - (v < static_cast<float>(whole) ? 1 : 0);
}

int32_t to_fixed(float pixels) {
    const float held = std::clamp(pixels, -kFarthest, kFarthest);
    return rounded(held * static_cast<float>(kSubpixels) + 0.5F);
}

// The first pixel whose centre is at or right of x.
int32_t first_pixel(int32_t x) {
    return (x + kSubpixels / 2 - 1) >> 8;
}

struct Command {
    ImVec2 origin;
    ImVec2 scale;
    Box clip;
    const Texture* texture = nullptr;
};

class Dismantler {
public:
    Dismantler(Scene& scene, const Command& command) : scene_(scene), command_(command) {}

    // Six indices that draw one rectangle; false when they do not.
    bool rectangle(const ImDrawVert* v, std::span<const ImDrawIdx, 6> index) {
        if (index[0] != index[3] || index[2] != index[4]) {
            return false;
        }
        const ImDrawVert& a = v[index[0]];
        const ImDrawVert& b = v[index[1]];
        const ImDrawVert& c = v[index[2]];
        const ImDrawVert& d = v[index[5]];
        const bool upright = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x;
        const bool one_colour = a.col == b.col && a.col == c.col && a.col == d.col;
        const bool plain_uv = a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
        if (!upright || !one_colour || !plain_uv || c.pos.x < a.pos.x || c.pos.y < a.pos.y) {
            return false;
        }
        add_rectangle(corner(a), corner(c));
        return true;
    }

    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
        std::array<Corner, 3> corners{corner(a), corner(b), corner(c)};
        const auto [left, right] = std::minmax({corners[0].x, corners[1].x, corners[2].x});
        const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
        const Box touched{first_pixel(left), first_pixel(top), first_pixel(right), first_pixel(bottom)};
        Primitive p;
        p.box = intersect(touched, command_.clip);
        p.texture = command_.texture;
        if (p.box.empty() || ((corners[0].colour | corners[1].colour | corners[2].colour) >> 24) == 0) {
            return;
        }
        if (same_texel(corners[0], corners[1]) && same_texel(corners[0], corners[2])) {
            for (Corner& one : corners) {
                one.colour = tinted(one);
            }
            p.texture = nullptr;
        }
        const bool one_colour = corners[0].colour == corners[1].colour && corners[0].colour == corners[2].colour;
        p.shape = p.texture == nullptr && one_colour ? Shape::filled_triangle : Shape::shaded_triangle;
        p.colour = corners[0].colour;
        p.first = static_cast<uint32_t>(scene_.corners.size());
        scene_.corners.insert(scene_.corners.end(), corners.begin(), corners.end());
        scene_.primitives.push_back(p);
    }

private:
    Corner corner(const ImDrawVert& v) const {
        Corner out;
        out.x = to_fixed((v.pos.x - command_.origin.x) * command_.scale.x);
        out.y = to_fixed((v.pos.y - command_.origin.y) * command_.scale.y);
        out.u = texels(v.uv.x, command_.texture->width);
        out.v = texels(v.uv.y, command_.texture->height);
        out.colour = v.col;
        return out;
    }

    static int32_t texels(float uv, int32_t size) {
        const float held = std::clamp(uv, -1.0F, 2.0F);
        return rounded(held * static_cast<float>(size) * 65536.0F + 0.5F);
    }

    static bool same_texel(const Corner& a, const Corner& b) { return a.u == b.u && a.v == b.v; }

    uint32_t tinted(const Corner& c) const { return modulate(c.colour, command_.texture->texel(c.u >> 16, c.v >> 16)); }

    void add_rectangle(const Corner& a, const Corner& c) {
        Primitive p;
        p.box = intersect({first_pixel(a.x), first_pixel(a.y), first_pixel(c.x), first_pixel(c.y)}, command_.clip);
        if (p.box.empty()) {
            return;
        }
        const bool filled = same_texel(a, c);
        p.shape = filled ? Shape::filled_rect : Shape::textured_rect;
        p.colour = filled ? tinted(a) : a.colour;
        p.texture = filled ? nullptr : command_.texture;
        if ((p.colour >> 24) == 0) {
            return;
        }
        p.first = static_cast<uint32_t>(scene_.corners.size());
        scene_.corners.push_back(a);
        scene_.corners.push_back(c);
        scene_.primitives.push_back(p);
    }

    Scene& scene_;
    const Command& command_;
};

void take_command_apart(const ImDrawList& list, const ImDrawCmd& command, Dismantler& out) {
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const std::span indices(list.IdxBuffer.Data + command.IdxOffset, command.ElemCount);
    size_t i = 0;
    while (i + 3 <= indices.size()) {
        if (i + 6 <= indices.size() && out.rectangle(vertices, indices.subspan(i).first<6>())) {
            i += 6;
        } else {
            out.triangle(vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]]);
            i += 3;
        }
    }
}

}  // namespace

Box intersect(const Box& a, const Box& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

size_t Scene::first_visible(const Box& box) const {
    for (size_t i = primitives.size(); i-- > 0;) {
        const Primitive& p = primitives[i];
        if (p.shape == Shape::filled_rect && (p.colour >> 24) == 255 && p.box.contains(box)) {
            return i;
        }
    }
    return 0;
}

void take_apart(const ImDrawData& data, const TextureStore& textures, Scene& scene) {
    scene.primitives.clear();
    scene.corners.clear();
    scene.width = rounded(data.DisplaySize.x * data.FramebufferScale.x);
    scene.height = rounded(data.DisplaySize.y * data.FramebufferScale.y);
    const Box screen{0, 0, scene.width, scene.height};
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& draw : list->CmdBuffer) {
            if (draw.UserCallback != nullptr || draw.ElemCount == 0) {
                continue;  // callbacks speak to a graphics interface; the desk uses none
            }
            Command command;
            command.origin = data.DisplayPos;
            command.scale = data.FramebufferScale;
            const ImVec4& clip = draw.ClipRect;
            command.clip = intersect({rounded((clip.x - command.origin.x) * command.scale.x),
                                      rounded((clip.y - command.origin.y) * command.scale.y),
                                      rounded((clip.z - command.origin.x) * command.scale.x),
                                      rounded((clip.w - command.origin.y) * command.scale.y)},
                                     screen);
            command.texture = textures.find(draw.GetTexID());
            CS_CHECK(command.texture != nullptr);
            if (!command.clip.empty()) {
                Dismantler out(scene, command);
                take_command_apart(*list, draw, out);
            }
        }
    }
}

}  // namespace countersign::shell::cpu
