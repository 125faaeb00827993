// The frame around the screens: sidebar on wide windows, a bar with tabs on phones, the line with keys at the bottom.

#include <array>
#include <span>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/select.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

struct Stop {
    Place place;
    Icon icon;
    Text name;
    Command command;
};

constexpr std::array kStops{
    Stop{Place::queue, Icon::inbox, Text::nav_queue, Command::go_queue},
    Stop{Place::quick, Icon::zap, Text::nav_quick, Command::go_quick},
    Stop{Place::done, Icon::check_check, Text::nav_done, Command::go_done},
    Stop{Place::sync, Icon::refresh_cw, Text::nav_sync, Command::go_sync},
    Stop{Place::settle, Icon::gavel, Text::nav_settle, Command::go_settle},
    Stop{Place::tiers, Icon::shield_check, Text::nav_tiers, Command::go_tiers},
};

std::span<const Stop> stops(const NavigationModel& model) {
    return {kStops.data(), model.can_settle ? kStops.size() : kStops.size() - 2};
}

int64_t count_of(const NavigationModel& model, Place place) {
    switch (place) {
        case Place::queue: return model.waiting_in_queue;
        case Place::quick: return model.waiting_for_quick;
        case Place::sync: return model.notices > 0 ? model.notices : model.on_device_only;
        case Place::done:
        case Place::settle:
        case Place::tiers: return 0;
    }
    return 0;
}

// What stands behind the name of a stop: a count, and for notices that it is one of notices.
struct StopCount {
    std::string number;  // as drawn; empty: none
    std::string spoken;
    Tone tone = Tone::neutral;
    Icon icon = Icon::none;
};

StopCount stop_count(const Ui& ui, const NavigationModel& model, Place place) {
    const int64_t count = count_of(model, place);
    StopCount out;
    out.number = count > 0 ? grouped(count) : std::string();
    out.spoken = out.number;
    if (place == Place::sync && model.notices > 0) {
        out.spoken = counted(ui.texts, model.notices, Text::nav_notices_one, Text::nav_notices);
        out.tone = model.alarm ? Tone::bad : Tone::warn;
        out.icon = model.alarm ? Icon::shield_alert : Icon::bell;
    }
    return out;
}

// In the corner of an icon that has no room for words.
void draw_corner_mark(const Ui& ui, const Rect& icon, Tone tone) {
    const Theme& t = ui.theme;
    const Rect place{icon.x + whole(icon.w / 2) + t.px(3), icon.y + whole(icon.h / 2) - t.px(10), t.px(8), t.px(8)};
    draw_mark(ui, place, tone == Tone::bad ? Mark::diamond : Mark::circle, t.ink(ink_of(tone)), t.px(8));
}

void draw_sign(Ui& ui, const Rect& rect) {
    const Theme& t = ui.theme;
    const Rect mark = rect.centred(t.px(24), t.px(24));
    fill(ui, mark, t.palette->accent.ground, t.radius.m);
    draw_icon(ui, mark, Icon::check_check, t.palette->accent.ink, t.px(15));
}

Meaning stop_meaning(std::string_view name, std::string_view shortcut, std::string_view value, bool here) {
    Meaning meaning;
    meaning.role = Role::link;
    meaning.name = name;
    meaning.value = value;
    meaning.shortcut = shortcut;
    meaning.state.selected = here;
    return meaning;
}

void draw_stop(Ui& ui, const Rect& rect, const Stop& stop, const NavigationModel& model, bool here, bool narrow,
               Intents& intents) {
    const Theme& t = ui.theme;
    const StopCount count = stop_count(ui, model, stop.place);
    const std::string_view name = ui.texts(stop.name);
    const std::string shortcut = aria_shortcut(info(stop.command).chord);
    const Item item =
        interact(ui, rect, name, stop_meaning(name, shortcut, count.spoken, here), {.focus_radius = t.radius.m});
    if (here) {
        fill(ui, rect, t.ground(Ground::pressed), t.radius.m);
    } else if (item.hovered) {
        fill(ui, rect, t.ground(Ground::hover), t.radius.m);
    }
    const Colour ink = here ? t.ink(Ink::text) : t.ink(Ink::muted);
    Rect rest = narrow ? rect : rect.inset(t.space.s, 0);
    draw_icon(ui, narrow ? rest : rest.cut_left(t.size.icon), stop.icon, here ? t.ink(Ink::accent) : ink, t.size.icon);
    if (narrow) {
        if (count.icon != Icon::none) {
            draw_corner_mark(ui, rest, count.tone);
        }
        tooltip(ui, item, count.icon == Icon::none ? std::string(name) : concat(name, ": ", count.spoken));
    } else {
        rest.cut_left(t.space.s);
        draw_text(ui, rest, name, t.type.control, ink);
        const float wide = whole(text_width(ui, t.type.small, count.number)) + 1;
        const Ink number_ink = count.icon == Icon::none ? Ink::faint : ink_of(count.tone);
        draw_text(ui, rest.cut_right(wide), count.number, t.type.small, t.ink(number_ink), Align::right);
        rest.cut_right(t.space.xs);
        draw_icon(ui, rest.cut_right(t.size.icon_small), count.icon, t.ink(number_ink), t.size.icon_small);
    }
    if (item.pressed) {
        intents.push_back(intent::Go{stop.place});
    }
}

void draw_projects(Ui& ui, const Rect& rect, const NavigationModel& model, Intents& intents) {
    std::vector<Option> options;
    for (const ProjectChoice& project : model.projects) {
        options.push_back({.label = project.name});
    }
    if (const auto chosen = select(ui, rect,
                                   {.key = "project",
                                    .name = ui.texts(Text::nav_project),
                                    .empty = {},
                                    .options = options,
                                    .chosen = model.project})) {
        intents.push_back(intent::ChooseProject{*chosen});
    }
}

// Cloud, words of what is saved; leads to the sync screen.
void draw_sync_summary(Ui& ui, const Rect& rect, const NavigationModel& model, bool narrow, Intents& intents) {
    const Theme& t = ui.theme;
    const Tone tone = !model.online ? Tone::warn : model.on_device_only > 0 ? Tone::neutral : Tone::good;
    const Icon icon = !model.online ? Icon::cloud_off : model.on_device_only > 0 ? Icon::hard_drive : Icon::cloud;
    Meaning meaning;
    meaning.role = Role::link;
    meaning.name = model.sync_words;
    meaning.description = model.sync_detail;
    const Item item = interact(ui, rect, "sync summary", meaning, {.focus_radius = t.radius.m});
    if (item.hovered) {
        fill(ui, rect, t.ground(Ground::hover), t.radius.m);
    }
    Rect rest = narrow ? rect : rect.inset(t.space.s, 0);
    draw_icon(ui, narrow ? rest : rest.cut_left(t.size.icon), icon, t.ink(ink_of(tone)), t.size.icon);
    if (narrow) {
        tooltip(ui, item, concat(model.sync_words, model.sync_detail.empty() ? "" : ". ", model.sync_detail));
    } else {
        rest.cut_left(t.space.s);
        draw_text(ui, rest, model.sync_words, t.type.small, t.ink(Ink::muted));
        tooltip(ui, item, model.sync_detail);
    }
    if (item.pressed) {
        intents.push_back(intent::Go{Place::sync});
    }
}

void draw_person(Ui& ui, const Rect& rect, const NavigationModel& model, bool narrow, Intents& intents) {
    const Theme& t = ui.theme;
    Rect rest = rect;
    const ButtonSpec out{.label = ui.texts(Text::nav_sign_out), .kind = ButtonKind::plain};
    if (icon_button(ui, narrow ? rest : rest.cut_right(rest.h), Icon::log_out, out)) {
        intents.push_back(intent::SignOut{});
    }
    if (narrow) {
        return;
    }
    rest = rest.inset(t.space.s, 0);
    draw_icon(ui, rest.cut_left(t.size.icon), Icon::user, t.ink(Ink::faint), t.size.icon);
    rest.cut_left(t.space.s);
    const float wide = say_text(ui, rest, model.person, t.type.small, t.ink(Ink::muted));
    if (model.is_demo) {
        rest.cut_left(wide + t.space.s);
        pill(ui, rest, ui.texts(Text::nav_demo), Tone::accent);
    }
}

}  // namespace

void draw_sidebar(Ui& ui, Rect& area, const NavigationModel& model, Place place, bool narrow, Intents& intents) {
    const Theme& t = ui.theme;
    const Rect side = area.cut_left(narrow ? t.px(52) : t.size.sidebar);
    edge(ui, side, Side::right, t.palette->line);
    const Container region(ui.items, "navigation", {.role = Role::region, .name = ui.texts(Text::nav_main)},
                           area_of(side));
    Rect rest = side.inset(narrow ? t.space.s : t.space.m, 0);
    Rect head = rest.cut_top(t.size.header);
    draw_sign(ui, narrow ? head : head.cut_left(t.px(24)));
    if (!narrow) {
        head.cut_left(t.space.s);
        say_text(ui, head, ui.texts(Text::app_name), t.type.strong, t.ink(Ink::text));
        if (!model.projects.empty()) {
            draw_projects(ui, rest.cut_top(t.size.control), model, intents);
            rest.cut_top(t.space.m);
        }
    }
    for (const Stop& stop : stops(model)) {
        draw_stop(ui, rest.cut_top(t.size.control), stop, model, stop.place == place, narrow, intents);
        rest.cut_top(t.space.xxs);
    }
    rest.cut_bottom(t.space.s);
    draw_person(ui, rest.cut_bottom(t.size.control), model, narrow, intents);
    draw_sync_summary(ui, rest.cut_bottom(t.size.control), model, narrow, intents);
}

void draw_tab_bar(Ui& ui, Rect& area, const NavigationModel& model, Place place, Intents& intents) {
    const Theme& t = ui.theme;
    const Rect bar = area.cut_bottom(t.px(58));
    fill(ui, bar, t.ground(Ground::canvas));
    edge(ui, bar, Side::top, t.palette->line);
    const Container region(ui.items, "navigation", {.role = Role::region, .name = ui.texts(Text::nav_main)},
                           area_of(bar));
    Rect rest = bar;
    const float wide = whole(bar.w / static_cast<float>(stops(model).size()));
    for (const Stop& stop : stops(model)) {
        const Rect cell = rest.cut_left(wide);
        const bool here = stop.place == place;
        const StopCount count = stop_count(ui, model, stop.place);
        const std::string_view name = ui.texts(stop.name);
        const Item item = interact(ui, cell, name, stop_meaning(name, {}, count.spoken, here), {.focus_radius = 0});
        Rect inside = cell.inset(t.space.xs, t.space.s);
        const Colour ink = here ? t.ink(Ink::accent) : t.ink(Ink::muted);
        const Rect icon = inside.cut_top(t.px(22));
        draw_icon(ui, icon, stop.icon, ink, t.px(20));
        if (count.icon != Icon::none) {
            draw_corner_mark(ui, icon, count.tone);
        }
        draw_text(ui, inside, name, t.type.caption, ink, Align::centre);
        if (item.pressed) {
            intents.push_back(intent::Go{stop.place});
        }
    }
}

void draw_status_line(Ui& ui, Rect& area, const NavigationModel& model, const DeskModel& desk) {
    const Theme& t = ui.theme;
    Rect line = area.cut_bottom(t.size.status_line);
    edge(ui, line, Side::top, t.palette->line);
    line = line.inset(t.space.l, 0);
    if (!model.status.empty()) {
        ui.items.add({.role = Role::status, .name = model.status}, area_of(line));
        const float wide =
            draw_text(ui, {line.x, line.y, line.w / 2, line.h}, model.status, t.type.small, t.ink(Ink::muted));
        line.cut_left(wide + t.space.l);
    }
    static constexpr std::array move{Command::move_next, Command::move_previous};
    static constexpr std::array open{Command::open};
    static constexpr std::array search{Command::search};
    static constexpr std::array keys{Command::show_keys};
    static constexpr std::array evidence{Command::previous_evidence, Command::next_evidence};
    static constexpr std::array submit{Command::submit};
    static constexpr std::array undo{Command::undo};
    static constexpr std::array settle{Command::admit, Command::refuse};
    static constexpr std::array tiers{Command::open_tier, Command::close_tier};
    static constexpr std::array sync{Command::sync_now};
    const KeyHint all{keys, ui.texts(Text::hint_keys)};
    const KeyHint moving{move, ui.texts(Text::hint_move)};
    if (std::holds_alternative<QueueModel>(desk.screen)) {
        key_hints(ui, line,
                  std::array{KeyHint{search, ui.texts(Text::hint_search)}, moving,
                             KeyHint{open, ui.texts(Text::hint_open)}, all});
    } else if (std::holds_alternative<FullModel>(desk.screen)) {
        key_hints(ui, line,
                  std::array{KeyHint{evidence, ui.texts(Text::hint_evidence)},
                             KeyHint{submit, ui.texts(Text::hint_submit)}, all});
    } else if (std::holds_alternative<QuickModel>(desk.screen)) {
        key_hints(ui, line, std::array{KeyHint{undo, ui.texts(Text::hint_undo)}, all});
    } else if (std::holds_alternative<SyncModel>(desk.screen)) {
        key_hints(ui, line, std::array{KeyHint{sync, ui.texts(Text::hint_sync)}, all});
    } else if (std::holds_alternative<TiersModel>(desk.screen)) {
        key_hints(ui, line, std::array{moving, KeyHint{tiers, ui.texts(Text::hint_tiers)}, all});
    } else if (std::holds_alternative<SettleModel>(desk.screen)) {
        key_hints(ui, line, std::array{moving, KeyHint{settle, ui.texts(Text::hint_settle)}, all});
    } else {
        key_hints(ui, line, std::array{moving, all});
    }
}

}  // namespace countersign::shell
