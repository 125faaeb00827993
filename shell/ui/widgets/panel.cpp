#include "shell/ui/widgets/panel.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace countersign::shell {

Rect card(const Ui& ui, const Rect& rect, float padding) {
    const Theme& t = ui.theme;
    fill(ui, rect, t.ground(Ground::surface), t.radius.l);
    stroke(ui, rect, t.palette->line, t.radius.l);
    return rect.inset(padding);
}

void section_head(Ui& ui, Rect& rest, std::string_view title, std::string_view detail) {
    const Theme& t = ui.theme;
    Rect line = rest.cut_top(t.type.strong.line);
    const float wide = say_heading(ui, line, title, t.type.strong, 3);
    if (!detail.empty()) {
        line.cut_left(wide + t.space.s);
        say_text(ui, line, detail, t.type.small, t.ink(Ink::faint));
    }
    rest.cut_top(t.space.s);
}

bool empty_state(Ui& ui, const Rect& rect, const EmptyState& spec) {
    const Theme& t = ui.theme;
    const float wide = std::min(rect.w - 2 * t.space.l, t.px(380));
    const float text_height = paragraph_height(ui, t.type.body, spec.text, wide);
    const float action = spec.action.empty() ? 0 : t.space.l + t.size.control;
    const float tall = t.px(44) + t.space.m + t.type.title.line + t.space.xs + text_height + action;
    Rect rest = rect.centred(wide, tall).moved(0, -whole(rect.h / 16));
    const Rect badge = rest.cut_top(t.px(44)).centred(t.px(44), t.px(44));
    fill(ui, badge, t.ground(ground_of(spec.tone)), t.radius.l);
    draw_icon(ui, badge, spec.icon, t.ink(ink_of(spec.tone)), t.px(22));
    rest.cut_top(t.space.m);
    const Rect title = rest.cut_top(t.type.title.line);
    ui.items.add({.role = Role::heading, .name = spec.title, .level = 2}, area_of(title));
    draw_text(ui, title, spec.title, t.type.title, t.ink(Ink::text), Align::centre);
    rest.cut_top(t.space.xs);
    rest.cut_top(say_paragraph(ui, rest, spec.text, t.type.body, {.ink = Ink::muted, .align = Align::centre}));
    if (spec.action.empty()) {
        return false;
    }
    rest.cut_top(t.space.l);
    const ButtonSpec action_button{.label = spec.action};
    return button(ui, rest.cut_top(t.size.control).centred(button_width(ui, action_button), t.size.control),
                  action_button);
}

float notice_height(const Ui& ui, const Notice& spec, float width) {
    const Theme& t = ui.theme;
    float text = width - 2 * t.space.m - t.size.icon - t.space.s;
    text -= spec.action.empty() ? 0 : button_width(ui, {.label = spec.action, .small = true}) + t.space.m;
    return std::max(t.size.control_small, paragraph_height(ui, t.type.body, spec.text, text)) + 2 * t.space.s;
}

bool notice(Ui& ui, const Rect& rect, const Notice& spec) {
    const Theme& t = ui.theme;
    const Container region(ui.items, spec.text,
                           {.role = spec.tone == Tone::bad ? Role::alert : Role::status, .name = spec.text},
                           area_of(rect));
    fill(ui, rect, t.ground(ground_of(spec.tone)), t.radius.m);
    Rect rest = rect.inset(t.space.m, t.space.s);
    bool pressed = false;
    if (!spec.action.empty()) {
        const ButtonSpec action{.label = spec.action, .small = true};
        const float wide = button_width(ui, action);
        pressed = button(ui, rest.cut_right(wide).centred(wide, t.size.control_small), action);
        rest.cut_right(t.space.m);
    }
    Rect icon = rest.cut_left(t.size.icon);
    rest.cut_left(t.space.s);
    const float tall = paragraph_height(ui, t.type.body, spec.text, rest.w);
    rest = rest.centred(rest.w, tall);
    icon.y = rest.y;
    icon.h = t.type.body.line;
    draw_icon(ui, icon, spec.icon, t.ink(ink_of(spec.tone)), t.size.icon);
    say_paragraph(ui, rest, spec.text, t.type.body, {.ink = Ink::text});
    return pressed;
}

Dialog::Dialog(Ui& ui, const DialogSpec& spec) : ui_(ui) {
    const Theme& t = ui.theme;
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const Rect all{0, 0, screen.x, screen.y};
    const float room = t.density == Density::touch ? t.space.s : t.space.xxl;
    const Rect frame = all.centred(std::min(spec.width, all.w - 2 * room), std::min(spec.height, all.h - 2 * room));
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(screen);
    ImGui::PushID(spec.key.data(), spec.key.data() + spec.key.size());
    ImGui::Begin("dialog", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground);
    const bool outside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && ImGui::IsWindowHovered() &&
                         !ImGui::IsWindowAppearing() &&
                         !ImGui::IsMouseHoveringRect({frame.x, frame.y}, {frame.right(), frame.bottom()});
    fill(ui, all, t.palette->scrim);
    shadow(ui, frame, t.radius.l);
    fill(ui, frame, t.ground(Ground::surface), t.radius.l);
    stroke(ui, frame, t.palette->border, t.radius.l);
    NodeState modal;
    modal.modal = true;
    ui.items.open(spec.key, {.role = Role::dialog, .name = spec.title, .state = modal}, area_of(frame));
    ui.blocked = false;
    enter_scope(ui, Scope::dialog);
    body_ = frame.inset(t.space.xl, t.space.l);
    Rect head = body_.cut_top(t.size.control);
    close_ = icon_button(ui, head.cut_right(t.size.control).moved(t.space.s, 0), Icon::x,
                         {.label = ui.texts(Text::close), .kind = ButtonKind::plain, .command = Command::close}) ||
             outside;
    say_heading(ui, head, spec.title, t.type.title, 1);
    body_.cut_top(t.space.m);
}

Dialog::~Dialog() {
    ui_.items.close();
    ImGui::End();
    ImGui::PopID();
}

bool toast(Ui& ui, const Rect& area, std::string_view words, std::string_view action, std::optional<Command> command) {
    const Theme& t = ui.theme;
    const Fill& look = t.palette->inverse;
    const float caps =
        command && t.density == Density::pointer ? key_caps_width(ui, info(*command).chord) + t.space.s : 0;
    const float action_wide = action.empty() ? 0 : whole(text_width(ui, t.type.control, action)) + caps + t.space.l;
    const float wide =
        std::min(area.w - 2 * t.space.m, whole(text_width(ui, t.type.body, words)) + action_wide + 2 * t.space.m);
    const Rect box{area.x + whole((area.w - wide) / 2), area.bottom() - t.size.control - t.space.l, wide,
                   t.size.control};
    shadow(ui, box, t.radius.m);
    fill(ui, box, look.ground, t.radius.m);
    Rect rest = box.inset(t.space.m, 0);
    bool pressed = false;
    if (!action.empty()) {
        Rect place = rest.cut_right(action_wide - t.space.l);
        rest.cut_right(t.space.m);
        const std::string shortcut = command ? aria_shortcut(info(*command).chord) : std::string();
        const Item item =
            interact(ui, place.inset(-t.space.xs, t.space.xs), "toast action",
                     {.role = Role::button, .name = action, .shortcut = shortcut}, {.focus_radius = t.radius.s});
        pressed = item.pressed;
        if (item.hovered) {
            fill(ui, place.inset(-t.space.xs, t.space.xs), look.hover, t.radius.s);
        }
        const float drawn = draw_text(ui, place, action, t.type.control, look.ink);
        place.cut_left(drawn + t.space.s);
        if (caps > 0) {
            draw_key_caps(ui, place, info(*command).chord, look.ink, with_alpha(look.ink, 90));
        }
    }
    ui.items.add({.role = Role::status, .name = words}, area_of(box));
    draw_text(ui, rest, words, t.type.body, look.ink);
    return pressed;
}

void key_hints(Ui& ui, const Rect& rect, std::span<const KeyHint> hints) {
    const Theme& t = ui.theme;
    Rect rest = rect;
    for (size_t i = hints.size(); i-- > 0;) {
        const KeyHint& hint = hints[i];
        float caps = 0;
        for (const Command command : hint.commands) {
            caps += key_caps_width(ui, info(command).chord) + t.space.xxs;
        }
        const float words = whole(text_width(ui, t.type.small, hint.words)) + 1;
        if (caps + words + t.space.xs > rest.w) {
            return;
        }
        draw_text(ui, rest.cut_right(words), hint.words, t.type.small, t.ink(Ink::muted));
        rest.cut_right(t.space.xs);
        Rect place = rest.cut_right(caps);
        for (const Command command : hint.commands) {
            const Chord& chord = info(command).chord;
            const float wide = key_caps_width(ui, chord) + t.space.xxs;
            draw_key_caps(ui, place.cut_left(wide), chord, t.ink(Ink::muted), t.palette->border);
        }
        rest.cut_right(t.space.l);
    }
}

}  // namespace countersign::shell
