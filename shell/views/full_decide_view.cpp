// What is decided: verdict, checklist, reasons, rationale, evidence, and submitting.

#include <algorithm>
#include <vector>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/ui/widgets/select.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

// What can be chosen: nothing is accepted that is not shown.
std::vector<Verdict> verdicts_of(const FullModel& model) {
    std::vector<Verdict> out{Verdict::accept, Verdict::correct, Verdict::reject, Verdict::escalate};
    if (model.blind) {
        out.erase(out.begin());
    }
    return out;
}

int chosen_verdict(const FullModel& model, const std::vector<Verdict>& verdicts) {
    const auto found = std::find(verdicts.begin(), verdicts.end(), model.verdict);
    return found == verdicts.end() ? -1 : static_cast<int>(found - verdicts.begin());
}

void draw_verdict(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::full_decision));
    const std::string accept = ui.texts(Text::full_accept_as, model.predicted.name);
    std::vector<Option> options{
        {.label = accept,
         .letter = model.predicted.letter,
         .colour = model.predicted.colour,
         .command = Command::accept},
        {.label = ui.texts(model.blind ? Text::full_blind_label : Text::full_correct_to), .command = Command::correct},
        {.label = ui.texts(Text::full_reject), .command = Command::reject},
        {.label = ui.texts(Text::full_escalate), .command = Command::escalate},
    };
    const std::vector<Verdict> verdicts = verdicts_of(model);
    options.erase(options.begin(), options.end() - static_cast<ptrdiff_t>(verdicts.size()));
    const float tall = radio_row_height(ui) * static_cast<float>(options.size());
    const RadioSpec spec{.key = "verdict",
                         .name = ui.texts(Text::full_decision),
                         .options = options,
                         .chosen = chosen_verdict(model, verdicts),
                         .enabled = !model.read_only};
    const Rect list = rest.cut_top(tall);
    if (const auto chosen = radio_list(ui, {list.x - t.space.s, list.y, list.w + 2 * t.space.s, list.h}, spec)) {
        intents.push_back(intent::ChooseVerdict{verdicts[static_cast<size_t>(*chosen)]});
    }
    if (model.verdict != Verdict::correct) {
        return;
    }
    rest.cut_top(t.space.s);
    std::vector<Option> labels;
    for (const LabelModel& label : model.labels) {
        labels.push_back({.label = label.name, .letter = label.letter, .colour = label.colour});
    }
    const SelectSpec label{.key = "label",
                           .name = ui.texts(Text::full_choose_label),
                           .empty = ui.texts(Text::full_choose_label),
                           .options = labels,
                           .chosen = model.corrected_to,
                           .enabled = !model.read_only};
    if (const auto chosen = select(ui, rest.cut_top(t.size.control), label)) {
        intents.push_back(intent::ChooseLabel{*chosen});
    }
}

constexpr size_t kMostMissing = 3;

// One line each; the last says how many more there are.
std::vector<std::string> missing_lines(const Ui& ui, const FullModel& model) {
    std::vector<std::string> lines;
    const size_t count = model.missing.size();
    for (size_t i = 0; i < count && i < kMostMissing; i++) {
        lines.push_back(model.missing[i]);
    }
    if (count > kMostMissing) {
        lines.push_back(ui.texts(Text::full_missing_more, grouped(static_cast<int64_t>(count - kMostMissing))));
    }
    return lines;
}

std::string missing_sentence(const Ui& ui, const FullModel& model) {
    std::string list;
    for (const std::string& one : model.missing) {
        list.append(list.empty() ? "" : "; ").append(one);
    }
    return concat(ui.texts(Text::full_missing), ": ", list);
}

// Always in sight, however long the checklist is.
void draw_submit(Ui& ui, Rect area, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    edge(ui, area, Side::top, t.palette->line);
    Rect rest = area.inset(t.space.l, t.space.m);
    const bool ready = model.missing.empty();
    const Rect place = rest.cut_bottom(t.px(40));
    rest.cut_bottom(t.space.s);
    if (!ready) {
        const Tone tone = model.tried ? Tone::bad : Tone::neutral;
        const std::string spoken = missing_sentence(ui, model);
        ui.items.add({.role = model.tried ? Role::alert : Role::status, .name = spoken}, area_of(rest));
        Rect line = rest.cut_top(t.type.small.line);
        draw_icon(ui, line.cut_left(t.size.icon_small), Icon::circle_alert, t.ink(ink_of(tone)), t.size.icon_small);
        line.cut_left(t.space.xs);
        draw_text(ui, line, ui.texts(Text::full_missing), t.type.small, t.ink(ink_of(tone)));
        for (const std::string& one : missing_lines(ui, model)) {
            Rect words = rest.cut_top(t.type.small.line);
            words.cut_left(t.size.icon_small + t.space.xs);
            draw_text(ui, words, one, t.type.small, t.ink(model.tried ? Ink::bad : Ink::text));
        }
    }
    // Not disabled while something is missing: pressing it says what.
    const std::string hindrance = ready ? std::string() : missing_sentence(ui, model);
    if (button(ui, place,
               {.label = ui.texts(Text::full_submit),
                .kind = ready ? ButtonKind::primary : ButtonKind::quiet,
                .command = Command::submit,
                .enabled = !model.read_only,
                .description = hindrance})) {
        intents.push_back(intent::Submit{});
    }
}

float submit_height(const Ui& ui, const FullModel& model) {
    const Theme& t = ui.theme;
    const size_t lines = model.missing.empty() ? 0 : missing_lines(ui, model).size() + 1;
    const float missing = lines == 0 ? 0 : t.space.s + static_cast<float>(lines) * t.type.small.line;
    return t.px(40) + 2 * t.space.m + missing;
}

}  // namespace

void draw_full_decide(Ui& ui, const Rect& area, const FullModel& model, OthersIn others, Intents& intents) {
    const Theme& t = ui.theme;
    const IdScope item(model.item);  // a field that has the keyboard does not keep it for the next item
    const Container region(ui.items, "decide", {.role = Role::region, .name = ui.texts(Text::full_decide)},
                           area_of(area));
    Rect rest = area;
    const Rect foot = model.read_only ? Rect{} : rest.cut_bottom(submit_height(ui, model));
    {
        ScrollPane pane(ui, rest, "decide");
        Rect column = pane.content().inset(t.space.l, 0);
        column.cut_top(t.space.l);
        if (others == OthersIn::decide) {
            draw_full_others(ui, column, model);
        }
        section_head(ui, column, ui.texts(Text::full_prediction),
                     model.model.empty() ? std::string() : ui.texts(Text::full_said_by, model.model));
        if (model.blind) {
            column.cut_top(say_paragraph(ui, column, ui.texts(Text::blind_words), t.type.small, {.ink = Ink::muted}));
        } else {
            const PredictionBlock block{model.predicted, model.confidence};
            draw_prediction(ui, column.cut_top(prediction_height(ui, block)), block);
        }
        column.cut_top(t.space.l);
        draw_verdict(ui, column, model, intents);
        column.cut_top(t.space.xl);
        draw_checklist(ui, column, model, intents);
        draw_rationale(ui, column, model, intents);
        draw_evidence(ui, column, model, intents);
        pane.end_at(column.y + t.space.l);
    }
    if (!model.read_only) {
        draw_submit(ui, foot, model, intents);
    }
}

}  // namespace countersign::shell
