// The sheet of keys: drawn from the command table, so that it cannot be wrong.

#include <array>
#include <vector>

#include "shell/ui/widgets/scroll.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

struct Group {
    Text title;
    std::vector<Command> commands;
};

// Each command once, under the first group that fits.
std::vector<Group> groups() {
    std::vector<Group> out{{Text::keys_everywhere, {}}, {Text::keys_lists, {}},   {Text::keys_deciding, {}},
                           {Text::keys_reviewing, {}},  {Text::keys_syncing, {}}, {Text::keys_settling, {}},
                           {Text::keys_tiers, {}}};
    for (const CommandInfo& command : all_commands()) {
        const auto index = label_index(command.command);
        if (index && *index > 0) {
            continue;  // ten label keys in one line
        }
        const size_t group = applies(command, Scope::everywhere)                                   ? 0
                             : applies(command, Scope::quick) && command.command != Command::close ? 2
                             : applies(command, Scope::queue) && !applies(command, Scope::dialog)  ? 1
                             : applies(command, Scope::full) && command.command != Command::close  ? 3
                             : applies(command, Scope::sync)                                       ? 4
                             : applies(command, Scope::settle)                                     ? 5
                             : applies(command, Scope::tiers)                                      ? 6
                                                                                                   : 0;
        out[group].commands.push_back(command.command);
    }
    return out;
}

float group_height(const Ui& ui, const Group& group) {
    const Theme& t = ui.theme;
    return t.type.strong.line + t.space.s + static_cast<float>(group.commands.size()) * t.px(28) + t.space.l;
}

void draw_group(Ui& ui, Rect rest, const Group& group) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(group.title));
    for (const Command command : group.commands) {
        Rect line = rest.cut_top(t.px(28));
        const bool letters = command == Command::label_letter;
        const bool labels = letters || label_index(command).has_value();
        const std::string_view label_keys = ui.texts(letters ? Text::keys_letters : Text::keys_labels);
        const Chord& chord = info(command).chord;
        const std::string_view words = ui.texts(info(command).label);
        Meaning meaning;
        meaning.role = Role::listitem;
        meaning.name = words;
        meaning.value = labels ? label_keys : std::string_view();
        const std::string shortcut = aria_shortcut(chord);
        meaning.shortcut = shortcut;
        ui.items.add(meaning, area_of(line));
        if (labels) {
            const float wide = whole(text_width(ui, t.type.caption, label_keys)) + 2 * t.space.s;
            const Rect box = line.cut_right(wide).centred(wide, t.px(17));
            stroke(ui, box, t.palette->border, t.radius.s);
            draw_text(ui, box, label_keys, t.type.caption, t.ink(Ink::muted), Align::centre);
        } else {
            draw_key_caps(ui, line.cut_right(key_caps_width(ui, chord)), chord, t.ink(Ink::muted), t.palette->border);
        }
        line.cut_right(t.space.s);
        draw_text(ui, line, words, t.type.body, t.ink(Ink::text));
    }
}

void draw_columns(Ui& ui, const Rect& body) {
    const Theme& t = ui.theme;
    ScrollPane pane(ui, body, "keys", t.space.l);
    const Rect rest = pane.content();
    const std::vector<Group> all = groups();
    const bool two = rest.w >= t.px(480);
    const float gap = t.space.xxl;
    const float wide = two ? whole((rest.w - gap) / 2) : rest.w;
    float left = rest.y;
    float right = rest.y;
    for (const Group& group : all) {
        const bool to_left = !two || left <= right;
        float& y = to_left ? left : right;
        draw_group(ui, {to_left ? rest.x : rest.x + wide + gap, y, wide, rest.h}, group);
        y += group_height(ui, group);
    }
    pane.end_at(std::max(left, right));
}

}  // namespace

void draw_keys(Ui& ui, Intents& intents) {
    const Theme& t = ui.theme;
    Dialog dialog(ui, {.key = "keys", .title = ui.texts(Text::keys_title), .width = t.px(620), .height = t.px(560)});
    if (dialog.wants_to_close() || ui.commanded(Command::close)) {
        intents.push_back(intent::ShowKeys{false});
    }
    Rect body = dialog.body();
    const Rect foot = body.cut_bottom(t.type.small.line);
    body.cut_bottom(t.space.s);
    draw_columns(ui, body);
    say_text(ui, foot, ui.texts(Text::keys_typing), t.type.small, t.ink(Ink::faint));
}

}  // namespace countersign::shell
