#include "shell/ui/core/paint.h"

#include <array>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/utf8.h"

namespace countersign::shell {
namespace {

ImVec2 corner(const Rect& rect) {
    return {rect.x, rect.y};
}

ImVec2 far_corner(const Rect& rect) {
    return {rect.right(), rect.bottom()};
}

float limited(float radius, const Rect& rect) {
    return std::min({radius, rect.w / 2, rect.h / 2});
}

}  // namespace

void fill(const Ui& ui, const Rect& rect, Colour colour, float radius) {
    if (!rect.empty()) {
        ui.draw().AddRectFilled(corner(rect), far_corner(rect), colour, limited(radius, rect));
    }
}

void stroke(const Ui& ui, const Rect& rect, Colour colour, float radius) {
    stroke_thick(ui, rect, colour, radius, ui.theme.size.hairline);
}

void stroke_thick(const Ui& ui, const Rect& rect, Colour colour, float radius, float thickness) {
    if (rect.empty()) {
        return;
    }
    // A line is drawn around its middle; Dear ImGui takes half a pixel off by itself.
    const float in = (thickness - 1) / 2;
    ui.draw().AddRect({rect.x + in, rect.y + in}, {rect.right() - in, rect.bottom() - in}, colour,
                      std::max(0.0F, limited(radius, rect) - in), 0, thickness);
}

void edge(const Ui& ui, const Rect& rect, Side side, Colour colour) {
    const float line = ui.theme.size.hairline;
    Rect rest = rect;
    switch (side) {
        case Side::top: fill(ui, rest.cut_top(line), colour); break;
        case Side::bottom: fill(ui, rest.cut_bottom(line), colour); break;
        case Side::left: fill(ui, rest.cut_left(line), colour); break;
        case Side::right: fill(ui, rest.cut_right(line), colour); break;
    }
}

void draw_line(const Ui& ui, Point from, Point to, Colour colour, float thickness) {
    ui.draw().AddLine({from.x, from.y}, {to.x, to.y}, colour, thickness);
}

void shadow(const Ui& ui, const Rect& rect, float radius) {
    // Layers of one alpha, each wider than the last, add up to a soft edge that falls off outwards.
    constexpr int kLayers = 6;
    const Colour colour = ui.theme.palette->shadow;
    const uint32_t alpha = std::max(1U, (colour >> 24) / 4);
    for (int i = kLayers; i > 0; i--) {
        const float out = ui.theme.px(static_cast<float>(i) * 2);
        const Rect layer = rect.inset(-out).moved(0, ui.theme.px(4));
        ui.draw().AddRectFilled({layer.x, layer.y}, {rect.right() + out, rect.bottom() + out + ui.theme.px(4)},
                                with_alpha(colour, alpha), radius + out);
    }
}

void draw_icon(const Ui& ui, const Rect& rect, Icon icon, Colour colour, float size) {
    if (icon == Icon::none) {
        return;
    }
    std::string glyph;
    utf8::append(glyph, static_cast<char32_t>(icon));
    ImFont* font = ui.fonts.of(Face::icons);
    // Lucide draws in the middle of the em square; its circle tells where that is.
    const ImFontGlyph* circle = font->GetFontBaked(size)->FindGlyph(static_cast<ImWchar>(Icon::circle));
    const float left = IM_ROUND(rect.x + rect.w / 2 - (circle->X0 + circle->X1) / 2);
    const float top = IM_ROUND(rect.y + rect.h / 2 - (circle->Y0 + circle->Y1) / 2);
    font->RenderText(&ui.draw(), size, {left, top}, colour, ui.draw()._CmdHeader.ClipRect, glyph.data(),
                     glyph.data() + glyph.size());
}

void draw_mark(const Ui& ui, const Rect& rect, Mark mark, Colour colour, float size) {
    const Rect box = rect.centred(size, size);
    const ImVec2 middle(box.x + size / 2, box.y + size / 2);
    const float half = size / 2;
    ImDrawList& draw = ui.draw();
    switch (mark) {
        case Mark::circle: draw.AddCircleFilled(middle, half, colour); break;
        case Mark::ring: draw.AddCircle(middle, half - ui.theme.size.hairline / 2, colour, 0, ui.theme.px(1.5F)); break;
        case Mark::square: fill(ui, box.inset(size / 12), colour, ui.theme.radius.s / 3); break;
        case Mark::diamond:
            draw.AddQuadFilled({middle.x, box.y}, {box.right(), middle.y}, {middle.x, box.bottom()}, {box.x, middle.y},
                               colour);
            break;
        case Mark::triangle:
            draw.AddTriangleFilled({middle.x, box.y}, {box.right(), box.bottom() - size / 12},
                                   {box.x, box.bottom() - size / 12}, colour);
            break;
    }
}

void focus_ring(const Ui& ui, const Rect& rect, float radius) {
    const float thickness = ui.theme.size.focus_ring;
    const float gap = ui.theme.size.hairline;
    stroke_thick(ui, rect.inset(-gap - thickness), ui.theme.palette->focus, radius + gap + thickness, thickness);
}

Clip::Clip(const Rect& rect) {
    ImGui::PushClipRect(corner(rect), far_corner(rect), true);
}

Clip::~Clip() {
    ImGui::PopClipRect();
}

}  // namespace countersign::shell
