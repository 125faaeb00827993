// What surrounds the decision: why the item came here, all scores, similar decisions, notes.

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

void draw_routing(Ui& ui, Rect& rest, const FullModel& model) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::full_why));
    rest.cut_top(say_paragraph(ui, rest, model.routing.sentence, t.type.body, {}));
    rest.cut_top(t.space.s);
    const auto pair = [&](std::string_view name, std::string_view value) {
        Rect line = rest.cut_top(t.type.mono.line + t.space.xxs);
        const std::string spoken = concat(name, ": ", value);
        ui.items.add({.role = Role::text, .name = spoken}, area_of(line));
        const float value_wide = std::min(whole(text_width(ui, t.type.mono, value)) + 1, line.w * 0.6F);
        draw_text(ui, line.cut_right(value_wide), value, t.type.mono, t.ink(Ink::text), Align::right);
        line.cut_right(t.space.s);
        draw_text(ui, line, name, t.type.mono, t.ink(Ink::muted));
    };
    if (!model.routing.route.empty()) {
        pair(ui.texts(Text::full_route), model.routing.route);
    }
    for (const RoutingModel::Value& value : model.routing.seen) {
        pair(value.name, value.value);
    }
    rest.cut_top(t.space.xl);
}

void draw_guidance(Ui& ui, Rect& rest, const FullModel& model) {
    const Theme& t = ui.theme;
    if (model.guidance.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::full_guidance));
    for (const std::string& paragraph : model.guidance) {
        rest.cut_top(say_paragraph(ui, rest, paragraph, t.type.small, {.ink = Ink::muted}));
        rest.cut_top(t.space.s);
    }
    rest.cut_top(t.space.l);
}

void draw_scores(Ui& ui, Rect& rest, const FullModel& model) {
    const Theme& t = ui.theme;
    if (model.scores.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::full_scores));
    for (const ScoreModel& score : model.scores) {
        Rect line = rest.cut_top(t.px(26));
        label_badge(ui, line.cut_left(t.size.badge), score.label.letter, score.label.colour);
        line.cut_left(t.space.s);
        draw_text(ui, line.cut_right(t.px(40)), score.words, t.type.small, t.ink(Ink::text), Align::right);
        line.cut_right(t.space.s);
        const Rect bar = line.cut_right(t.px(64));
        line.cut_right(t.space.s);
        draw_text(ui, line, score.label.name, t.type.small, t.ink(Ink::muted));
        meter(ui, bar,
              {.name = score.label.name,
               .words = score.words,
               .value_ppm = score.score_ppm,
               .threshold_ppm = model.confidence.threshold_ppm,
               .tone = Tone::accent});
    }
    rest.cut_top(t.space.xl);
}

// What one has said of this item before, how far that has come, and what it counts for.
void draw_own(Ui& ui, Rect& rest, const FullModel& model) {
    const Theme& t = ui.theme;
    if (model.own.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::full_own));
    for (const OwnDecision& own : model.own) {
        Rect line = rest.cut_top(t.type.body.line);
        const std::string said = own.label.name.empty() ? std::string(ui.texts(words_of(own.verdict)))
                                                        : concat(ui.texts(words_of(own.verdict)), ": ", own.label.name);
        draw_icon(ui, line.cut_left(t.size.icon_small), icon_of(own.verdict), t.ink(ink_of(tone_of(own.verdict))),
                  t.size.icon_small);
        line.cut_left(t.space.s);
        const float when = std::min(whole(text_width(ui, t.type.small, own.when)) + 1, line.w / 2);
        say_text(ui, line.cut_right(when), own.when, t.type.small, t.ink(Ink::faint), Align::right);
        line.cut_right(t.space.s);
        say_text(ui, line, said, t.type.control, t.ink(Ink::text));
        rest.cut_top(t.space.xxs);
        fate_words(ui, rest.cut_top(t.type.small.line), own.fate);
        if (!own.fate.why.empty()) {
            rest.cut_top(t.space.xxs);
            rest.cut_top(say_paragraph(ui, rest, own.fate.why, t.type.small, {.ink = Ink::muted}));
        }
        rest.cut_top(t.space.m);
    }
    rest.cut_top(t.space.m);
}

void draw_similar_one(Ui& ui, Rect& rest, const SimilarDecision& similar, Intents& intents) {
    const Theme& t = ui.theme;
    const float inner = rest.w - 2 * t.space.m;
    const float text = paragraph_height(ui, t.type.small, similar.text, inner, 2);
    const Rect box = rest.cut_top(2 * t.space.s + t.type.body.line + t.space.xs + text);
    rest.cut_top(t.space.s);
    const std::string words = concat(similar.item, ": ", ui.texts(words_of(similar.verdict)), ", ", similar.label.name);
    const IdScope scope(similar.item);
    const Item item = interact(ui, box, "similar", {.role = Role::link, .name = words, .description = similar.text},
                               {.focus_radius = t.radius.m});
    fill(ui, box, item.hovered ? t.ground(Ground::hover) : t.ground(Ground::surface), t.radius.m);
    stroke(ui, box, t.palette->line, t.radius.m);
    Rect inside = box.inset(t.space.m, t.space.s);
    Rect line = inside.cut_top(t.type.body.line);
    draw_icon(ui, line.cut_left(t.size.icon_small), icon_of(similar.verdict), t.ink(ink_of(tone_of(similar.verdict))),
              t.size.icon_small);
    line.cut_left(t.space.s);
    const std::string who = similar.when.empty() ? similar.who : concat(similar.who, ", ", similar.when);
    const float who_wide = std::min(whole(text_width(ui, t.type.small, who)) + 1, line.w / 2);
    draw_text(ui, line.cut_right(who_wide), who, t.type.small, t.ink(Ink::faint), Align::right);
    line.cut_right(t.space.s);
    label_badge(ui, line.cut_left(t.size.badge), similar.label.letter, similar.label.colour);
    line.cut_left(t.space.s);
    draw_text(ui, line, similar.label.name, t.type.control, t.ink(Ink::text));
    inside.cut_top(t.space.xs);
    say_paragraph(ui, inside, similar.text, t.type.small, {.ink = Ink::muted, .most_lines = 2});
    if (item.pressed) {
        intents.push_back(intent::OpenItem{similar.item});
    }
}

void draw_similar(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::full_similar));
    const auto say = [&](std::string_view words) {
        rest.cut_top(say_paragraph(ui, rest, words, t.type.small, {.ink = Ink::muted}));
    };
    if (model.similar_load.state == LoadModel::State::loading) {
        say(ui.texts(Text::full_similar_loading));
    } else if (model.similar_load.state == LoadModel::State::failed) {
        say(model.similar_load.problem);
    } else if (model.similar.empty()) {
        say(ui.texts(Text::full_similar_none));
    }
    for (const SimilarDecision& similar : model.similar) {
        draw_similar_one(ui, rest, similar, intents);
    }
    rest.cut_top(t.space.l);
}

void draw_notes(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::full_notes));
    if (model.notes.empty()) {
        rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::full_notes_none), t.type.small, {.ink = Ink::muted}));
    }
    for (const NoteModel& note : model.notes) {
        const std::string head = concat(note.author, "  ·  ", note.when);
        say_text(ui, rest.cut_top(t.type.small.line), head, t.type.small, t.ink(Ink::faint));
        rest.cut_top(say_paragraph(ui, rest, note.text, t.type.body, {}));
        rest.cut_top(t.space.m);
    }
    if (model.read_only) {
        return;
    }
    rest.cut_top(t.space.s);
    const FieldResult field = text_field(ui, rest.cut_top(field_height(ui, model.draft_note, rest.w, 2, 8)),
                                         {.key = "note",
                                          .name = ui.texts(Text::command_write_note),
                                          .value = model.draft_note,
                                          .placeholder = ui.texts(Text::full_note_hint),
                                          .focus_by = Command::write_note,
                                          .multiline = true});
    if (field.changed) {
        intents.push_back(intent::NoteTyped{*field.changed});
    }
    rest.cut_top(t.space.s);
    const ButtonSpec add{.label = ui.texts(Text::full_note_add), .enabled = !model.draft_note.empty(), .small = true};
    if (button(ui, rest.cut_top(t.size.control_small).cut_left(button_width(ui, add)), add)) {
        intents.push_back(intent::AddNote{});
    }
}

}  // namespace

void draw_full_context(Ui& ui, const Rect& area, const FullModel& model, OthersIn others, Intents& intents) {
    const Theme& t = ui.theme;
    const IdScope item(model.item);  // a field that has the keyboard does not keep it for the next item
    const Container region(ui.items, "context", {.role = Role::region, .name = ui.texts(Text::full_context)},
                           area_of(area));
    ScrollPane pane(ui, area, "context");
    Rect column = pane.content().inset(t.space.l, 0);
    column.cut_top(t.space.l);
    if (others == OthersIn::context) {
        draw_full_others(ui, column, model);
    }
    draw_own(ui, column, model);
    if (!model.blind) {
        draw_routing(ui, column, model);
    }
    draw_scores(ui, column, model);
    draw_similar(ui, column, model, intents);
    draw_notes(ui, column, model, intents);
    column.cut_top(model.guidance.empty() ? 0 : t.space.xl);
    draw_guidance(ui, column, model);
    pane.end_at(column.y + t.space.l);
}

}  // namespace countersign::shell
