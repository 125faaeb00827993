#include "shell/views/label_choice.h"

#include "shell/ui/core/item.h"
#include "shell/views/parts.h"

namespace countersign::shell {

float label_choice_width(const Ui& ui, const LabelChoice& choice) {
    const Theme& t = ui.theme;
    const float share = choice.share.empty() ? 0 : t.space.s + text_width(ui, t.type.small, choice.share);
    return whole(t.size.badge + t.space.s + text_width(ui, t.type.control, choice.label->name) + share) + 2 +
           2 * t.space.s;
}

bool label_choice(Ui& ui, const Rect& rect, const LabelChoice& choice) {
    const Theme& t = ui.theme;
    const std::string shortcut = shortcut_of(*choice.label);
    Meaning meaning;
    meaning.role = Role::button;
    meaning.name = choice.label->name;
    meaning.value = choice.share;
    meaning.shortcut = shortcut;
    const Item item = interact(ui, rect, choice.label->id, meaning, {.focus_radius = t.radius.m});
    fill(ui, rect,
         item.held      ? t.ground(Ground::pressed)
         : item.hovered ? t.ground(Ground::hover)
                        : t.ground(Ground::surface),
         t.radius.m);
    stroke(ui, rect, t.palette->border, t.radius.m);
    Rect inside = rect.inset(t.space.s, 0);
    label_badge(ui, inside.cut_left(t.size.badge), choice.label->letter, choice.label->colour);
    inside.cut_left(t.space.s);
    const float share = choice.share.empty() ? 0 : whole(text_width(ui, t.type.small, choice.share)) + 1;
    draw_text(ui, inside.cut_right(share), choice.share, t.type.small, t.ink(Ink::faint), Align::right);
    draw_text(ui, inside, choice.label->name, t.type.control, t.ink(Ink::text));
    return item.pressed;
}

}  // namespace countersign::shell
