// The draft's parts that reasons are made of: checklist, reason codes, rationale, evidence.

#include <algorithm>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/select.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

void draw_fault(Ui& ui, Rect& rest, std::string_view words) {
    const Theme& t = ui.theme;
    rest.cut_top(t.space.xs);
    say_text(ui, rest.cut_top(t.type.small.line), words, t.type.small, t.ink(Ink::bad));
}

std::string help_of(const Ui& ui, const ChecklistQuestion& question) {
    if (question.missing) {
        return std::string(ui.texts(Text::full_answer_missing));
    }
    if (question.required) {
        return question.help;
    }
    const std::string_view optional = ui.texts(Text::optional);
    return question.help.empty() ? std::string(optional) : concat(optional, ". ", question.help);
}

// Answers that stand side by side, with the values that they mean.
struct SideBySide {
    std::vector<Segment> segments;
    std::vector<std::string_view> values;

    int chosen(std::string_view value) const {
        const auto at = std::find(values.begin(), values.end(), value);
        return at == values.end() ? -1 : static_cast<int>(at - values.begin());
    }
};

SideBySide answers_of(const Ui& ui, const ChecklistQuestion& question) {
    SideBySide out;
    const auto add = [&](std::string_view words, std::string_view value) {
        out.segments.push_back({.label = words});
        out.values.push_back(value);
    };
    if (question.kind == QuestionKind::choice) {
        for (const ChoiceModel& option : question.options) {
            add(option.name, option.id);
        }
        return out;
    }
    add(ui.texts(Text::full_yes), "yes");
    add(ui.texts(Text::full_no), "no");
    if (question.kind == QuestionKind::yes_no_na) {
        add(ui.texts(Text::full_not_applicable), "na");
    }
    return out;
}

// The question's words in the column given; returns their height.
float say_question(Ui& ui, Rect row, const ChecklistQuestion& question) {
    const Theme& t = ui.theme;
    const Rect before = row;
    const std::string help = help_of(ui, question);
    const Ink words = question.missing ? Ink::bad : Ink::text;
    row.cut_top(say_paragraph(ui, row, question.text, t.type.body, {.ink = words}));
    if (!help.empty()) {
        const Ink faint = question.missing ? Ink::bad : Ink::faint;
        row.cut_top(say_paragraph(ui, row, help, t.type.small, {.ink = faint}));
    }
    return row.y - before.y;
}

float question_height(const Ui& ui, const ChecklistQuestion& question, float width) {
    const Theme& t = ui.theme;
    const std::string help = help_of(ui, question);
    const float below = help.empty() ? 0 : paragraph_height(ui, t.type.small, help, width);
    return paragraph_height(ui, t.type.body, question.text, width) + below;
}

// Question and answer side by side: a checklist reads as a table. Answers that would leave too little for the words
// stand below them.
void draw_segments(Ui& ui, Rect& rest, const FullModel& model, const ChecklistQuestion& question, Intents& intents) {
    const Theme& t = ui.theme;
    const SideBySide answers = answers_of(ui, question);
    const SegmentsSpec spec{.key = "answer",
                            .name = question.text,
                            .segments = answers.segments,
                            .chosen = answers.chosen(question.value),
                            .enabled = !model.read_only,
                            .invalid = question.missing};
    const float wide = std::min(rest.w, segments_width(ui, spec));
    Rect place;
    if (wide > rest.w / 2) {
        rest.cut_top(say_question(ui, rest, question) + t.space.xs);
        place = rest.cut_top(t.size.control).cut_left(wide);
    } else {
        const float words = question_height(ui, question, rest.w - wide - t.space.m);
        Rect row = rest.cut_top(std::max(t.size.control, words));
        place = row.cut_right(wide);
        place.h = t.size.control;
        row.cut_right(t.space.m);
        row.cut_top(words < t.size.control ? whole((t.size.control - words) / 2) : 0);
        say_question(ui, row, question);
    }
    if (const auto chosen = segments(ui, place, spec)) {
        intents.push_back(
            intent::AnswerQuestion{question.id, std::string(answers.values[static_cast<size_t>(*chosen)])});
    }
}

void draw_written(Ui& ui, Rect& rest, const FullModel& model, const ChecklistQuestion& question, Intents& intents) {
    const Theme& t = ui.theme;
    rest.cut_top(say_question(ui, rest, question) + t.space.xs);
    const bool lines = question.kind == QuestionKind::text;
    const float tall = lines ? field_height(ui, question.value, rest.w, 1, 6) : t.size.control;
    const FieldResult field = text_field(ui, rest.cut_top(tall),
                                         {.key = "answer",
                                          .name = question.text,
                                          .value = question.value,
                                          .multiline = lines,
                                          .required = question.required,
                                          .invalid = question.missing,
                                          .enabled = !model.read_only});
    if (field.changed) {
        intents.push_back(intent::AnswerQuestion{question.id, *field.changed});
    }
}

// Places in the document: each as what stands there; the next ones are marked as evidence is.
void draw_places(Ui& ui, Rect& rest, const FullModel& model, const ChecklistQuestion& question, Intents& intents) {
    const Theme& t = ui.theme;
    rest.cut_top(say_question(ui, rest, question) + t.space.xs);
    const Container list(ui.items, "places", {.role = Role::list, .name = question.text}, area_of(rest));
    for (size_t i = 0; i < question.places.size(); ++i) {
        const IdScope scope(concat("place ", i));
        Rect row = rest.cut_top(t.size.control_small);
        if (!model.read_only) {
            const std::string remove = ui.texts(Text::full_place_remove, grouped(static_cast<int64_t>(i) + 1));
            if (icon_button(ui, row.cut_right(t.size.control_small), Icon::x,
                            {.label = remove, .kind = ButtonKind::plain, .key = "remove"})) {
                intents.push_back(intent::RemovePlace{question.id, static_cast<int>(i)});
            }
        }
        label_badge(ui, row.cut_left(t.size.badge), question.places[i].letter, question.places[i].colour);
        row.cut_left(t.space.s);
        const Container item(ui.items, "item", {.role = Role::listitem, .name = question.places[i].quote},
                             area_of(row));
        draw_text(ui, row, question.places[i].quote, t.type.body, t.ink(Ink::text));
    }
    if (model.read_only) {
        return;
    }
    rest.cut_top(question.places.empty() ? 0 : t.space.xs);
    const ButtonSpec mark{
        .label = ui.texts(question.marking ? Text::full_marking_for : Text::full_mark_for),
        .kind = question.marking ? ButtonKind::primary : ButtonKind::quiet,
        .icon = Icon::highlighter,
        .small = true,
    };
    if (button(ui, rest.cut_top(t.size.control_small).cut_left(std::min(rest.w, button_width(ui, mark))), mark)) {
        intents.push_back(intent::MarkFor{question.id});
    }
}

void draw_choice(Ui& ui, Rect& rest, const FullModel& model, const ChecklistQuestion& question, Intents& intents) {
    const Theme& t = ui.theme;
    rest.cut_top(say_question(ui, rest, question) + t.space.xs);
    std::vector<Option> options;
    int chosen = -1;
    for (size_t i = 0; i < question.options.size(); ++i) {
        options.push_back({.label = question.options[i].name});
        chosen = question.options[i].id == question.value ? static_cast<int>(i) : chosen;
    }
    const SelectSpec spec{.key = "answer",
                          .name = question.text,
                          .empty = ui.texts(Text::full_choose_answer),
                          .options = options,
                          .chosen = chosen,
                          .enabled = !model.read_only};
    if (const auto picked = select(ui, rest.cut_top(t.size.control), spec)) {
        intents.push_back(intent::AnswerQuestion{question.id, question.options[static_cast<size_t>(*picked)].id});
    }
}

constexpr size_t kMostSegments = 4;

void draw_question(Ui& ui, Rect& rest, const FullModel& model, const ChecklistQuestion& question, Intents& intents) {
    const IdScope scope(question.id);
    if (question.kind == QuestionKind::number || question.kind == QuestionKind::text) {
        draw_written(ui, rest, model, question, intents);
    } else if (question.kind == QuestionKind::evidence) {
        draw_places(ui, rest, model, question, intents);
    } else if (question.kind == QuestionKind::choice && question.options.size() > kMostSegments) {
        draw_choice(ui, rest, model, question, intents);
    } else {
        draw_segments(ui, rest, model, question, intents);
    }
    rest.cut_top(ui.theme.space.m);
}

}  // namespace

void draw_checklist(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    if (model.checklist.empty()) {
        return;
    }
    int64_t answered = 0;
    for (const ChecklistQuestion& question : model.checklist) {
        answered += question.value.empty() ? 0 : 1;
    }
    const auto count = static_cast<int64_t>(model.checklist.size());
    section_head(ui, rest, ui.texts(Text::full_checklist),
                 ui.texts(Text::full_answered, grouped(answered), grouped(count)));
    for (const ChecklistQuestion& question : model.checklist) {
        draw_question(ui, rest, model, question, intents);
    }
    rest.cut_top(ui.theme.space.m);
}

void draw_rationale(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    draw_full_reasons(ui, rest, model, intents);
    section_head(ui, rest, ui.texts(Text::full_rationale),
                 model.rationale_required ? ui.texts(Text::required) : std::string_view());
    const float tall = field_height(ui, model.rationale, rest.w, 3, 10);
    const FieldResult field = text_field(ui, rest.cut_top(tall),
                                         {.key = "rationale",
                                          .name = ui.texts(Text::full_rationale),
                                          .value = model.rationale,
                                          .placeholder = ui.texts(Text::full_rationale_hint),
                                          .focus_by = Command::write_rationale,
                                          .multiline = true,
                                          .required = model.rationale_required,
                                          .invalid = model.rationale_missing,
                                          .enabled = !model.read_only});
    if (field.changed) {
        intents.push_back(intent::RationaleTyped{*field.changed});
    }
    if (model.rationale_missing) {
        draw_fault(ui, rest, ui.texts(Text::full_rationale_missing));
    }
    rest.cut_top(t.space.xl);
}

void draw_evidence(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::full_evidence),
                 model.evidence_required ? ui.texts(Text::required) : std::string_view());
    if (model.evidence.empty()) {
        rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::full_evidence_hint), t.type.small, {.ink = Ink::muted}));
        return;
    }
    const auto count = static_cast<int32_t>(model.evidence.size());
    const Container list(ui.items, "evidence", {.role = Role::list, .name = ui.texts(Text::full_evidence)},
                         area_of(rest));
    for (int32_t i = 0; i < count; i++) {
        const EvidenceModel& evidence = model.evidence[static_cast<size_t>(i)];
        const IdScope scope(int64_t{i});
        Rect row = rest.cut_top(t.size.control);
        const bool current = i == model.current_evidence;
        const Rect all{row.x - t.space.s, row.y, row.w + 2 * t.space.s, row.h};
        Meaning meaning;
        meaning.role = Role::option;
        const std::string spoken = concat(evidence.letter, ": ", evidence.quote);
        meaning.name = spoken;
        meaning.state.selected = current;
        meaning.position = i + 1;
        meaning.set_size = count;
        const Item item = interact(ui, all, "evidence", meaning, {.allow_overlap = true, .focus_radius = t.radius.m});
        fill(ui, all, current ? t.ground(Ground::selected) : item.hovered ? t.ground(Ground::hover) : 0, t.radius.m);
        label_badge(ui, row.cut_left(t.size.badge), evidence.letter, evidence.colour);
        row.cut_left(t.space.s);
        if (!model.read_only) {
            const std::string remove = ui.texts(Text::full_evidence_remove, evidence.letter);
            if (icon_button(ui, row.cut_right(t.size.control_small).centred(t.size.control_small, t.size.control_small),
                            Icon::x, {.label = remove, .kind = ButtonKind::plain, .key = "remove"})) {
                intents.push_back(intent::RemoveEvidence{i});
            }
        }
        draw_text(ui, row, evidence.quote, t.type.body, t.ink(Ink::text));
        if (item.pressed) {
            intents.push_back(intent::SelectEvidence{i});
        }
    }
}

}  // namespace countersign::shell
