// What reviewers said of an item that one settles: one card each, with what there is of reasons, words and evidence.

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/views/full_parts.h"
#include "shell/views/parts.h"

namespace countersign::shell {
namespace {

constexpr int kMostLines = 12;  // of a rationale; whoever wants more reads it in the record

std::string said_words(const Ui& ui, const OthersDecision& said) {
    const std::string_view verdict = ui.texts(words_of(said.verdict));
    return said.label.name.empty() ? std::string(verdict) : concat(verdict, ": ", said.label.name);
}

std::string reason_words(const OthersDecision& said) {
    std::string out;
    for (const std::string& reason : said.reasons) {
        out += out.empty() ? reason : "; " + reason;
    }
    return out;
}

// A card's paragraphs below its head, drawn or only measured: both must agree.
float paragraphs(Ui& ui, const Rect& inside, const OthersDecision& said, bool drawn) {
    const Theme& t = ui.theme;
    float y = 0;
    const auto add = [&](std::string_view words, const TextStyle& style, Ink ink) {
        if (words.empty()) {
            return;
        }
        y += t.space.xs;
        const Rect place{inside.x, inside.y + y, inside.w, 0};
        y += drawn ? say_paragraph(ui, place, words, style, {.ink = ink, .most_lines = kMostLines})
                   : paragraph_height(ui, style, words, inside.w, kMostLines);
    };
    add(concat(said.who, ", ", said.when), t.type.small, Ink::faint);
    add(reason_words(said), t.type.small, Ink::muted);
    add(said.text, t.type.body, Ink::text);
    for (const std::string& quote : said.quotes) {
        add(concat("\u201c", quote, "\u201d"), t.type.small, Ink::muted);
    }
    add(said.settled ? ui.texts(Text::full_others_settled) : std::string_view(), t.type.small, Ink::good);
    return y;
}

void draw_one(Ui& ui, Rect& rest, const OthersDecision& said, const std::string& key) {
    const Theme& t = ui.theme;
    const Rect measured{0, 0, rest.w - 2 * t.space.m, 0};
    const Rect box = rest.cut_top(2 * t.space.s + t.type.body.line + paragraphs(ui, measured, said, false));
    rest.cut_top(t.space.s);
    const Container card(ui.items, key, {.role = Role::listitem, .name = concat(said.who, ": ", said_words(ui, said))},
                         area_of(box));
    fill(ui, box, t.ground(Ground::surface), t.radius.m);
    stroke(ui, box, t.palette->line, t.radius.m);
    Rect inside = box.inset(t.space.m, t.space.s);
    Rect line = inside.cut_top(t.type.body.line);
    draw_icon(ui, line.cut_left(t.size.icon_small), icon_of(said.verdict), t.ink(ink_of(tone_of(said.verdict))),
              t.size.icon_small);
    line.cut_left(t.space.s);
    if (!said.label.name.empty()) {
        label_badge(ui, line.cut_left(t.size.badge), said.label.letter, said.label.colour);
        line.cut_left(t.space.s);
    }
    const std::string_view name =
        said.label.name.empty() ? ui.texts(words_of(said.verdict)) : std::string_view(said.label.name);
    say_text(ui, line, name, t.type.control, t.ink(Ink::text));
    paragraphs(ui, inside, said, true);
}

}  // namespace

void draw_full_others(Ui& ui, Rect& rest, const FullModel& model) {
    if (model.others.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::full_others));
    const Rect all{rest.x, rest.y, rest.w, rest.h};
    const Container list(ui.items, "others", {.role = Role::list, .name = ui.texts(Text::full_others)}, area_of(all));
    for (size_t i = 0; i < model.others.size(); ++i) {
        draw_one(ui, rest, model.others[i], concat("other ", i));
    }
    rest.cut_top(ui.theme.space.l);
}

}  // namespace countersign::shell
