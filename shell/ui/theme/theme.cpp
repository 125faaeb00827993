#include "shell/ui/theme/theme.h"

#include <algorithm>

namespace countersign::shell {
namespace {

float whole(float v) {
    return static_cast<float>(static_cast<int>(v + 0.5F));
}

}  // namespace

Theme::Theme(Appearance wanted, float pixel_ratio, Density wanted_density)
    : appearance(wanted), density(wanted_density), scale(pixel_ratio), palette(&palette_of(wanted)) {
    const bool touch = density == Density::touch;
    const auto style = [&](Face face, float css, float line) { return TextStyle{face, px(css), px(line)}; };
    space = {px(2), px(4), px(8), px(12), px(16), px(24), px(32), px(48)};
    radius = {px(4), px(6), px(10)};
    type.caption = style(Face::medium, 11, 16);
    type.small = style(Face::text, touch ? 13 : 12, touch ? 18 : 17);
    type.body = style(Face::text, touch ? 15 : 13, touch ? 22 : 20);
    type.control = style(Face::medium, touch ? 15 : 13, touch ? 22 : 20);
    type.strong = style(Face::strong, touch ? 15 : 13, touch ? 22 : 20);
    type.reading = style(Face::text, touch ? 16 : 15, touch ? 26 : 25);
    type.card = style(Face::text, touch ? 17 : 18, touch ? 27 : 29);
    type.title = style(Face::strong, touch ? 17 : 15, touch ? 24 : 22);
    type.headline = style(Face::strong, 20, 28);
    type.mono = style(Face::mono, 12, 17);
    // Thin lines stay one device pixel until two of them fit.
    size.hairline = std::max(1.0F, static_cast<float>(static_cast<int>(scale)));
    size.focus_ring = px(2);
    size.icon = px(touch ? 18 : 16);
    size.icon_small = px(14);
    size.control = px(touch ? 44 : 32);
    size.control_small = px(touch ? 36 : 26);
    size.row = px(touch ? 64 : 38);
    size.header = px(touch ? 56 : 52);
    size.status_line = px(28);
    size.sidebar = px(220);
    size.badge = px(touch ? 20 : 18);
    size.bar = px(4);
    size.text_column = px(680);
    size.dialog = px(560);
    size.scrollbar = px(6);
}

const LabelColour& Theme::label(int colour) const {
    return palette->labels[static_cast<size_t>(colour) % kLabelColourCount];
}

float Theme::px(float css) const {
    return whole(css * scale);
}

}  // namespace countersign::shell
