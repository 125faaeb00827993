#include "shell/views/parts.h"

#include "core/base/concat.h"
#include "shell/ui/core/item.h"

namespace countersign::shell {

bool is_phone(const Ui& ui) {
    return ui.theme.density == Density::touch;
}

Text words_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::accept: return Text::verdict_accepted;
        case Verdict::correct: return Text::verdict_corrected;
        case Verdict::reject: return Text::verdict_rejected;
        case Verdict::escalate: return Text::verdict_escalated;
        case Verdict::skip: return Text::verdict_skipped;
    }
    return Text::verdict_accepted;
}

Text words_of(Tier tier) {
    switch (tier) {
        case Tier::automatic: return Text::tier_automatic;
        case Tier::quick: return Text::tier_quick;
        case Tier::full: return Text::tier_full;
    }
    return Text::tier_quick;
}

Text words_of(Level level) {
    switch (level) {
        case Level::on_device: return Text::level_on_device;
        case Level::saved: return Text::level_saved;
        case Level::sealed: return Text::level_sealed;
        case Level::stable: return Text::level_stable;
    }
    return Text::level_on_device;
}

Text explanation_of(Level level) {
    switch (level) {
        case Level::on_device: return Text::level_on_device_text;
        case Level::saved: return Text::level_saved_text;
        case Level::sealed: return Text::level_sealed_text;
        case Level::stable: return Text::level_stable_text;
    }
    return Text::level_on_device_text;
}

Text words_of(Standing standing) {
    switch (standing) {
        case Standing::effective: return Text::standing_effective;
        case Standing::extra: return Text::standing_extra;
        case Standing::reconfirm: return Text::standing_reconfirm;
        case Standing::withdrawn: return Text::standing_withdrawn;
        case Standing::superseded: return Text::standing_superseded;
        case Standing::quarantined: return Text::standing_quarantined;
        case Standing::rejected: return Text::standing_rejected;
    }
    return Text::standing_effective;
}

Icon icon_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::accept: return Icon::check;
        case Verdict::correct: return Icon::pencil;
        case Verdict::reject: return Icon::x;
        case Verdict::escalate: return Icon::arrow_up_right;
        case Verdict::skip: return Icon::skip_forward;
    }
    return Icon::check;
}

Tone tone_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::accept: return Tone::good;
        case Verdict::correct: return Tone::accent;
        case Verdict::reject: return Tone::bad;
        case Verdict::escalate: return Tone::warn;
        case Verdict::skip: return Tone::neutral;
    }
    return Tone::neutral;
}

Icon icon_of(Level level) {
    switch (level) {
        case Level::on_device: return Icon::hard_drive;
        case Level::saved: return Icon::circle_check;
        case Level::sealed: return Icon::shield_check;
        case Level::stable: return Icon::database_backup;
    }
    return Icon::hard_drive;
}

Tone tone_of(Level level) {
    return level == Level::on_device ? Tone::neutral : Tone::good;
}

Icon icon_of(Standing standing) {
    switch (standing) {
        case Standing::effective: return Icon::check;
        case Standing::extra: return Icon::users;
        case Standing::reconfirm: return Icon::reply;
        case Standing::withdrawn: return Icon::undo_2;
        case Standing::superseded: return Icon::replace;
        case Standing::quarantined: return Icon::hourglass;
        case Standing::rejected: return Icon::ban;
    }
    return Icon::check;
}

Tone tone_of(Standing standing) {
    switch (standing) {
        case Standing::effective: return Tone::good;
        case Standing::reconfirm: return Tone::accent;
        case Standing::quarantined: return Tone::warn;
        case Standing::rejected: return Tone::bad;
        default: return Tone::neutral;
    }
}

TierMark mark_of(Tier tier) {
    switch (tier) {
        case Tier::automatic: return TierMark::automatic;
        case Tier::quick: return TierMark::quick;
        case Tier::full: return TierMark::full;
    }
    return TierMark::quick;
}

Urgency urgency_of(DueState state) {
    switch (state) {
        case DueState::none: return Urgency::none;
        case DueState::later: return Urgency::later;
        case DueState::soon: return Urgency::soon;
        case DueState::overdue: return Urgency::overdue;
    }
    return Urgency::none;
}

std::string joined(std::span<const std::string> facts) {
    std::string out;
    for (const std::string& fact : facts) {
        out.append(out.empty() ? "" : "  ·  ").append(fact);
    }
    return out;
}

Rect screen_head(Ui& ui, Rect& area, std::string_view title, std::string_view detail) {
    const Theme& t = ui.theme;
    Rect head = area.cut_top(t.size.header);
    edge(ui, head, Side::bottom, t.palette->line);
    head = head.inset(t.space.l, 0);
    const float wide = say_heading(ui, head, title, t.type.title, 1);
    head.cut_left(wide + t.space.s);
    if (!detail.empty()) {
        const float room = text_width(ui, t.type.body, detail);
        say_text(ui, {head.x, head.y, std::min(head.w, room + 1), head.h}, detail, t.type.body, t.ink(Ink::faint));
        head.cut_left(std::min(head.w, whole(room) + t.space.l));
    }
    return head;
}

namespace {

// An icon, a word, and what the word means for whoever rests on it or has it read.
void explained(Ui& ui, const Rect& rect, Icon icon, Tone tone, std::string_view words, std::string_view meaning) {
    const Theme& t = ui.theme;
    ui.items.add({.role = Role::text, .name = words, .description = meaning}, area_of(rect));
    Rect rest = rect;
    const Ink ink = ink_of(tone);
    draw_icon(ui, rest.cut_left(t.size.icon_small), icon, t.ink(ink), t.size.icon_small);
    rest.cut_left(t.space.xs);
    draw_text(ui, rest, words, t.type.small, t.ink(tone == Tone::bad || tone == Tone::warn ? ink : Ink::muted));
    hint(ui, rect, meaning);
}

constexpr size_t kLinksAtFirst = 24;

struct LinksShown {
    bool all = false;
};

}  // namespace

void level_words(Ui& ui, const Rect& rect, Level level) {
    explained(ui, rect, icon_of(level), tone_of(level), ui.texts(words_of(level)), ui.texts(explanation_of(level)));
}

float level_words_width(const Ui& ui, Level level) {
    const Theme& t = ui.theme;
    return t.size.icon_small + t.space.xs + whole(text_width(ui, t.type.small, ui.texts(words_of(level)))) + 1;
}

void fate_words(Ui& ui, const Rect& rect, const FateModel& fate) {
    if (fate.standing == Standing::effective) {
        const std::string meaning = concat(ui.texts(explanation_of(fate.level)), fate.why.empty() ? "" : " ", fate.why);
        explained(ui, rect, icon_of(fate.level), tone_of(fate.level), ui.texts(words_of(fate.level)), meaning);
        return;
    }
    const std::string meaning = concat(fate.why, fate.why.empty() ? "" : " ", ui.texts(words_of(fate.level)), ": ",
                                       ui.texts(explanation_of(fate.level)));
    explained(ui, rect, icon_of(fate.standing), tone_of(fate.standing), ui.texts(words_of(fate.standing)), meaning);
}

std::string fate_text(const Ui& ui, const FateModel& fate) {
    const std::string_view words =
        fate.standing == Standing::effective ? ui.texts(words_of(fate.level)) : ui.texts(words_of(fate.standing));
    return fate.why.empty() ? std::string(words) : concat(words, ". ", fate.why);
}

float item_links_height(const Ui& ui, float width, std::span<const ItemLink> items) {
    const Theme& t = ui.theme;
    const bool all = ui.memory.of<LinksShown>(item_id("links")).all || items.size() <= kLinksAtFirst;
    Flow flow({0, 0, width, 0}, t.type.mono.line + t.space.xs, t.space.m);
    for (size_t i = 0; i < (all ? items.size() : kLinksAtFirst); ++i) {
        flow.place(whole(text_width(ui, t.type.mono, items[i].item)) + 1);
    }
    return flow.bottom() + (all ? 0 : t.space.xs + t.size.control_small);
}

void item_links(Ui& ui, Rect& rest, std::span<const ItemLink> items, Intents& intents) {
    const Theme& t = ui.theme;
    LinksShown& shown = ui.memory.of<LinksShown>(item_id("links"));
    const bool all = shown.all || items.size() <= kLinksAtFirst;
    Flow flow({rest.x, rest.y, rest.w, 0}, t.type.mono.line + t.space.xs, t.space.m);
    for (size_t i = 0; i < (all ? items.size() : kLinksAtFirst); ++i) {
        const IdScope scope(static_cast<int64_t>(i));
        const Rect place = flow.place(whole(text_width(ui, t.type.mono, items[i].item)) + 1);
        if (link(ui, place, items[i].item, t.type.mono)) {
            intents.push_back(intent::OpenItem{items[i].item, items[i].project});
        }
    }
    rest.cut_top(flow.bottom() - rest.y);
    if (all) {
        return;
    }
    rest.cut_top(t.space.xs);
    const std::string words = ui.texts(Text::sync_notice_more, grouped(static_cast<int64_t>(items.size())));
    const ButtonSpec more{.label = words, .kind = ButtonKind::plain, .small = true};
    if (button(ui, rest.cut_top(t.size.control_small).cut_left(button_width(ui, more)), more)) {
        shown.all = true;
        ui.wishes.frame_in(0);
    }
}

float prediction_height(const Ui& ui, const PredictionBlock& block) {
    const Theme& t = ui.theme;
    const float threshold = block.confidence.threshold_ppm >= 0 ? t.space.xs + t.type.small.line : 0;
    return (block.large ? t.type.title.line : t.type.strong.line) + t.space.s + t.px(10) + threshold;
}

void draw_prediction(Ui& ui, const Rect& rect, const PredictionBlock& block) {
    const Theme& t = ui.theme;
    const TextStyle& style = block.large ? t.type.title : t.type.strong;
    Rect rest = rect;
    Rect line = rest.cut_top(style.line);
    const float share = whole(text_width(ui, style, block.confidence.words)) + 1;
    say_text(ui, line.cut_right(share), block.confidence.words, style, t.ink(Ink::text), Align::right);
    line.cut_right(t.space.m);
    label_with_badge(ui, line, block.label.letter, block.label.colour, block.label.name, style);
    rest.cut_top(t.space.s);
    const bool sure =
        block.confidence.threshold_ppm >= 0 && block.confidence.value_ppm >= block.confidence.threshold_ppm;
    meter(ui, rest.cut_top(t.px(10)),
          {.name = ui.texts(Text::confidence),
           .words = block.confidence.words,
           .value_ppm = block.confidence.value_ppm,
           .threshold_ppm = block.confidence.threshold_ppm,
           .tone = sure ? Tone::good : Tone::accent});
    rest.cut_top(t.space.xs);
    if (block.confidence.threshold_ppm >= 0) {
        const std::string words = ui.texts(Text::threshold, block.confidence.threshold_words);
        say_text(ui, rest.cut_top(t.type.small.line), words, t.type.small, t.ink(Ink::faint), Align::right);
    }
}

std::optional<Command> command_of(const LabelModel& label) {
    if (label.key.size() != 1) {
        return std::nullopt;
    }
    const char key = label.key[0];
    return key >= '0' && key <= '9' ? label_command(key == '0' ? 9 : static_cast<size_t>(key - '1'))
                                    : std::optional(Command::label_letter);
}

bool commanded(Ui& ui, const LabelModel& label) {
    const auto command = command_of(label);
    if (!command || (*command == Command::label_letter && key_caption(ui.input.label_letter) != label.letter)) {
        return false;
    }
    return ui.commanded(*command);
}

std::string shortcut_of(const LabelModel& label) {
    return label.key.empty() ? std::string() : label.letter;
}

bool draw_unready(Ui& ui, const Rect& rect, const LoadModel& load, std::string_view loading_words, Intents& intents) {
    if (load.state == LoadModel::State::ready) {
        return false;
    }
    if (load.state == LoadModel::State::loading) {
        const Theme& t = ui.theme;
        const float wide = t.size.icon + t.space.s + whole(text_width(ui, t.type.body, loading_words)) + 1;
        busy_line(ui, rect.centred(wide, t.size.control), loading_words);
        return true;
    }
    if (empty_state(ui, rect,
                    {.icon = Icon::triangle_alert,
                     .title = ui.texts(Text::load_failed),
                     .text = load.problem,
                     .action = ui.texts(Text::try_again),
                     .tone = Tone::warn})) {
        intents.push_back(intent::TryAgain{});
    }
    return true;
}

Rect Flow::place(float width) {
    const float held = std::min(width, rect_.w);
    if (x_ + held > rect_.right() && x_ > rect_.x) {
        x_ = rect_.x;
        y_ += row_height_ + gap_;
    }
    const Rect out{x_, y_, held, row_height_};
    x_ += held + gap_;
    return out;
}

}  // namespace countersign::shell
