#include "shell/ui/widgets/button.h"

#include <imgui.h>

#include "shell/ui/core/text.h"

namespace countersign::shell {
namespace {

struct Look {
    Colour ground = 0;
    Colour border = 0;
    Colour ink = 0;
    Colour key_ink = 0;
    Colour key_edge = 0;
};

Look filled_look(const Fill& colours, const Item& item) {
    const Colour ground = item.held ? colours.pressed : item.hovered ? colours.hover : colours.ground;
    return {ground, 0, colours.ink, colours.ink, with_alpha(colours.ink, 90)};
}

Look look_of(const Ui& ui, const ButtonSpec& spec, const Item& item) {
    const Theme& t = ui.theme;
    if (!spec.enabled) {
        const bool bare = spec.kind == ButtonKind::plain;
        return {bare ? 0 : t.ground(Ground::sunken), bare ? 0 : t.palette->line, t.ink(Ink::faint), t.ink(Ink::faint),
                t.palette->line};
    }
    if (spec.kind == ButtonKind::primary) {
        return filled_look(t.palette->accent, item);
    }
    if (spec.kind == ButtonKind::danger) {
        return filled_look(t.palette->danger, item);
    }
    const bool plain = spec.kind == ButtonKind::plain;
    const Colour rest = spec.selected ? t.ground(Ground::selected) : plain ? 0 : t.ground(Ground::surface);
    const Colour ground = item.held                        ? t.ground(Ground::pressed)
                          : item.hovered && !spec.selected ? t.ground(Ground::hover)
                                                           : rest;
    return {ground, plain ? 0 : t.palette->border, spec.selected ? t.ink(Ink::accent) : t.ink(Ink::text),
            t.ink(Ink::faint), t.palette->border};
}

float padding(const Ui& ui, const ButtonSpec& spec) {
    return spec.small ? ui.theme.space.s : ui.theme.space.m;
}

Meaning meaning_of(const ButtonSpec& spec, std::string_view shortcut) {
    Meaning meaning;
    meaning.role = Role::button;
    meaning.name = spec.label;
    meaning.description = spec.description;
    meaning.shortcut = shortcut;
    meaning.state.disabled = !spec.enabled;
    meaning.state.selected = spec.selected;
    return meaning;
}

struct Pressable {
    Item item;
    bool pressed = false;
};

Pressable press(Ui& ui, const Rect& rect, const ButtonSpec& spec) {
    const std::string shortcut = spec.command ? aria_shortcut(info(*spec.command).chord) : std::string();
    ItemOptions options;
    options.enabled = spec.enabled;
    options.focus_radius = ui.theme.radius.m;
    Pressable out;
    out.item = interact(ui, rect, spec.key.empty() ? spec.label : spec.key, meaning_of(spec, shortcut), options);
    out.pressed = out.item.pressed || (spec.enabled && spec.command && ui.commanded(*spec.command));
    return out;
}

}  // namespace

float key_caps_width(const Ui& ui, const Chord& chord) {
    float width = 0;
    for (const std::string& cap : key_caps(chord)) {
        const float inner = text_width(ui, ui.theme.type.caption, cap) + 2 * ui.theme.space.xs;
        width += (width > 0 ? ui.theme.space.xxs : 0) + std::max(ui.theme.px(17), whole(inner));
    }
    return width;
}

float draw_key_caps(const Ui& ui, const Rect& rect, const Chord& chord, Colour ink, Colour edge_colour) {
    const Theme& t = ui.theme;
    Rect rest = rect;
    for (const std::string& cap : key_caps(chord)) {
        const float inner = text_width(ui, t.type.caption, cap) + 2 * t.space.xs;
        const float wide = std::max(t.px(17), whole(inner));
        const Rect box = rest.cut_left(wide).centred(wide, t.px(17));
        stroke(ui, box, edge_colour, t.radius.s);
        draw_text(ui, box, cap, t.type.caption, ink, Align::centre);
        rest.cut_left(t.space.xxs);
    }
    return rest.x - rect.x - t.space.xxs;
}

float button_width(const Ui& ui, const ButtonSpec& spec) {
    const Theme& t = ui.theme;
    float width = 2 * padding(ui, spec) + text_width(ui, t.type.control, spec.label);
    width += spec.icon == Icon::none ? 0 : t.size.icon + t.space.s;
    const bool keys = spec.command && spec.show_keys && t.density == Density::pointer;
    width += keys ? key_caps_width(ui, info(*spec.command).chord) + t.space.s : 0;
    return whole(width) + 1;
}

bool button(Ui& ui, const Rect& rect, const ButtonSpec& spec) {
    const Theme& t = ui.theme;
    const Pressable p = press(ui, rect, spec);
    if (!p.item.visible) {
        return p.pressed;
    }
    const Look look = look_of(ui, spec, p.item);
    fill(ui, rect, look.ground, t.radius.m);
    if (look.border != 0) {
        stroke(ui, rect, look.border, t.radius.m);
    }
    Rect inside = rect.inset(padding(ui, spec), 0);
    const bool keys = spec.command && spec.show_keys && t.density == Density::pointer;
    const float caps = keys ? key_caps_width(ui, info(*spec.command).chord) : 0;
    const float icon = spec.icon == Icon::none ? 0 : t.size.icon + t.space.s;
    const float text = text_width(ui, t.type.control, spec.label);
    const float all = icon + text + (caps > 0 ? caps + t.space.s : 0);
    if (!spec.align_left && all < inside.w) {
        inside.cut_left(whole((inside.w - all) / 2));
    }
    if (icon > 0) {
        draw_icon(ui, inside.cut_left(t.size.icon), spec.icon, look.ink, t.size.icon);
        inside.cut_left(t.space.s);
    }
    if (caps > 0 && inside.w >= caps + t.space.xl) {
        const Rect place =
            spec.align_left ? inside.cut_right(caps) : Rect{inside.x + text + t.space.s, inside.y, caps, inside.h};
        draw_key_caps(ui, place, info(*spec.command).chord, look.key_ink, look.key_edge);
    }
    draw_text(ui, inside, spec.label, t.type.control, look.ink);
    tooltip(ui, p.item, spec.description);
    return p.pressed;
}

bool icon_button(Ui& ui, const Rect& rect, Icon icon, const ButtonSpec& spec) {
    const Theme& t = ui.theme;
    const Pressable p = press(ui, rect, spec);
    if (!p.item.visible) {
        return p.pressed;
    }
    const Look look = look_of(ui, spec, p.item);
    fill(ui, rect, look.ground, t.radius.m);
    if (look.border != 0) {
        stroke(ui, rect, look.border, t.radius.m);
    }
    const bool calm = spec.kind == ButtonKind::plain && !p.item.hovered;
    draw_icon(ui, rect, icon, calm ? t.ink(Ink::muted) : look.ink, t.size.icon);
    tooltip(ui, p.item, spec.label);
    return p.pressed;
}

bool link(Ui& ui, const Rect& rect, std::string_view label, const TextStyle& style) {
    Meaning meaning;
    meaning.role = Role::link;
    meaning.name = label;
    ItemOptions options;
    options.focus_radius = ui.theme.radius.s;
    const Item item = interact(ui, rect, label, meaning, options);
    const float width = draw_text(ui, rect, label, style, ui.theme.ink(Ink::accent));
    if (item.hovered) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        edge(ui, {rect.x, rect.y, width, rect.h}, Side::bottom, ui.theme.ink(Ink::accent));
    }
    return item.pressed;
}

}  // namespace countersign::shell
