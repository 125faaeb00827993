// Reason codes. A handful without groups are chips. More are a tree: groups as headings, below each code what it means;
// what is chosen stands above it, and a search finds codes by name, meaning and examples.

#include <algorithm>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

constexpr int64_t kMostChips = 8;
constexpr int64_t kFewForSearch = 12;
constexpr int kMeaningLines = 4;

// What is typed into the search: of the screen, not of the review.
struct ReasonSearch {
    std::string typed;
};

int64_t choosable(const FullModel& model) {
    return std::count_if(model.reasons.begin(), model.reasons.end(), [](const ReasonCode& one) { return !one.group; });
}

bool is_tree(const FullModel& model) {
    return choosable(model) > kMostChips ||
           std::any_of(model.reasons.begin(), model.reasons.end(), [](const ReasonCode& one) { return one.depth > 0; });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view wanted) {
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

bool found(const ReasonCode& reason, std::string_view wanted) {
    return contains(reason.full_name(), wanted) || contains(reason.description, wanted) ||
           std::any_of(reason.examples.begin(), reason.examples.end(),
                       [&](const std::string& example) { return contains(example, wanted); });
}

// The codes that are found, with the groups above them; all without a search.
std::vector<const ReasonCode*> shown(const FullModel& model, std::string_view wanted) {
    std::vector<const ReasonCode*> out;
    std::vector<const ReasonCode*> above;
    for (const ReasonCode& reason : model.reasons) {
        std::erase_if(above, [&](const ReasonCode* one) { return one->depth >= reason.depth; });
        if (found(reason, wanted) && !reason.group) {
            for (const ReasonCode* one : above) {
                if (std::find(out.begin(), out.end(), one) == out.end()) {
                    out.push_back(one);
                }
            }
            out.push_back(&reason);
        }
        above.push_back(&reason);
    }
    return out;
}

void draw_chips(Ui& ui, Rect& rest, const FullModel& model, bool chosen_only, Intents& intents) {
    const Theme& t = ui.theme;
    Flow flow({rest.x, rest.y, rest.w, 0}, t.size.control_small, t.space.xs);
    bool any = false;
    for (const ReasonCode& reason : model.reasons) {
        if (reason.group || (chosen_only && !reason.chosen)) {
            continue;
        }
        any = true;
        const std::string key = chosen_only ? concat("chosen ", reason.id) : reason.id;
        const float wide = std::min(rest.w, chip_width(ui, reason.full_name()));
        if (chip(ui, flow.place(wide), reason.full_name(), reason.chosen, key) && !model.read_only) {
            intents.push_back(intent::ToggleReason{reason.id});
        }
    }
    if (any) {
        rest.cut_top(flow.bottom() - rest.y);
    }
}

// What the code means; with what it is chosen for, once it is.
std::string meaning_of(const Ui& ui, const ReasonCode& reason) {
    std::string out = reason.description;
    if (!reason.chosen && !out.empty()) {
        return out;
    }
    for (size_t i = 0; i < reason.examples.size(); ++i) {
        out += i == 0 ? concat(out.empty() ? "" : " ", ui.texts(Text::full_reason_examples), " ") : std::string("; ");
        out += concat("\u201c", reason.examples[i], "\u201d");
    }
    return out;
}

void draw_row(Ui& ui, Rect& rest, const FullModel& model, const ReasonCode& reason, Intents& intents) {
    const Theme& t = ui.theme;
    const float indent = static_cast<float>(reason.depth) * t.space.l;
    if (reason.group) {
        rest.cut_top(t.space.xs);
        Rect line = rest.cut_top(t.type.control.line + t.space.xxs);
        line.cut_left(indent);
        say_heading(ui, line, reason.name, t.type.control, 3);
        return;
    }
    Rect line = rest.cut_top(t.size.control_small);
    line.cut_left(indent);
    const IdScope scope(reason.id);
    if (check_box(ui, line, reason.name, reason.chosen, !model.read_only)) {
        intents.push_back(intent::ToggleReason{reason.id});
    }
    const std::string meaning = meaning_of(ui, reason);
    if (!meaning.empty()) {
        Rect words = rest;
        words.cut_left(indent + t.size.icon + t.space.s);
        rest.cut_top(say_paragraph(ui, words, meaning, t.type.small, {.ink = Ink::muted, .most_lines = kMeaningLines}));
        rest.cut_top(t.space.xs);
    }
}

void draw_tree(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    draw_chips(ui, rest, model, true, intents);
    ReasonSearch& search = ui.memory.of<ReasonSearch>(item_id(concat("reason search ", model.item)));
    if (choosable(model) > kFewForSearch) {
        rest.cut_top(t.space.s);
        const FieldResult field = text_field(ui, rest.cut_top(t.size.control),
                                             {.key = "find a reason",
                                              .name = ui.texts(Text::full_reason_find),
                                              .value = search.typed,
                                              .placeholder = ui.texts(Text::full_reason_find),
                                              .icon = Icon::search,
                                              .search = true});
        if (field.changed) {
            search.typed = *field.changed;
            ui.wishes.frame_in(0);
        }
    }
    rest.cut_top(t.space.xs);
    const std::vector<const ReasonCode*> rows = shown(model, search.typed);
    for (const ReasonCode* reason : rows) {
        draw_row(ui, rest, model, *reason, intents);
    }
    if (rows.empty()) {
        rest.cut_top(
            say_paragraph(ui, rest, ui.texts(Text::full_reason_none, search.typed), t.type.small, {.ink = Ink::muted}));
    }
}

}  // namespace

void draw_full_reasons(Ui& ui, Rect& rest, const FullModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (choosable(model) == 0) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::full_reasons),
                 model.reasons_required ? ui.texts(Text::required) : std::string_view());
    const Container group(ui.items, "reasons", {.role = Role::region, .name = ui.texts(Text::full_reasons)},
                          area_of(rest));
    if (is_tree(model)) {
        draw_tree(ui, rest, model, intents);
    } else {
        draw_chips(ui, rest, model, false, intents);
    }
    if (model.reasons_missing) {
        rest.cut_top(t.space.xs);
        say_text(ui, rest.cut_top(t.type.small.line), ui.texts(Text::full_reasons_missing), t.type.small,
                 t.ink(Ink::bad));
    }
    rest.cut_top(t.space.l);
}

}  // namespace countersign::shell
