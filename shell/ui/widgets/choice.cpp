#include "shell/ui/widgets/choice.h"

#include <imgui.h>

#include "core/base/concat.h"
#include "shell/ui/core/text.h"
#include "shell/ui/widgets/badge.h"
#include "shell/ui/widgets/button.h"

namespace countersign::shell {
namespace {

std::string shortcut_of(const std::optional<Command>& command) {
    return command ? aria_shortcut(info(*command).chord) : std::string();
}

// Arrow keys within a group: which way the focused one hands the choice on.
int arrow_step(Ui& ui, bool focused, Key back, Key forth) {
    if (!focused) {
        return 0;
    }
    if (ui.input.take(back)) {
        return -1;
    }
    return ui.input.take(forth) ? 1 : 0;
}

float segment_width(const Ui& ui, const Segment& s) {
    const Theme& t = ui.theme;
    const float count = s.count.empty() ? 0 : t.space.xs + text_width(ui, t.type.body, s.count);
    return whole(text_width(ui, t.type.control, s.label) + count) + 1 + 2 * t.space.m;
}

// Does what a choice of this group has in common: the item, its node, keys.
struct GroupStep {
    Item item;
    int move = 0;  // by arrow keys
    bool chosen = false;
};

struct Member {
    std::string_view label;
    std::string_view detail;  // a number beside it
    std::optional<Command> command;
    int index = 0;
    int count = 0;
    bool on = false;
    bool enabled = true;
    Role role = Role::radio;
};

GroupStep group_member(Ui& ui, const Rect& rect, const Member& m, Key back, Key forth) {
    const std::string shortcut = shortcut_of(m.command);
    Meaning meaning;
    meaning.role = m.role;
    meaning.name = m.label;
    meaning.value = m.detail;
    meaning.shortcut = shortcut;
    meaning.state.checkable = m.role == Role::radio;
    meaning.state.checked = m.role == Role::radio && m.on;
    meaning.state.selected = m.role == Role::tab && m.on;
    meaning.state.disabled = !m.enabled;
    meaning.position = m.index + 1;
    meaning.set_size = m.count;
    GroupStep step;
    ItemOptions options;
    options.enabled = m.enabled;
    const IdScope scope(int64_t{m.index});
    step.item = interact(ui, rect, "member", meaning, options);
    step.move = arrow_step(ui, step.item.focused, back, forth);
    step.chosen = step.item.pressed || (m.enabled && m.command && ui.commanded(*m.command));
    return step;
}

}  // namespace

bool check_box(Ui& ui, const Rect& rect, std::string_view label, bool checked, bool enabled) {
    const Theme& t = ui.theme;
    Meaning meaning;
    meaning.role = Role::checkbox;
    meaning.name = label;
    meaning.state.checkable = true;
    meaning.state.checked = checked;
    meaning.state.disabled = !enabled;
    const Item item = interact(ui, rect, label, meaning, {.enabled = enabled, .focus_radius = t.radius.s});
    Rect rest = rect;
    const Rect box = rest.cut_left(t.size.icon).centred(t.size.icon, t.size.icon);
    rest.cut_left(t.space.s);
    if (checked) {
        fill(ui, box, t.palette->accent.ground, t.radius.s);
        draw_icon(ui, box, Icon::check, t.palette->accent.ink, t.px(12));
    } else {
        fill(ui, box, item.hovered ? t.ground(Ground::hover) : t.ground(Ground::surface), t.radius.s);
        stroke(ui, box, t.palette->border, t.radius.s);
    }
    draw_text(ui, rest, label, t.type.body, enabled ? t.ink(Ink::text) : t.ink(Ink::faint));
    return item.pressed;
}

float segments_width(const Ui& ui, const SegmentsSpec& spec) {
    float width = 2 * ui.theme.space.xxs;
    for (const Segment& s : spec.segments) {
        width += segment_width(ui, s);
    }
    return width;
}

std::optional<int> segments(Ui& ui, const Rect& rect, const SegmentsSpec& spec) {
    const Theme& t = ui.theme;
    const IdScope scope(spec.key);
    NodeState state;
    state.invalid = spec.invalid;
    const Container group(ui.items, spec.key,
                          {.role = spec.as_tabs ? Role::tablist : Role::radiogroup, .name = spec.name, .state = state},
                          area_of(rect));
    fill(ui, rect, t.ground(Ground::sunken), t.radius.m);
    stroke(ui, rect, spec.invalid ? t.ink(Ink::bad) : t.palette->line, t.radius.m);
    Rect rest = rect.inset(t.space.xxs);
    const auto count = static_cast<int>(spec.segments.size());
    const bool stretch = segments_width(ui, spec) > rect.w;
    std::optional<int> choice;
    for (int i = 0; i < count; i++) {
        const Segment& s = spec.segments[static_cast<size_t>(i)];
        const float wide = stretch ? whole(rest.w / static_cast<float>(count - i)) : segment_width(ui, s);
        const Rect place = i + 1 == count && !stretch ? rest : rest.cut_left(wide);
        const bool on = i == spec.chosen;
        const GroupStep step = group_member(
            ui, place,
            {s.label, s.count, s.command, i, count, on, spec.enabled, spec.as_tabs ? Role::tab : Role::radio},
            Key::left, Key::right);
        if (on) {
            fill(ui, place, t.ground(Ground::surface), t.radius.s);
            stroke(ui, place, t.palette->border, t.radius.s);
        } else if (step.item.hovered) {
            fill(ui, place, t.ground(Ground::pressed), t.radius.s);
        }
        if (step.item.ring) {
            focus_ring(ui, place.inset(t.space.xxs), t.radius.s);
        }
        const float wide_text = text_width(ui, t.type.control, s.label);
        const float with_count =
            s.count.empty() ? wide_text : wide_text + t.space.xs + text_width(ui, t.type.body, s.count);
        const float free = std::max(0.0F, place.w - with_count);
        Rect words{place.x + std::max(t.space.xs, whole(free / 2 - 0.5F)), place.y, place.w - 2 * t.space.xs, place.h};
        words.w = std::min(words.w, with_count + 1);
        draw_text(ui, words, s.label, t.type.control, on ? t.ink(Ink::text) : t.ink(Ink::muted));
        if (!s.count.empty()) {
            words.cut_left(wide_text + t.space.xs);
            draw_text(ui, words, s.count, t.type.body, t.ink(Ink::faint));
        }
        if (step.chosen) {
            choice = i;
        } else if (step.move != 0) {
            choice = (i + step.move + count) % count;
        }
    }
    return choice;
}

std::optional<int> tabs(Ui& ui, const Rect& rect, const SegmentsSpec& spec) {
    const Theme& t = ui.theme;
    const IdScope scope(spec.key);
    const Container group(ui.items, spec.key, {.role = Role::tablist, .name = spec.name}, area_of(rect));
    edge(ui, rect, Side::bottom, t.palette->line);
    Rect rest = rect;
    const auto count = static_cast<int>(spec.segments.size());
    std::optional<int> choice;
    for (int i = 0; i < count; i++) {
        const Segment& s = spec.segments[static_cast<size_t>(i)];
        const float wide = segment_width(ui, s) - t.space.s;
        const Rect place = rest.cut_left(wide);
        const bool on = i == spec.chosen;
        const GroupStep step = group_member(
            ui, place, {s.label, s.count, s.command, i, count, on, spec.enabled, Role::tab}, Key::left, Key::right);
        Rect words = place.inset(t.space.s, 0);
        const Colour ink = on || step.item.hovered ? t.ink(Ink::text) : t.ink(Ink::muted);
        const float drawn = draw_text(ui, words, s.label, t.type.control, ink);
        if (!s.count.empty()) {
            words.cut_left(drawn + t.space.xs);
            draw_text(ui, words, s.count, t.type.body, t.ink(Ink::faint));
        }
        if (on) {
            Rect line = place.inset(t.space.s, 0);
            fill(ui, line.cut_bottom(t.px(2)), t.ink(Ink::accent));
        }
        if (step.item.ring) {
            focus_ring(ui, place.inset(t.space.xs), t.radius.s);
        }
        if (step.chosen) {
            choice = i;
        } else if (step.move != 0) {
            choice = (i + step.move + count) % count;
        }
    }
    return choice;
}

float radio_row_height(const Ui& ui) {
    return ui.theme.size.control + ui.theme.space.xxs;
}

std::optional<int> radio_list(Ui& ui, const Rect& rect, const RadioSpec& spec) {
    const Theme& t = ui.theme;
    const IdScope scope(spec.key);
    const Container group(ui.items, spec.key, {.role = Role::radiogroup, .name = spec.name}, area_of(rect));
    const auto count = static_cast<int>(spec.options.size());
    Rect rest = rect;
    std::optional<int> choice;
    for (int i = 0; i < count; i++) {
        const Option& o = spec.options[static_cast<size_t>(i)];
        Rect row = rest.cut_top(radio_row_height(ui)).inset(0, t.space.xxs / 2);
        const bool on = i == spec.chosen;
        const GroupStep step = group_member(ui, row, {o.label, {}, o.command, i, count, on, spec.enabled, Role::radio},
                                            Key::up, Key::down);
        const Colour ground = on ? t.ground(Ground::selected) : step.item.hovered ? t.ground(Ground::hover) : 0;
        fill(ui, row, ground, t.radius.m);
        if (step.item.ring) {
            focus_ring(ui, row.inset(t.space.xxs), t.radius.m);
        }
        row = row.inset(t.space.s, 0);
        const Rect dot = row.cut_left(t.size.icon);
        const ImVec2 middle(dot.x + dot.w / 2, dot.y + dot.h / 2);
        const Colour ink = on ? t.ink(Ink::accent) : t.ink(Ink::faint);
        ui.draw().AddCircle(middle, t.px(7), ink, 0, t.px(1.5F));
        if (on) {
            ui.draw().AddCircleFilled(middle, t.px(3.5F), ink);
        }
        row.cut_left(t.space.s);
        if (o.command && t.density == Density::pointer) {
            const Chord chord = info(*o.command).chord;
            const float caps = key_caps_width(ui, chord);
            draw_key_caps(ui, row.cut_right(caps), chord, t.ink(Ink::faint), t.palette->border);
            row.cut_right(t.space.s);
        }
        if (!o.detail.empty()) {
            const float wide = text_width(ui, t.type.small, o.detail);
            draw_text(ui, row.cut_right(whole(wide) + 1), o.detail, t.type.small, t.ink(Ink::muted), Align::right);
            row.cut_right(t.space.s);
        }
        if (!o.letter.empty()) {
            label_badge(ui, row.cut_left(t.size.badge), o.letter, o.colour);
            row.cut_left(t.space.s);
        }
        draw_text(ui, row, o.label, on ? t.type.control : t.type.body, t.ink(Ink::text));
        if (step.chosen) {
            choice = i;
        } else if (step.move != 0) {
            choice = (i + step.move + count) % count;
        }
    }
    return choice;
}

float chip_width(const Ui& ui, std::string_view label) {
    const Theme& t = ui.theme;
    return whole(text_width(ui, t.type.small, label)) + t.size.icon_small + t.space.xs + 2 * t.space.s;
}

bool chip(Ui& ui, const Rect& rect, std::string_view label, bool on, std::string_view key) {
    const Theme& t = ui.theme;
    Meaning meaning;
    meaning.role = Role::checkbox;
    meaning.name = label;
    meaning.state.checkable = true;
    meaning.state.checked = on;
    const float round = t.radius.m;
    const Item item = interact(ui, rect, key, meaning, {.focus_radius = round});
    const Colour ground = on             ? t.ground(Ground::selected)
                          : item.hovered ? t.ground(Ground::hover)
                                         : t.ground(Ground::surface);
    fill(ui, rect, ground, round);
    stroke(ui, rect, on ? t.ink(Ink::accent) : t.palette->border, round);
    Rect inside = rect.inset(t.space.s, 0);
    const Colour ink = on ? t.ink(Ink::accent) : t.ink(Ink::muted);
    draw_icon(ui, inside.cut_left(t.size.icon_small), on ? Icon::check : Icon::plus, ink, t.px(12));
    inside.cut_left(t.space.xs);
    draw_text(ui, inside, label, t.type.small, on ? t.ink(Ink::text) : t.ink(Ink::muted));
    return item.pressed;
}

}  // namespace countersign::shell
