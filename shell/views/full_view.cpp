#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr float kThreeColumns = 1120;  // CSS pixels of the area
constexpr float kTwoColumns = 720;
constexpr float kDecideWide = 384;
constexpr float kContextWide = 320;

// Which part a window too narrow for all of them shows.
struct PartChosen {
    int part = 0;
};

void draw_head(Ui& ui, Rect& area, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    Rect head = area.cut_top(t.size.header);
    edge(ui, head, Side::bottom, t.palette->line);
    head = head.inset(t.space.s, 0);
    const Rect back = head.cut_left(t.size.control);
    if (icon_button(ui, back.centred(t.size.control, t.size.control), Icon::arrow_left,
                    {.label = ui.texts(Text::full_back), .kind = ButtonKind::plain, .command = Command::close})) {
        intents.push_back(intent::Back{});
    }
    head.cut_left(t.space.xs);
    head.cut_right(t.space.s);
    if (model.total > 0) {
        const auto step = [&](Icon icon, Command command, int by, bool enabled) {
            const Rect place = head.cut_right(t.size.control);
            if (icon_button(ui, place.centred(t.size.control, t.size.control), icon,
                            {.label = ui.texts(info(command).label),
                             .kind = ButtonKind::plain,
                             .command = command,
                             .enabled = enabled})) {
                intents.push_back(intent::MoveInQueue{by});
            }
        };
        step(Icon::chevron_down, Command::move_next, 1, model.position < model.total);
        step(Icon::chevron_up, Command::move_previous, -1, model.position > 1);
        const std::string words = is_phone(ui) || model.position == 0
                                      ? std::string()
                                      : ui.texts(Text::full_position, grouped(model.position), grouped(model.total));
        const float wide = whole(text_width(ui, t.type.small, words)) + 1;
        if (!words.empty()) {
            say_text(ui, head.cut_right(wide), words, t.type.small, t.ink(Ink::faint), Align::right);
            head.cut_right(t.space.m);
        }
    }
    if (!model.due.words.empty() && !is_phone(ui)) {
        const Urgency urgency = urgency_of(model.due.state);
        const float wide = due_pill_width(ui, model.due.words, urgency);
        due_pill(ui, head.cut_right(std::min(wide, head.w / 2)), model.due.words, urgency);
        head.cut_right(t.space.m);
    }
    if (!is_phone(ui) && !model.saved_words.empty()) {
        const float wide = whole(text_width(ui, t.type.small, model.saved_words)) + 1;
        if (wide < head.w / 3) {
            say_text(ui, head.cut_right(wide), model.saved_words, t.type.small, t.ink(Ink::faint), Align::right);
            head.cut_right(t.space.m);
        }
    }
    if (!is_phone(ui)) {
        const float wide = say_text(ui, {head.x, head.y, whole(text_width(ui, t.type.mono, model.item)) + 1, head.h},
                                    model.item, t.type.mono, t.ink(Ink::faint));
        head.cut_left(wide + t.space.m);
    }
    say_heading(ui, head, model.title, t.type.title, 1);
}

// A key whose field lies in another part brings that part to the front. Parts counted from the one with the decision.
void show_part_of_command(const Ui& ui, PartChosen& chosen, int decide) {
    if (!ui.command) {
        return;
    }
    switch (*ui.command) {
        case Command::write_note: chosen.part = decide + 1; break;
        case Command::find:
        case Command::mark_evidence: chosen.part = decide == 0 ? chosen.part : 0; break;
        case Command::accept:
        case Command::correct:
        case Command::reject:
        case Command::escalate:
        case Command::write_rationale: chosen.part = decide; break;
        default: break;
    }
}

int draw_part_tabs(Ui& ui, Rect& area, std::span<const Text> parts, PartChosen& chosen) {
    const Theme& t = ui.theme;
    std::vector<Segment> segments_shown;
    for (const Text part : parts) {
        segments_shown.push_back({.label = ui.texts(part)});
    }
    chosen.part = std::min(chosen.part, static_cast<int>(parts.size()) - 1);
    const Rect line = area.cut_top(t.px(40));
    edge(ui, line, Side::bottom, t.palette->line);
    const SegmentsSpec spec{.key = "parts",
                            .name = ui.texts(Text::full_parts),
                            .segments = segments_shown,
                            .chosen = chosen.part,
                            .as_tabs = true};
    if (const auto picked = tabs(ui, line.inset(t.space.s, 0), spec)) {
        chosen.part = *picked;
        ui.wishes.frame_in(0);
    }
    return chosen.part;
}

void draw_three(Ui& ui, Rect rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Rect context = rest.cut_right(t.px(kContextWide));
    const Rect decide = rest.cut_right(t.px(kDecideWide));
    fill(ui, context, t.ground(Ground::canvas));
    edge(ui, context, Side::left, t.palette->line);
    edge(ui, decide, Side::left, t.palette->line);
    draw_full_document(ui, rest, model, intents);
    draw_full_decide(ui, decide, model, OthersIn::context, intents);
    draw_full_context(ui, context, model, OthersIn::context, intents);
}

void draw_two(Ui& ui, Rect rest, const FullModel& model, PartChosen& chosen, Intents& intents) {
    const Theme& t = ui.theme;
    static constexpr std::array parts{Text::full_decide, Text::full_context};
    show_part_of_command(ui, chosen, 0);
    Rect side = rest.cut_right(t.px(kDecideWide));
    edge(ui, side, Side::left, t.palette->line);
    draw_full_document(ui, rest, model, intents);
    side.cut_left(t.size.hairline);
    if (draw_part_tabs(ui, side, parts, chosen) == 0) {
        draw_full_decide(ui, side, model, OthersIn::decide, intents);
    } else {
        draw_full_context(ui, side, model, OthersIn::decide, intents);
    }
}

void draw_one(Ui& ui, Rect rest, const FullModel& model, PartChosen& chosen, Intents& intents) {
    static constexpr std::array parts{Text::full_document, Text::full_decide, Text::full_context};
    show_part_of_command(ui, chosen, 1);
    switch (draw_part_tabs(ui, rest, parts, chosen)) {
        case 0: draw_full_document(ui, rest, model, intents); break;
        case 1: draw_full_decide(ui, rest, model, OthersIn::decide, intents); break;
        default: draw_full_context(ui, rest, model, OthersIn::decide, intents); break;
    }
}

// Keys that must work whichever part is on the screen.
void take_keys(Ui& ui, const FullModel& model, Intents& intents) {
    const auto step = [&](Command command, int by) {
        const auto count = static_cast<int>(model.evidence.size());
        if (ui.commanded(command) && count > 0) {
            const int from = model.current_evidence < 0 && by < 0 ? 0 : model.current_evidence;
            intents.push_back(intent::SelectEvidence{(from + by + count) % count});
        }
    };
    step(Command::next_evidence, 1);
    step(Command::previous_evidence, -1);
    if (model.read_only) {
        return;
    }
    if (ui.commanded(Command::submit)) {
        intents.push_back(intent::Submit{});
    }
    if (ui.commanded(Command::undo)) {
        intents.push_back(intent::Undo{});
    }
    for (size_t i = 0; i < model.labels.size(); i++) {
        if (commanded(ui, model.labels[i])) {
            intents.push_back(intent::ChooseLabel{static_cast<int>(i)});
        }
    }
}

}  // namespace

void draw_full(Ui& ui, const Rect& area, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::full);
    const Container region(ui.items, "full screen",
                           {.role = Role::region, .name = concat(ui.texts(Text::full_title), " ", model.item)},
                           area_of(area));
    take_keys(ui, model, intents);
    Rect rest = area;
    draw_head(ui, rest, model, intents);
    if (draw_unready(ui, rest, model.load, ui.texts(Text::full_loading), intents)) {
        return;
    }
    const auto say = [&](bool wanted, const Notice& spec) {
        if (wanted) {
            Rect place = rest.cut_top(notice_height(ui, spec, rest.w - 2 * t.space.l) + t.space.s);
            place.cut_top(t.space.s);
            notice(ui, place.inset(t.space.l, 0), spec);
        }
    };
    say(model.read_only, {.icon = Icon::lock, .text = model.read_only_reason});
    say(!model.given_back.empty(), {.icon = Icon::reply, .text = model.given_back, .tone = Tone::accent});
    say(!model.waits_words.empty(), {.icon = Icon::gavel, .text = model.waits_words, .tone = Tone::accent});
    say(!model.held_words.empty(), {.icon = Icon::user, .text = model.held_words});
    PartChosen& chosen = ui.memory.of<PartChosen>(item_id("full parts"));
    if (area.w >= t.px(kThreeColumns)) {
        draw_three(ui, rest, model, intents);
    } else if (area.w >= t.px(kTwoColumns)) {
        draw_two(ui, rest, model, chosen, intents);
    } else {
        draw_one(ui, rest, model, chosen, intents);
    }
}

}  // namespace countersign::shell
