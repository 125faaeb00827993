#include <algorithm>
#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/text_view/text_view.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/ui/widgets/select.h"
#include "shell/views/label_choice.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr float kColumn = 720;  // CSS pixels
constexpr float kCard = 540;    // height for all but long texts

// What a key or a button does to the card on the screen.
struct Deciding {
    const QuickModel& model;
    Intents& intents;
    bool decided = false;

    void as(Verdict verdict, std::string label = {}) {
        if (model.current && !decided) {
            intents.push_back(intent::Decide{model.current->item, verdict, std::move(label)});
            decided = true;
        }
    }
};

// Keys are heard before anything is drawn: the card that follows is then on the screen in the same frame.
void take_keys(Ui& ui, Deciding& deciding) {
    const QuickModel& model = deciding.model;
    if (!model.current) {
        return;
    }
    if (!model.current->blind && ui.commanded(Command::accept)) {
        deciding.as(Verdict::accept);
    }
    if (model.can_reject && ui.commanded(Command::reject)) {
        deciding.as(Verdict::reject);
    }
    if (ui.commanded(Command::skip)) {
        deciding.as(Verdict::skip);
    }
    if (model.can_escalate && ui.commanded(Command::escalate)) {
        deciding.as(Verdict::escalate);
    }
    for (const LabelModel& label : model.labels) {
        if (commanded(ui, label)) {
            const bool same = label.id == model.current->label.id;
            deciding.as(same ? Verdict::accept : Verdict::correct, same ? std::string() : label.id);
        }
    }
}

std::vector<LabelChoice> label_choices(const QuickModel& model, const QuickCard& card) {
    std::vector<LabelChoice> out;
    for (const LabelModel& label : model.labels) {
        if (label.id == card.label.id || label.key.empty()) {
            continue;
        }
        LabelChoice choice{&label, {}};
        for (const ScoreModel& score : card.others) {
            if (score.label.id == label.id) {
                choice.share = score.words;
            }
        }
        out.push_back(std::move(choice));
    }
    return out;
}

// Labels without a key are in a list of their own.
bool has_more(const QuickModel& model) {
    return std::any_of(model.labels.begin(), model.labels.end(),
                       [](const LabelModel& label) { return label.key.empty(); });
}

class Card {
public:
    Card(Ui& ui, const QuickCard& card, Deciding& deciding) : ui_(ui), card_(card), deciding_(deciding) {}

    void draw(const Rect& area) {
        const Theme& t = ui_.theme;
        const Container region(ui_.items, card_.item,
                               {.role = Role::region, .name = concat(ui_.texts(Text::quick_title), " ", card_.item)},
                               area_of(area));
        Rect rest = area.inset(padding());
        draw_facts(rest.cut_top(t.px(20)));
        rest.cut_top(t.space.m);
        // The text has room for three lines at least; the rest of the card stays where it is, whatever the text.
        const float most = rest.h - 3 * t.type.card.line - t.space.l;
        const Rect below = rest.cut_bottom(std::min(lower_height(rest.w), std::max(most, rest.h / 3)));
        rest.cut_bottom(t.space.l);
        text_view(ui_, rest,
                  {.key = concat("text ", card_.item),
                   .name = ui_.texts(Text::quick_document),
                   .text = card_.text,
                   .style = t.type.card,
                   .margin = false});
        draw_lower(below);
    }

    // What it takes to show all of the text.
    float wanted_height(float width) const {
        const Theme& t = ui_.theme;
        const float inner = width - 2 * padding();
        return 2 * padding() + t.px(20) + t.space.m + text_view_height(ui_, card_.text, t.type.card, inner) +
               t.space.l + lower_height(inner);
    }

private:
    float padding() const { return is_phone(ui_) ? ui_.theme.space.l : ui_.theme.space.xl; }

    void draw_facts(Rect rect) {
        const Theme& t = ui_.theme;
        const Urgency urgency = urgency_of(card_.due.state);
        due_pill(ui_, rect.cut_right(due_pill_width(ui_, card_.due.words, urgency)), card_.due.words, urgency);
        rect.cut_right(t.space.m);
        const float wide = say_text(ui_, rect, card_.item, t.type.mono, t.ink(Ink::faint));
        rect.cut_left(wide + t.space.m);
        say_text(ui_, rect, joined(card_.facts), t.type.small, t.ink(Ink::faint));
    }

    float choices_height(float width) const {
        const Theme& t = ui_.theme;
        Flow flow({0, 0, width, 0}, t.size.control, t.space.s);
        for (const LabelChoice& choice : label_choices(deciding_.model, card_)) {
            flow.place(label_choice_width(ui_, choice));
        }
        if (has_more(deciding_.model)) {
            flow.place(t.px(140));
        }
        return flow.bottom();
    }

    float why_height(float width) const {
        const Theme& t = ui_.theme;
        return paragraph_height(ui_, t.type.small, card_.routing.sentence, width - t.size.icon_small - t.space.s);
    }

    float note_height(const std::string& note, float width) const {
        return notice_height(ui_, {.icon = Icon::sticky_note, .text = note, .tone = Tone::warn}, width) +
               ui_.theme.space.s;
    }

    float lower_height(float width) const {
        const Theme& t = ui_.theme;
        float height =
            t.space.l + (card_.blind ? paragraph_height(ui_, t.type.small, ui_.texts(Text::blind_words), width)
                                     : t.type.small.line + t.space.s +
                                           prediction_height(ui_, {card_.label, card_.confidence, true}));
        for (const std::string& note : card_.notes) {
            height += note_height(note, width);
        }
        height += card_.routing.sentence.empty() ? 0 : t.space.s + why_height(width);
        const float choices = choices_height(width);
        height += choices > 0 ? t.space.l + t.type.small.line + t.space.s + choices : 0;
        return height;
    }

    void draw_lower(const Rect& area) {
        const Theme& t = ui_.theme;
        edge(ui_, area, Side::top, t.palette->line);
        // As far as the card's edges, so that the scroll bar and what is cut off stand at the edge.
        const float pad = padding() - t.size.hairline;
        ScrollPane pane(ui_, {area.x, area.y + t.size.hairline, area.w, area.h + pad}, "prediction", pad);
        Rect rest = pane.content();
        rest.cut_top(t.space.l - t.size.hairline);
        draw_prediction_part(rest);
        draw_why(rest);
        for (const std::string& note : card_.notes) {
            rest.cut_top(t.space.s);
            const Notice spec{.icon = Icon::sticky_note, .text = note, .tone = Tone::warn};
            notice(ui_, rest.cut_top(notice_height(ui_, spec, rest.w)), spec);
        }
        draw_choices(rest);
        pane.end_at(rest.y + pad);
    }

    void draw_prediction_part(Rect& rest) {
        const Theme& t = ui_.theme;
        if (card_.blind) {
            rest.cut_top(say_paragraph(ui_, rest, ui_.texts(Text::blind_words), t.type.small, {.ink = Ink::muted}));
            return;
        }
        draw_text(ui_, rest.cut_top(t.type.small.line), ui_.texts(Text::quick_model_says), t.type.small,
                  t.ink(Ink::faint));
        rest.cut_top(t.space.s);
        const PredictionBlock block{card_.label, card_.confidence, true};
        draw_prediction(ui_, rest.cut_top(prediction_height(ui_, block)), block);
    }

    void draw_why(Rect& rest) {
        const Theme& t = ui_.theme;
        if (card_.routing.sentence.empty()) {
            return;
        }
        rest.cut_top(t.space.s);
        Rect line = rest.cut_top(why_height(rest.w));
        const Rect icon = line.cut_left(t.size.icon_small);
        draw_icon(ui_, {icon.x, icon.y, icon.w, t.type.small.line}, Icon::route, t.ink(Ink::faint), t.size.icon_small);
        line.cut_left(t.space.s);
        say_paragraph(ui_, line, card_.routing.sentence, t.type.small, {.ink = Ink::muted});
    }

    void draw_choices(Rect& rest) {
        const Theme& t = ui_.theme;
        const std::vector<LabelChoice> choices = label_choices(deciding_.model, card_);
        if (choices.empty()) {
            return;
        }
        rest.cut_top(t.space.l);
        draw_text(ui_, rest.cut_top(t.type.small.line),
                  ui_.texts(card_.blind ? Text::quick_blind : Text::quick_or_correct), t.type.small, t.ink(Ink::faint));
        rest.cut_top(t.space.s);
        Flow flow({rest.x, rest.y, rest.w, 0}, t.size.control, t.space.s);
        for (const LabelChoice& choice : choices) {
            if (label_choice(ui_, flow.place(label_choice_width(ui_, choice)), choice)) {
                deciding_.as(Verdict::correct, choice.label->id);
            }
        }
        if (has_more(deciding_.model)) {
            draw_more(flow.place(t.px(140)));
        }
        rest.cut_top(flow.bottom() - rest.y);
    }

    void draw_more(const Rect& rect) {
        std::vector<Option> options;
        for (const LabelModel& label : deciding_.model.labels) {
            options.push_back({.label = label.name, .letter = label.letter, .colour = label.colour});
        }
        const SelectSpec spec{.key = "more labels",
                              .name = ui_.texts(Text::quick_more_labels),
                              .empty = ui_.texts(Text::quick_more_labels),
                              .options = options,
                              .open_by = Command::correct};
        if (const auto chosen = select(ui_, rect, spec)) {
            deciding_.as(Verdict::correct, deciding_.model.labels[static_cast<size_t>(*chosen)].id);
        }
    }

    Ui& ui_;
    const QuickCard& card_;
    Deciding& deciding_;
};

void draw_actions(Ui& ui, const Rect& rect, Deciding& deciding) {
    const Theme& t = ui.theme;

    struct Action {
        Command command;
        Verdict verdict;
        ButtonKind kind;
        bool enabled;
    };

    const QuickModel& model = deciding.model;
    const std::array actions{
        Action{Command::accept, Verdict::accept, ButtonKind::primary, !model.current || !model.current->blind},
        Action{Command::reject, Verdict::reject, ButtonKind::quiet, model.can_reject},
        Action{Command::skip, Verdict::skip, ButtonKind::quiet, true},
        Action{Command::escalate, Verdict::escalate, ButtonKind::quiet, model.can_escalate}};
    const Container group(ui.items, "decide", {.role = Role::region, .name = ui.texts(Text::quick_decide)},
                          area_of(rect));
    Rect rest = rect;
    const float gap = t.space.s;
    const bool phone = is_phone(ui);
    const float first = phone ? rect.w : whole((rect.w - 3 * gap) * 0.34F);
    Rect row = phone ? rest.cut_top(t.size.control) : rest;
    for (size_t i = 0; i < actions.size(); i++) {
        const Action& action = actions[i];
        if (phone && i == 1) {
            rest.cut_top(gap);
            row = rest.cut_top(t.size.control);
        }
        const auto left = static_cast<float>(actions.size() - i);
        const float wide = i == 0 ? first : whole((row.w - (left - 1) * gap) / left);
        const Rect place = row.cut_left(wide);
        row.cut_left(gap);
        if (button(ui, place,
                   {.label = ui.texts(info(action.command).label),
                    .kind = action.kind,
                    .icon = icon_of(action.verdict),
                    .command = action.command,
                    .enabled = action.enabled})) {
            deciding.as(action.verdict);
        }
    }
}

// Verdict, label, and how far it has come. False when there is no room for it.
bool draw_recent_one(Ui& ui, Rect& rect, const RecentDecision& recent, int32_t position, int32_t set_size) {
    const Theme& t = ui.theme;
    const bool counts = recent.fate.standing == Standing::effective;
    const Icon icon = counts ? icon_of(recent.fate.level) : icon_of(recent.fate.standing);
    const Tone tone = counts ? tone_of(recent.fate.level) : tone_of(recent.fate.standing);
    const float label = whole(text_width(ui, t.type.small, recent.label)) + 1;
    const float wide = 2 * t.size.icon_small + 2 * t.space.xs + label + t.space.l;
    if (wide > rect.w) {
        return false;
    }
    Rect place = rect.cut_left(wide);
    const std::string said = concat(ui.texts(words_of(recent.verdict)), ", ", recent.label);
    const std::string words = concat(recent.item, ": ", said);
    const std::string fate = fate_text(ui, recent.fate);
    ui.items.add({.role = Role::listitem, .name = words, .value = fate, .position = position, .set_size = set_size},
                 area_of(place));
    hint(ui, place, concat(recent.item, ": ", said, ". ", fate));
    draw_icon(ui, place.cut_left(t.size.icon_small), icon_of(recent.verdict), t.ink(ink_of(tone_of(recent.verdict))),
              t.size.icon_small);
    place.cut_left(t.space.xs);
    draw_text(ui, place.cut_left(label), recent.label, t.type.small, t.ink(Ink::muted));
    place.cut_left(t.space.xs);
    draw_icon(ui, place.cut_left(t.size.icon_small), icon, t.ink(counts ? Ink::faint : ink_of(tone)),
              t.size.icon_small);
    return true;
}

void draw_recent(Ui& ui, Rect rect, const QuickModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Container list(ui.items, "recent", {.role = Role::list, .name = ui.texts(Text::quick_last)}, area_of(rect));
    if (model.can_undo) {
        const ButtonSpec undo{
            .label = ui.texts(Text::command_undo), .icon = Icon::undo_2, .command = Command::undo, .small = true};
        const float wide = button_width(ui, undo);
        if (button(ui, rect.cut_right(wide).centred(wide, t.size.control_small), undo)) {
            intents.push_back(intent::Undo{});
        }
        rect.cut_right(t.space.m);
    }
    if (model.recent.empty()) {
        say_text(ui, rect, ui.texts(Text::quick_none_yet), t.type.small, t.ink(Ink::faint));
        return;
    }
    int32_t position = 0;
    for (const RecentDecision& recent : model.recent) {
        if (!draw_recent_one(ui, rect, recent, ++position, static_cast<int32_t>(model.recent.size()))) {
            break;
        }
    }
}

void draw_head(Ui& ui, Rect& area, const QuickModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    Rect head = screen_head(ui, area, ui.texts(Text::quick_title), {});
    if (is_phone(ui)) {
        // The strip of last decisions with its button has no room here.
        const ButtonSpec undo{.label = ui.texts(Text::command_undo),
                              .kind = ButtonKind::plain,
                              .command = Command::undo,
                              .enabled = model.can_undo};
        if (icon_button(ui, head.cut_right(t.size.control).centred(t.size.control, t.size.control).moved(t.space.m, 0),
                        Icon::undo_2, undo)) {
            intents.push_back(intent::Undo{});
        }
    }
    if (model.total <= 0) {
        return;
    }
    const std::string words = ui.texts(Text::of_count, grouped(model.done), grouped(model.total));
    const float wide = whole(text_width(ui, t.type.body, words)) + 1;
    say_text(ui, head.cut_right(wide), words, t.type.body, t.ink(Ink::muted), Align::right);
    head.cut_right(t.space.m);
    progress_bar(ui, head.cut_right(std::min(head.w, t.px(120))), ui.texts(Text::quick_progress), model.done,
                 model.total);
}

// What stands above the card: what happened to another, why one is asked again, who is at it.
std::optional<Notice> notice_of(const QuickModel& model, const QuickCard* card) {
    if (!model.notice.empty()) {
        return Notice{.icon = Icon::info, .text = model.notice, .tone = Tone::warn};
    }
    if (card != nullptr && !card->given_back.empty()) {
        return Notice{.icon = Icon::reply, .text = card->given_back, .tone = Tone::accent};
    }
    if (card != nullptr && !card->held_words.empty()) {
        return Notice{.icon = Icon::user, .text = card->held_words, .tone = Tone::neutral};
    }
    return std::nullopt;
}

// The same for all but long texts, so that a hand on the pointer learns where the buttons are.
struct Places {
    Rect notice;
    Rect card;
    Rect actions;
    Rect recent;  // without height on phones
};

Places places_for(const Ui& ui, const Rect& area, const std::optional<Notice>& above, const Card* card) {
    const Theme& t = ui.theme;
    const bool phone = is_phone(ui);
    const float margin = phone ? t.space.m : t.space.l;
    const float wide = phone ? area.w - 2 * margin : std::min(area.w - 2 * t.space.xl, t.px(kColumn));
    const float actions = phone ? 2 * t.size.control + t.space.s : t.px(40);
    const float recent = phone ? 0 : t.size.control;
    const float note = above ? notice_height(ui, *above, wide) + t.space.m : 0;
    const float others = actions + t.space.m + (phone ? 0 : recent + t.space.l);
    const float room = area.h - 2 * margin - others - note;
    const float wanted = card == nullptr ? 0 : card->wanted_height(wide);
    const float card_height = phone ? room : std::min(room, std::max(wanted, t.px(kCard)));
    const float spare = room - card_height;
    Rect column{area.x + whole((area.w - wide) / 2), area.y + margin + whole(spare * 0.4F), wide, area.h};
    Places out;
    out.notice = column.cut_top(note);
    out.notice.h = std::max(0.0F, out.notice.h - t.space.m);
    out.card = column.cut_top(card_height);
    column.cut_top(t.space.m);
    out.actions = column.cut_top(actions);
    column.cut_top(t.space.l);
    out.recent = column.cut_top(recent);
    return out;
}

}  // namespace

void draw_quick(Ui& ui, const Rect& area, const QuickModel& model, Intents& intents) {
    enter_scope(ui, Scope::quick);
    const Container region(ui.items, "quick screen", {.role = Role::region, .name = ui.texts(Text::quick_title)},
                           area_of(area));
    Deciding deciding{model, intents};
    take_keys(ui, deciding);
    if (ui.commanded(Command::close)) {
        intents.push_back(intent::Back{});
    }
    Rect rest = area;
    draw_head(ui, rest, model, intents);
    if (draw_unready(ui, rest, model.load, ui.texts(Text::quick_loading), intents)) {
        return;
    }
    const QuickCard* shown = deciding.decided ? (model.next ? &*model.next : nullptr)
                             : model.current  ? &*model.current
                                              : nullptr;
    std::optional<Card> card_shown;
    if (shown != nullptr) {
        card_shown.emplace(ui, *shown, deciding);
    }
    const std::optional<Notice> above = notice_of(model, shown);
    const Places places = places_for(ui, rest, above, card_shown ? &*card_shown : nullptr);
    if (places.recent.h > 0) {
        draw_recent(ui, places.recent, model, intents);
    }
    if (shown == nullptr) {
        const bool waiting = deciding.decided;  // the next one was not there in time
        if (waiting) {
            draw_unready(ui, rest, {LoadModel::State::loading, {}}, ui.texts(Text::quick_loading), intents);
        } else if (empty_state(ui, rest,
                               {.icon = Icon::circle_check,
                                .title = ui.texts(Text::quick_empty_title),
                                .text = ui.texts(Text::quick_empty_text),
                                .action = ui.texts(Text::quick_to_queue),
                                .tone = Tone::good})) {
            intents.push_back(intent::Go{Place::queue});
        }
        return;
    }
    if (above) {
        notice(ui, places.notice, *above);
    }
    card(ui, places.card, 0);
    card_shown->draw(places.card);
    draw_actions(ui, places.actions, deciding);
}

}  // namespace countersign::shell
