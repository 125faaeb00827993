// The document with its evidence, finding in it, marking in it.

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/text_view/text_view.h"
#include "shell/ui/widgets/field.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

struct FindState {
    std::string text;
    int64_t match = 0;
    int64_t matches = 0;
};

void draw_find(Ui& ui, Rect rect, FindState& state) {
    const Theme& t = ui.theme;
    if (!state.text.empty()) {
        const bool none = state.matches == 0;
        const std::string words =
            none ? std::string(ui.texts(Text::full_no_match))
                 : ui.texts(Text::full_matches, grouped(state.match % state.matches + 1), grouped(state.matches));
        const float wide = whole(text_width(ui, t.type.small, words)) + 1;
        const Rect place = rect.cut_left(wide);
        ui.items.add({.role = Role::status, .name = words}, area_of(place));
        draw_text(ui, place, words, t.type.small, none ? t.ink(Ink::bad) : t.ink(Ink::muted));
        rect.cut_left(t.space.s);
    }
    const float wide = std::min(rect.w, t.px(180));
    const FieldResult find = text_field(ui, rect.cut_right(wide).centred(wide, t.size.control_small),
                                        {.key = "find",
                                         .name = ui.texts(Text::command_find),
                                         .value = state.text,
                                         .placeholder = ui.texts(Text::full_find),
                                         .icon = Icon::search,
                                         .focus_by = Command::find,
                                         .search = true});
    if (find.changed) {
        state = {*find.changed, 0, 0};
    } else if (find.submitted && state.matches > 0) {
        state.match = (state.match + 1) % state.matches;
        ui.wishes.frame_in(0);
    }
}

// Over the foot of the document while words are selected.
bool draw_mark_button(Ui& ui, const Rect& area) {
    const Theme& t = ui.theme;
    const ButtonSpec mark{.label = ui.texts(Text::full_mark),
                          .kind = ButtonKind::primary,
                          .icon = Icon::highlighter,
                          .command = Command::mark_evidence};
    const float wide = button_width(ui, mark);
    Rect foot = area;
    const Rect place = foot.cut_bottom(t.size.control + t.space.l).centred(wide, t.size.control);
    shadow(ui, place, t.radius.m);
    return button(ui, place, mark);
}

}  // namespace

void draw_full_document(Ui& ui, const Rect& area, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Container region(ui.items, "document", {.role = Role::region, .name = ui.texts(Text::full_document)},
                           area_of(area));
    FindState& find = ui.memory.of<FindState>(item_id(concat("find ", model.item)));
    Rect rest = area;
    Rect head = rest.cut_top(t.px(40)).inset(t.space.l, 0);
    draw_find(ui, head.cut_right(std::min(head.w * 0.6F, t.px(find.text.empty() ? 180 : 260))), find);
    head.cut_right(t.space.s);
    if (is_phone(ui)) {
        // The head of the screen has no room for it.
        const Urgency urgency = urgency_of(model.due.state);
        due_pill(ui, head.cut_left(due_pill_width(ui, model.due.words, urgency)), model.due.words, urgency);
        head.cut_left(t.space.s);
    }
    const std::string facts = joined(model.facts);
    if (text_width(ui, t.type.small, facts) <= head.w) {
        say_text(ui, head, facts, t.type.small, t.ink(Ink::faint));
    } else {
        Rect below = rest.inset(t.space.l, 0);
        rest.cut_top(say_paragraph(ui, below, facts, t.type.small, {.ink = Ink::faint}) + t.space.xs);
    }
    rest.cut_top(t.space.xs);
    // A column that reads well, however wide the window.
    const float column = t.size.text_column + t.px(64);
    Rect page = rest.w > column ? rest.centred(column, rest.h) : rest.inset(t.space.s, 0);

    std::vector<TextSpan> spans;
    for (size_t i = 0; i < model.evidence.size(); i++) {
        const EvidenceModel& e = model.evidence[i];
        spans.push_back({e.begin, e.end, e.colour, e.letter, static_cast<int>(i) == model.current_evidence});
    }
    for (const ChecklistQuestion& question : model.checklist) {
        for (const EvidenceModel& place : question.places) {
            spans.push_back({place.begin, place.end, place.colour, place.letter, question.marking});
        }
    }
    const std::string key = concat("text ", model.item);
    TextViewSpec spec{.key = key,
                      .name = ui.texts(Text::full_document),
                      .text = model.document,
                      .spans = spans,
                      .style = t.type.reading};
    spec.find = find.text;
    spec.current_match = find.match;
    if (model.current_evidence >= 0 && model.current_evidence < static_cast<int>(model.evidence.size())) {
        spec.reveal = model.evidence[static_cast<size_t>(model.current_evidence)].begin;
    }
    const TextViewResult result = text_view(ui, page, spec);
    find.matches = result.matches;
    const bool pressed_evidence = result.pressed_span && *result.pressed_span < model.evidence.size();
    if (pressed_evidence && static_cast<int>(*result.pressed_span) != model.current_evidence) {
        intents.push_back(intent::SelectEvidence{static_cast<int>(*result.pressed_span)});
    }
    if (result.selection && !model.read_only && draw_mark_button(ui, rest)) {
        intents.push_back(intent::AddEvidence{result.selection->begin, result.selection->end});
        clear_text_selection(ui, spec.key);
    }
}

}  // namespace countersign::shell
