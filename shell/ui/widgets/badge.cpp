#include "shell/ui/widgets/badge.h"

#include <imgui.h>

#include "shell/ui/core/paint.h"

namespace countersign::shell {
namespace {

struct DueLook {
    Tone tone = Tone::neutral;
    Icon icon = Icon::clock;
};

DueLook look_of(Urgency urgency) {
    switch (urgency) {
        case Urgency::soon: return {Tone::warn, Icon::timer};
        case Urgency::overdue: return {Tone::bad, Icon::triangle_alert};
        default: return {};
    }
}

}  // namespace

Ink ink_of(Tone tone) {
    switch (tone) {
        case Tone::accent: return Ink::accent;
        case Tone::good: return Ink::good;
        case Tone::warn: return Ink::warn;
        case Tone::bad: return Ink::bad;
        case Tone::neutral: return Ink::muted;
    }
    return Ink::muted;
}

Ground ground_of(Tone tone) {
    switch (tone) {
        case Tone::accent: return Ground::accent_soft;
        case Tone::good: return Ground::good_soft;
        case Tone::warn: return Ground::warn_soft;
        case Tone::bad: return Ground::bad_soft;
        case Tone::neutral: return Ground::pressed;
    }
    return Ground::sunken;
}

void label_badge(Ui& ui, const Rect& rect, std::string_view letter, int colour, std::string_view name) {
    const Theme& t = ui.theme;
    const LabelColour& look = t.label(colour);
    const float wide = std::max(t.size.badge, whole(text_width(ui, t.type.caption, letter) + 2 * t.space.xs));
    const Rect box = rect.centred(wide, t.size.badge);
    fill(ui, box, look.solid, t.radius.s);
    draw_text(ui, box, letter, t.type.caption, look.ink, Align::centre);
    if (!name.empty()) {
        ui.items.add({.role = Role::image, .name = name}, area_of(box));
    }
}

float label_with_badge(Ui& ui, const Rect& rect, std::string_view letter, int colour, std::string_view name,
                       const TextStyle& style) {
    Rect rest = rect;
    label_badge(ui, rest.cut_left(ui.theme.size.badge), letter, colour);
    rest.cut_left(ui.theme.space.s);
    const float width = say_text(ui, rest, name, style, ui.theme.ink(Ink::text));
    return ui.theme.size.badge + ui.theme.space.s + width;
}

float due_pill_width(const Ui& ui, std::string_view words, Urgency urgency) {
    const Theme& t = ui.theme;
    const bool loud = urgency == Urgency::soon || urgency == Urgency::overdue;
    const float padding = loud ? 2 * t.space.xs + t.space.xxs : 0;
    return words.empty() ? 0
                         : t.size.icon_small + t.space.xs + whole(text_width(ui, t.type.small, words)) + 1 + padding;
}

float due_pill(Ui& ui, const Rect& rect, std::string_view words, Urgency urgency) {
    if (words.empty()) {
        return 0;
    }
    const Theme& t = ui.theme;
    const DueLook look = look_of(urgency);
    const Colour ink = t.ink(ink_of(look.tone));
    const bool loud = urgency == Urgency::soon || urgency == Urgency::overdue;
    const float width = due_pill_width(ui, words, urgency);
    Rect box{rect.x, rect.y + whole((rect.h - t.px(20)) / 2), std::min(width, rect.w), t.px(20)};
    if (loud) {
        fill(ui, box, t.ground(ground_of(look.tone)), t.radius.s);
        box = box.inset(t.space.xs, 0);
    }
    draw_icon(ui, box.cut_left(t.size.icon_small), look.icon, ink, t.size.icon_small);
    box.cut_left(t.space.xs);
    box.w += t.space.xs;
    say_text(ui, box, words, t.type.small, ink);
    return width;
}

void tier_badge(Ui& ui, const Rect& rect, TierMark tier, std::string_view name) {
    const Theme& t = ui.theme;
    const float size = t.px(13);
    const Rect box = rect.centred(size, size);
    const ImVec2 middle(box.x + size / 2, box.y + size / 2);
    ImDrawList& draw = ui.draw();
    const Colour ink = tier == TierMark::full    ? t.ink(Ink::accent)
                       : tier == TierMark::quick ? t.ink(Ink::muted)
                                                 : t.ink(Ink::faint);
    const float line = t.px(1.5F);
    const float radius = size / 2 - line / 2;
    constexpr float kHalfTurn = 3.14159265F;
    if (tier == TierMark::full) {
        draw.AddCircleFilled(middle, size / 2, ink);
    } else {
        draw.AddCircle(middle, radius, ink, 0, line);
    }
    if (tier == TierMark::quick) {
        draw.PathArcTo(middle, radius, kHalfTurn / 2, kHalfTurn * 3 / 2, 16);
        draw.PathFillConvex(ink);
    }
    if (!name.empty()) {
        ui.items.add({.role = Role::image, .name = name}, area_of(rect));
    }
}

float pill_width(const Ui& ui, std::string_view words) {
    return whole(text_width(ui, ui.theme.type.small, words)) + 1 + 2 * ui.theme.space.s;
}

float pill(Ui& ui, const Rect& rect, std::string_view words, Tone tone) {
    const Theme& t = ui.theme;
    const float width = std::min(pill_width(ui, words), rect.w);
    const Rect box{rect.x, rect.y + whole((rect.h - t.px(20)) / 2), width, t.px(20)};
    fill(ui, box, t.ground(ground_of(tone)), t.radius.s);
    say_text(ui, box.inset(t.space.s, 0), words, t.type.small, t.ink(ink_of(tone)));
    return width;
}

}  // namespace countersign::shell
