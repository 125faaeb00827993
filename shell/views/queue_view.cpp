#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/select.h"
#include "shell/ui/widgets/table.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr std::array kColumns{QueueColumn::tier,       QueueColumn::item, QueueColumn::label,
                              QueueColumn::confidence, QueueColumn::due,  QueueColumn::standing};

// What is to be said of an item beside what it is: an icon and a few words.
struct MarkLook {
    Icon icon = Icon::circle;
    Ink ink = Ink::faint;
    std::string words;
    std::string_view meaning;  // for whoever rests on it
};

MarkLook look_of(const Ui& ui, const QueueRow& r) {
    switch (r.mark) {
        case RowMark::given_back:
            return {Icon::reply, Ink::accent, std::string(ui.texts(Text::mark_given_back)), r.reason};
        case RowMark::own:
            return {icon_of(r.level), ink_of(tone_of(r.level)), std::string(ui.texts(words_of(r.level))),
                    ui.texts(explanation_of(r.level))};
        case RowMark::escalated:
            if (r.held_by.empty()) {
                return {Icon::gavel, Ink::warn, std::string(ui.texts(Text::mark_escalated)), {}};
            }
            break;
        case RowMark::decided: return {Icon::circle_check, Ink::good, std::string(ui.texts(Text::mark_decided)), {}};
        case RowMark::open: break;
    }
    return r.held_by.empty() ? MarkLook{Icon::circle, Ink::faint, std::string(ui.texts(Text::mark_open)), {}}
                             : MarkLook{Icon::user, Ink::muted, ui.texts(Text::held_by, r.held_by), {}};
}

float mark_width(const Ui& ui, const QueueRow& r) {
    const Theme& t = ui.theme;
    return t.size.icon_small + t.space.xs + whole(text_width(ui, t.type.small, look_of(ui, r).words)) + 1;
}

void mark_words(Ui& ui, const Rect& rect, const QueueRow& r) {
    const Theme& t = ui.theme;
    const MarkLook look = look_of(ui, r);
    ui.items.add({.role = Role::text, .name = look.words, .description = look.meaning}, area_of(rect));
    Rect rest = rect;
    draw_icon(ui, rest.cut_left(t.size.icon_small), look.icon, t.ink(look.ink), t.size.icon_small);
    rest.cut_left(t.space.xs);
    draw_text(ui, rest, look.words, t.type.small, t.ink(r.mark == RowMark::given_back ? Ink::accent : Ink::muted));
    const bool cut = mark_width(ui, r) > rect.w + 1;
    hint(ui, rect, cut && look.meaning.empty() ? std::string_view(look.words) : look.meaning);
}

// Shows a window of the rows, column by column, or in two lines on a phone.
class Rows final : public RowSource {
public:
    Rows(Ui& ui, QueueRows& rows, std::span<const QueueColumn> columns) : ui_(ui), rows_(rows), columns_(columns) {}

    int64_t count() const override { return rows_.count(); }

    bool loaded(int64_t row) override { return rows_.row(row) != nullptr; }

    std::string row_name(int64_t row) override {
        const QueueRow& r = *rows_.row(row);
        return std::string(r.id).append(", ").append(r.text);
    }

    std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) override {
        const QueueRow& r = *rows_.row(row);
        switch (columns_[static_cast<size_t>(column)]) {
            case QueueColumn::tier:
                tier_badge(ui, rect, mark_of(r.tier), {});
                return std::string(ui.texts(words_of(r.tier)));
            case QueueColumn::item: return paint_item(r, rect);
            case QueueColumn::label: return paint_label(r, rect);
            case QueueColumn::confidence: return paint_confidence(r, rect);
            case QueueColumn::due: due_pill(ui, rect, r.due.words, urgency_of(r.due.state)); return r.due.words;
            case QueueColumn::standing: mark_words(ui, rect, r); return {};
        }
        return {};
    }

    void paint_narrow(Ui& ui, int64_t row, const Rect& rect) override {
        const Theme& t = ui.theme;
        const QueueRow& r = *rows_.row(row);
        Rect rest = rect.inset(0, t.space.s);
        Rect top = rest.cut_top(t.type.body.line);
        tier_badge(ui, top.cut_left(t.size.badge), mark_of(r.tier), ui.texts(words_of(r.tier)));
        top.cut_left(t.space.s);
        say_text(ui, top, r.text, t.type.body, t.ink(Ink::text));
        rest.cut_top(t.space.xs);
        rest.cut_left(t.size.badge + t.space.s);
        const Urgency urgency = urgency_of(r.due.state);
        due_pill(ui, rest.cut_right(due_pill_width(ui, r.due.words, urgency)), r.due.words, urgency);
        rest.cut_right(t.space.m);
        if (r.mark != RowMark::open || !r.held_by.empty()) {
            mark_words(ui, rest.cut_right(std::min(rest.w / 2, mark_width(ui, r))), r);
        } else {
            const float share = t.px(40);
            say_text(ui, rest.cut_right(share), r.confidence.words, t.type.small, t.ink(Ink::muted), Align::right);
        }
        rest.cut_right(t.space.s);
        if (r.label.id.empty()) {
            paint_hidden(rest);
        } else {
            label_with_badge(ui, rest, r.label.letter, r.label.colour, r.label.name, t.type.small);
        }
    }

private:
    std::string paint_item(const QueueRow& r, const Rect& rect) {
        const Theme& t = ui_.theme;
        Rect rest = rect;
        draw_text(ui_, rest.cut_left(t.px(92)), r.id, t.type.mono, t.ink(Ink::faint));
        rest.cut_left(t.space.m);
        const bool waits = r.mark == RowMark::open || r.mark == RowMark::escalated;
        const bool mine_to_do = r.mark == RowMark::given_back || (waits && r.held_by.empty());
        draw_text(ui_, rest, r.text, t.type.body, t.ink(mine_to_do ? Ink::text : Ink::muted));
        return std::string(r.id).append(" ").append(r.text);
    }

    std::string paint_label(const QueueRow& r, const Rect& rect) {
        const Theme& t = ui_.theme;
        if (r.label.id.empty()) {
            return paint_hidden(rect);
        }
        Rect rest = rect;
        label_badge(ui_, rest.cut_left(t.size.badge), r.label.letter, r.label.colour);
        rest.cut_left(t.space.s);
        draw_text(ui_, rest, r.label.name, t.type.body, t.ink(Ink::text));
        return r.label.name;
    }

    // A prediction that is not to be seen before one has decided.
    std::string paint_hidden(const Rect& rect) {
        const Theme& t = ui_.theme;
        draw_text(ui_, rect, ui_.texts(Text::blind_cell), t.type.small, t.ink(Ink::faint));
        return std::string(ui_.texts(Text::blind_cell));
    }

    std::string paint_confidence(const QueueRow& r, const Rect& rect) {
        const Theme& t = ui_.theme;
        if (r.confidence.words.empty()) {
            return paint_hidden(rect);
        }
        Rect rest = rect;
        draw_text(ui_, rest.cut_right(t.px(42)), r.confidence.words, t.type.body, t.ink(Ink::text), Align::right);
        rest.cut_right(t.space.s);
        const float thick = t.size.bar;
        Rect bar{rest.x, rest.y + whole((rest.h - thick) / 2), rest.w, thick};
        fill(ui_, bar, t.palette->track, thick / 2);
        const double share = std::clamp(static_cast<double>(r.confidence.value_ppm) / 1e6, 0.0, 1.0);
        // Quiet where the model is sure; the eye goes to where it is not.
        const bool sure = r.confidence.threshold_ppm >= 0 && r.confidence.value_ppm >= r.confidence.threshold_ppm;
        fill(ui_, bar.cut_left(whole(static_cast<float>(static_cast<double>(bar.w) * share))),
             sure ? t.ink(Ink::faint) : t.ink(Ink::accent), thick / 2);
        return r.confidence.words;
    }

    Ui& ui_;
    QueueRows& rows_;
    std::span<const QueueColumn> columns_;
};

void draw_tier_filter(Ui& ui, Rect rect, const QueueModel& model, Intents& intents) {
    const std::array counts{grouped(model.counts.all), grouped(model.counts.full), grouped(model.counts.quick),
                            grouped(model.counts.automatic)};
    const std::array parts{
        Segment{ui.texts(Text::tier_all), counts[0], {}}, Segment{ui.texts(Text::tier_full), counts[1], {}},
        Segment{ui.texts(Text::tier_quick), counts[2], {}}, Segment{ui.texts(Text::tier_automatic), counts[3], {}}};
    const SegmentsSpec spec{.key = "tier",
                            .name = ui.texts(Text::filter_tier),
                            .segments = parts,
                            .chosen = static_cast<int>(model.tier),
                            .as_tabs = true};
    if (const auto chosen = tabs(ui, rect, spec)) {
        intents.push_back(intent::FilterTier{static_cast<TierFilter>(*chosen)});
    }
}

void draw_selects(Ui& ui, Rect rect, const QueueModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const std::string escalated = model.counts.escalated == 0
                                      ? std::string(ui.texts(Text::filter_escalated))
                                      : ui.texts(Text::filter_escalated_some, grouped(model.counts.escalated));
    const std::array standings{Option{.label = ui.texts(Text::filter_open)}, Option{.label = escalated},
                               Option{.label = ui.texts(Text::filter_decided)}};
    const SelectSpec standing{.key = "standing",
                              .name = ui.texts(Text::filter_standing),
                              .empty = {},
                              .options = standings,
                              .chosen = static_cast<int>(model.standing)};
    std::vector<Option> labels{{.label = ui.texts(Text::filter_any_label)}};
    for (const LabelModel& label : model.labels) {
        labels.push_back({.label = label.name, .letter = label.letter, .colour = label.colour});
    }
    const SelectSpec label{.key = "label",
                           .name = ui.texts(Text::filter_label),
                           .empty = {},
                           .options = labels,
                           .chosen = model.label + 1};
    const float half = whole((rect.w - t.space.s) / 2);
    const float wide = is_phone(ui) ? half : std::min(half, t.px(170));
    if (const auto chosen = select(ui, rect.cut_right(wide).centred(wide, t.size.control), label)) {
        intents.push_back(intent::FilterLabel{*chosen - 1});
    }
    rect.cut_right(t.space.s);
    if (const auto chosen = select(ui, rect.cut_right(wide).centred(wide, t.size.control), standing)) {
        intents.push_back(intent::FilterStanding{static_cast<StandingFilter>(*chosen)});
    }
}

void draw_search(Ui& ui, const Rect& rect, const QueueModel& model, Intents& intents) {
    const FieldResult search = text_field(ui, rect,
                                          {.key = "search",
                                           .name = ui.texts(Text::command_search),
                                           .value = model.search,
                                           .placeholder = ui.texts(Text::queue_search),
                                           .icon = Icon::search,
                                           .focus_by = Command::search,
                                           .search = true});
    if (search.changed) {
        intents.push_back(intent::Search{*search.changed});
    }
}

std::string count_words(const Ui& ui, const QueueModel& model) {
    const int64_t shown = model.rows == nullptr ? 0 : model.rows->count();
    const std::string words = shown == model.counts.all
                                  ? counted(ui.texts, shown, Text::queue_count_one, Text::queue_count)
                                  : ui.texts(Text::queue_count_filtered, grouped(shown), grouped(model.counts.all));
    return model.given_back == 0
               ? words
               : concat(words, "  ·  ",
                        counted(ui.texts, model.given_back, Text::queue_given_back_one, Text::queue_given_back));
}

std::vector<Column> columns_for(const Ui& ui, float width, std::vector<QueueColumn>& which) {
    const Theme& t = ui.theme;
    const auto column = [&](QueueColumn c) -> Column {
        switch (c) {
            case QueueColumn::tier: return {{}, t.px(20), false, Align::left, ui.texts(Text::column_tier)};
            case QueueColumn::item: return {ui.texts(Text::column_item), 0, true, Align::left, {}};
            case QueueColumn::label:
                return {ui.texts(Text::column_label), t.px(width > t.px(900) ? 190 : 150), true, Align::left, {}};
            case QueueColumn::confidence:
                return {ui.texts(Text::column_confidence), t.px(width > t.px(900) ? 132 : 92), true, Align::left, {}};
            case QueueColumn::due: return {ui.texts(Text::column_due), t.px(104), true, Align::left, {}};
            case QueueColumn::standing: return {ui.texts(Text::column_standing), t.px(128), false, Align::left, {}};
        }
        return {};
    };
    std::vector<Column> out;
    for (const QueueColumn c : kColumns) {
        if (c == QueueColumn::standing && width < t.px(860)) {
            continue;
        }
        which.push_back(c);
        out.push_back(column(c));
    }
    return out;
}

void take_row_commands(Ui& ui, const QueueModel& model, Intents& intents) {
    const int64_t count = model.rows == nullptr ? 0 : model.rows->count();
    const auto select = [&](int64_t row) {
        if (count > 0) {
            intents.push_back(intent::SelectRow{std::clamp<int64_t>(row, 0, count - 1)});
        }
    };
    if (ui.commanded(Command::move_next)) {
        select(model.selected + 1);
    }
    if (ui.commanded(Command::move_previous)) {
        select(model.selected - 1);
    }
    if (ui.commanded(Command::open) && model.selected >= 0 && model.selected < count) {
        intents.push_back(intent::OpenRow{model.selected});
    }
}

ButtonSpec take_along_button(const Ui& ui, const QueueModel& model, std::string& words) {
    words = model.taken_along > 0 ? ui.texts(Text::take_open_some, grouped(model.taken_along))
                                  : std::string(ui.texts(Text::take_open));
    return {.label = words, .icon = Icon::backpack, .command = Command::take_along, .key = "take along"};
}

void draw_rows(Ui& ui, const Rect& area, const QueueModel& model, Intents& intents) {
    std::vector<QueueColumn> which;
    const std::vector<Column> columns = columns_for(ui, area.w, which);
    const auto sorted = std::find(which.begin(), which.end(), model.sorted_by);
    const int sorted_by = sorted == which.end() ? -1 : static_cast<int>(sorted - which.begin());
    Rows rows(ui, *model.rows, which);
    const TableResult result = table(ui, area,
                                     {.key = "queue",
                                      .name = ui.texts(Text::queue_title),
                                      .columns = columns,
                                      .selected = model.selected,
                                      .sorted_by = sorted_by,
                                      .descending = model.descending,
                                      .narrow = is_phone(ui)},
                                     rows);
    if (result.sort_by) {
        const QueueColumn column = which[static_cast<size_t>(*result.sort_by)];
        intents.push_back(intent::SortBy{column, column == model.sorted_by && !model.descending});
    }
    if (result.selected) {
        intents.push_back(intent::SelectRow{*result.selected});
    }
    if (result.pressed) {
        intents.push_back(intent::SelectRow{*result.pressed});
        intents.push_back(intent::OpenRow{*result.pressed});
    }
}

void draw_nothing(Ui& ui, const Rect& area, const QueueModel& model, Intents& intents) {
    if (model.unfiltered()) {
        empty_state(ui, area,
                    {.icon = Icon::circle_check,
                     .title = ui.texts(Text::queue_empty_title),
                     .text = ui.texts(Text::queue_empty_text),
                     .tone = Tone::good});
        return;
    }
    if (model.standing == StandingFilter::escalated && model.counts.escalated == 0) {
        empty_state(ui, area,
                    {.icon = Icon::circle_check,
                     .title = ui.texts(Text::queue_settle_empty_title),
                     .text = ui.texts(Text::queue_settle_empty_text),
                     .tone = Tone::good});
        return;
    }
    if (empty_state(ui, area,
                    {.icon = Icon::funnel,
                     .title = ui.texts(Text::queue_no_match_title),
                     .text = ui.texts(Text::queue_no_match_text),
                     .action = ui.texts(Text::filter_clear)})) {
        intents.push_back(intent::ClearFilters{});
    }
}

}  // namespace

void draw_queue(Ui& ui, const Rect& area, const QueueModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::queue);
    const Container region(ui.items, "queue screen", {.role = Role::region, .name = ui.texts(Text::queue_title)},
                           area_of(area));
    take_row_commands(ui, model, intents);
    Rect rest = area;
    const bool ready = model.load.state == LoadModel::State::ready && model.rows != nullptr;
    Rect head = screen_head(ui, rest, ui.texts(Text::queue_title), ready ? count_words(ui, model) : std::string());
    std::string take_words;
    const ButtonSpec take = take_along_button(ui, model, take_words);
    if (is_phone(ui)) {
        const Rect place = head.cut_right(t.size.control).centred(t.size.control, t.size.control);
        if (icon_button(ui, place, take.icon, take)) {
            intents.push_back(intent::ShowTakeAlong{true});
        }
        draw_search(ui, rest.cut_top(t.size.control + 2 * t.space.s).inset(t.space.l, t.space.s), model, intents);
        draw_selects(ui, rest.cut_top(t.size.control).inset(t.space.l, 0), model, intents);
        rest.cut_top(t.space.s);
        edge(ui, {rest.x, rest.y - t.size.hairline, rest.w, t.size.hairline}, Side::top, t.palette->line);
    } else {
        const float button_wide = button_width(ui, take);
        if (button(ui, head.cut_right(button_wide).centred(button_wide, t.size.control), take)) {
            intents.push_back(intent::ShowTakeAlong{true});
        }
        head.cut_right(t.space.m);
        const float wide = std::min(head.w, t.px(280));
        draw_search(ui, head.cut_right(wide).centred(wide, t.size.control), model, intents);
        Rect filters = rest.cut_top(t.px(44));
        edge(ui, filters, Side::bottom, t.palette->line);
        filters = filters.inset(t.space.s, 0);
        draw_tier_filter(ui, filters, model, intents);
        draw_selects(ui, filters.inset(t.space.s, 0).cut_right(t.px(350)), model, intents);
    }
    if (draw_unready(ui, rest, model.load, ui.texts(Text::queue_loading), intents) || model.rows == nullptr) {
        return;
    }
    if (model.rows->count() == 0) {
        draw_nothing(ui, rest, model, intents);
        return;
    }
    draw_rows(ui, rest, model, intents);
}

}  // namespace countersign::shell
