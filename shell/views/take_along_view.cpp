// The sheet for taking work along: how much and for how long, what came of it, what one has.

#include <array>

#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/ui/widgets/select.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

// A name above its control; the control's place.
Rect labelled(Ui& ui, Rect& rest, std::string_view name) {
    const Theme& t = ui.theme;
    draw_text(ui, rest.cut_top(t.type.small.line), name, t.type.small, t.ink(Ink::muted));
    rest.cut_top(t.space.xxs);
    const Rect place = rest.cut_top(t.size.control);
    rest.cut_top(t.space.m);
    return place;
}

void draw_wishes(Ui& ui, Rect& rest, const TakeAlongModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const bool side_by_side = rest.w >= t.px(420);
    Rect left = rest;
    if (side_by_side) {
        left.w = t.px(120);
    }
    const FieldResult count = text_field(ui, labelled(ui, left, ui.texts(Text::take_count)),
                                         {.key = "count",
                                          .name = ui.texts(Text::take_count),
                                          .value = model.count,
                                          .description = model.can_take ? std::string_view() : model.outcome,
                                          .invalid = !model.can_take,
                                          .focus_now = true});
    if (count.changed) {
        intents.push_back(intent::TakeCountTyped{*count.changed});
    }
    if (count.submitted && model.can_take && model.online && !model.busy) {
        intents.push_back(intent::TakeAlong{});
    }
    Rect right = side_by_side ? Rect{rest.x + left.w + t.space.l, rest.y, rest.w - left.w - t.space.l, rest.h} : left;
    const std::array times{Segment{.label = ui.texts(Text::take_eight_hours)},
                           Segment{.label = ui.texts(Text::take_three_days)}};
    const SegmentsSpec time{
        .key = "time", .name = ui.texts(Text::take_time), .segments = times, .chosen = static_cast<int>(model.time)};
    const Rect time_place = labelled(ui, right, ui.texts(Text::take_time));
    if (const auto chosen = segments(
            ui, {time_place.x, time_place.y, std::min(time_place.w, segments_width(ui, time)), time_place.h}, time)) {
        intents.push_back(intent::ChooseTakeTime{static_cast<TakeTime>(*chosen)});
    }
    rest.cut_top(right.y - rest.y);
    std::vector<Option> tiers;
    for (const std::string& tier : model.tiers) {
        tiers.push_back({.label = tier});
    }
    const SelectSpec tier{
        .key = "tier", .name = ui.texts(Text::take_tier), .empty = {}, .options = tiers, .chosen = model.tier};
    if (const auto chosen = select(ui, labelled(ui, rest, ui.texts(Text::take_tier)), tier)) {
        intents.push_back(intent::ChooseTakeTier{*chosen});
    }
}

void draw_do(Ui& ui, Rect& rest, const TakeAlongModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const std::string_view said = model.online ? std::string_view(model.outcome) : ui.texts(Text::take_offline);
    const ButtonSpec take{.label = ui.texts(Text::take_do),
                          .kind = ButtonKind::primary,
                          .icon = Icon::backpack,
                          .enabled = model.online && !model.busy && model.can_take,
                          .description = model.online ? std::string_view() : said};
    const float wide = button_width(ui, take);
    Rect row =
        rest.cut_top(std::max(t.size.control, paragraph_height(ui, t.type.small, said, rest.w - wide - t.space.m)));
    if (button(ui, row.cut_left(wide).centred(wide, t.size.control), take)) {
        intents.push_back(intent::TakeAlong{});
    }
    row.cut_left(t.space.m);
    if (!said.empty()) {
        ui.items.add({.role = Role::status, .name = said}, area_of(row));
        const std::vector<TextLine> lines = wrap(ui, t.type.small, said, row.w);
        Rect words = row.centred(row.w, t.type.small.line * static_cast<float>(lines.size()));
        for (const TextLine& line : lines) {
            draw_text(ui, words.cut_top(t.type.small.line), said.substr(line.begin, line.end - line.begin),
                      t.type.small, t.ink(Ink::muted));
        }
    }
    rest.cut_top(t.space.xl);
}

void draw_taken_one(Ui& ui, const Rect& row_rect, const TakenItem& taken, bool can_give, Intents& intents) {
    const Theme& t = ui.theme;
    const IdScope scope(taken.item);
    Rect row = row_rect;
    const std::string name = ui.texts(Text::take_give_back_one, taken.item);
    Meaning meaning;
    meaning.role = Role::button;
    meaning.name = name;
    const float wide = whole(text_width(ui, t.type.small, ui.texts(Text::take_give_back))) + 2 * t.space.s;
    const Rect place = row.cut_right(wide).centred(wide, t.size.control_small);
    const Item item = interact(ui, place, "give back", meaning, {.enabled = can_give, .focus_radius = t.radius.m});
    fill(ui, place, item.hovered ? t.ground(Ground::hover) : 0, t.radius.m);
    draw_text(ui, place, ui.texts(Text::take_give_back), t.type.small, t.ink(can_give ? Ink::text : Ink::faint),
              Align::centre);
    if (item.pressed) {
        intents.push_back(intent::GiveBack{taken.item});
    }
    row.cut_right(t.space.m);
    // The date goes first: it is what a person looks for. An id is long only where a pipeline made it so.
    const float id = whole(text_width(ui, t.type.mono, taken.item)) + 1;
    const float until =
        std::min(whole(text_width(ui, t.type.small, taken.until)) + 1, row.w - std::min(id, 0.35F * row.w));
    say_text(ui, row.cut_right(until), taken.until, t.type.small, t.ink(taken.soon ? Ink::warn : Ink::faint),
             Align::right);
    row.cut_right(t.space.xs);
    if (taken.soon) {
        draw_icon(ui, row.cut_right(t.size.icon_small), Icon::timer, t.ink(Ink::warn), t.size.icon_small);
    }
    if (link(ui, {row.x, row.y, std::min(row.w, id), row.h}, taken.item, t.type.mono)) {
        intents.push_back(intent::ShowTakeAlong{false});
        intents.push_back(intent::OpenItem{taken.item});
    }
}

void draw_taken(Ui& ui, Rect& rest, const TakeAlongModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const bool can_give = model.online && !model.busy;
    Rect head = rest.cut_top(t.size.control_small);
    if (!model.taken.empty()) {
        const ButtonSpec all{.label = ui.texts(Text::take_give_back_all), .enabled = can_give, .small = true};
        const float wide = button_width(ui, all);
        if (button(ui, head.cut_right(wide), all)) {
            intents.push_back(intent::GiveBack{});
        }
    }
    const float drawn = say_heading(ui, head, ui.texts(Text::take_list), t.type.strong, 2);
    head.cut_left(drawn + t.space.s);
    const std::string count = model.taken.empty() ? std::string() : grouped(static_cast<int64_t>(model.taken.size()));
    if (!count.empty() && text_width(ui, t.type.small, count) <= head.w) {
        say_text(ui, head, count, t.type.small, t.ink(Ink::faint));
    }
    rest.cut_top(t.space.xs);
    if (model.taken.empty()) {
        rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::take_none), t.type.small, {.ink = Ink::muted}));
        return;
    }
    // Only what can be seen is drawn: a pack may be five hundred items.
    ScrollPane pane(ui, rest, "taken", t.space.l);
    const Rect column = pane.content();
    const float tall = t.size.control_small + t.space.xxs;
    for (size_t i = 0; i < model.taken.size(); ++i) {
        const Rect row{column.x, column.y + tall * static_cast<float>(i), column.w, t.size.control_small};
        if (row.bottom() >= rest.y - rest.h && row.y <= rest.bottom() + rest.h) {
            draw_taken_one(ui, row, model.taken[i], can_give, intents);
        }
    }
    pane.end_at(column.y + tall * static_cast<float>(model.taken.size()));
}

}  // namespace

void draw_take_along(Ui& ui, const TakeAlongModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const bool low = model.taken.empty() && t.density == Density::pointer;
    Dialog dialog(ui, {.key = "take along",
                       .title = ui.texts(Text::take_title),
                       .width = t.px(520),
                       .height = t.px(low ? 400 : 620)});
    if (dialog.wants_to_close() || ui.commanded(Command::close)) {
        intents.push_back(intent::ShowTakeAlong{false});
    }
    Rect rest = dialog.body();
    rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::take_text), t.type.body, {.ink = Ink::muted}));
    rest.cut_top(t.space.l);
    draw_wishes(ui, rest, model, intents);
    draw_do(ui, rest, model, intents);
    draw_taken(ui, rest, model, intents);
}

}  // namespace countersign::shell
