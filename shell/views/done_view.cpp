#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/table.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

enum class DoneColumn : uint8_t { when, verdict, item, label, standing, action };

class Rows final : public RowSource {
public:
    Rows(Ui& ui, DoneRows& rows, std::span<const DoneColumn> columns, Intents& intents)
        : ui_(ui), rows_(rows), columns_(columns), intents_(intents) {}

    int64_t count() const override { return rows_.count(); }

    bool loaded(int64_t row) override { return rows_.row(row) != nullptr; }

    std::string row_name(int64_t row) override {
        const DoneRow& r = *rows_.row(row);
        return concat(r.item, ", ", ui_.texts(words_of(r.verdict)), r.label.name.empty() ? "" : ", ", r.label.name);
    }

    std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) override {
        const Theme& t = ui.theme;
        const DoneRow& r = *rows_.row(row);
        switch (columns_[static_cast<size_t>(column)]) {
            case DoneColumn::when: draw_text(ui, rect, r.when, t.type.small, t.ink(Ink::faint)); return r.when;
            case DoneColumn::verdict: draw_verdict(rect, r); return std::string(ui.texts(words_of(r.verdict)));
            case DoneColumn::item: draw_item(rect, r); return concat(r.item, " ", r.text);
            case DoneColumn::label: draw_label(rect, r); return r.label.name;
            case DoneColumn::standing: fate_words(ui, rect, r.fate); return {};
            case DoneColumn::action: draw_action(rect, r); return {};
        }
        return {};
    }

    void paint_narrow(Ui& ui, int64_t row, const Rect& rect) override {
        const Theme& t = ui.theme;
        const DoneRow& r = *rows_.row(row);
        Rect rest = rect.inset(0, t.space.s);
        draw_action(rest.cut_right(t.px(88)), r);
        rest.cut_right(t.space.s);
        Rect top = rest.cut_top(t.type.body.line);
        draw_icon(ui, top.cut_left(t.size.icon), icon_of(r.verdict), t.ink(ink_of(tone_of(r.verdict))), t.size.icon);
        top.cut_left(t.space.s);
        say_text(ui, top, r.text, t.type.body, t.ink(Ink::text));
        rest.cut_top(t.space.xs);
        rest.cut_left(t.size.icon + t.space.s);
        const std::string_view said =
            r.label.name.empty() ? ui.texts(words_of(r.verdict)) : std::string_view(r.label.name);
        const float wide = std::min(whole(text_width(ui, t.type.small, said)) + 1, rest.w / 2);
        say_text(ui, rest.cut_left(wide), said, t.type.small, t.ink(Ink::muted));
        rest.cut_left(t.space.m);
        fate_words(ui, rest, r.fate);
    }

private:
    void draw_verdict(Rect rect, const DoneRow& r) {
        const Theme& t = ui_.theme;
        draw_icon(ui_, rect.cut_left(t.size.icon), icon_of(r.verdict), t.ink(ink_of(tone_of(r.verdict))),
                  t.size.icon_small);
        rect.cut_left(t.space.xs);
        draw_text(ui_, rect, ui_.texts(words_of(r.verdict)), t.type.body, t.ink(Ink::text));
    }

    void draw_item(Rect rect, const DoneRow& r) {
        const Theme& t = ui_.theme;
        draw_text(ui_, rect.cut_left(t.px(92)), r.item, t.type.mono, t.ink(Ink::faint));
        rect.cut_left(t.space.m);
        const bool past = r.fate.standing == Standing::withdrawn || r.fate.standing == Standing::superseded;
        draw_text(ui_, rect, r.text, t.type.body, t.ink(past ? Ink::faint : Ink::text));
    }

    void draw_label(Rect rect, const DoneRow& r) {
        const Theme& t = ui_.theme;
        if (r.label.name.empty()) {
            return;
        }
        label_badge(ui_, rect.cut_left(t.size.badge), r.label.letter, r.label.colour);
        rect.cut_left(t.space.s);
        draw_text(ui_, rect, r.label.name, t.type.body, t.ink(Ink::text));
    }

    void draw_action(const Rect& rect, const DoneRow& r) {
        const Theme& t = ui_.theme;
        if (!r.can_undo && !r.can_amend) {
            return;
        }
        // The button's words are short; its name says what it acts on.
        const std::string name = ui_.texts(r.can_undo ? Text::done_undo_item : Text::done_amend_item, r.item);
        const std::string_view words = ui_.texts(r.can_undo ? Text::done_undo : Text::done_amend);
        const Rect place = rect.centred(rect.w, t.size.control_small);
        Meaning meaning;
        meaning.role = Role::button;
        meaning.name = name;
        const Item item = interact(ui_, place, "action", meaning, {.focus_radius = t.radius.m});
        // Undoing is offered, amending only at hand.
        const bool framed = r.can_undo || item.hovered;
        fill(ui_, place, item.held ? t.ground(Ground::pressed) : framed ? t.ground(Ground::surface) : 0, t.radius.m);
        stroke(ui_, place, framed ? t.palette->border : 0, t.radius.m);
        draw_text(ui_, place, words, t.type.small, framed ? t.ink(Ink::text) : t.ink(Ink::faint), Align::centre);
        if (item.pressed) {
            if (r.can_undo) {
                intents_.push_back(intent::UndoReview{r.review});
            } else {
                intents_.push_back(intent::AmendReview{r.review});
            }
        }
    }

    Ui& ui_;
    DoneRows& rows_;
    std::span<const DoneColumn> columns_;
    Intents& intents_;
};

std::vector<Column> columns_for(const Ui& ui, float width, std::vector<DoneColumn>& which) {
    const Theme& t = ui.theme;
    std::vector<Column> out;
    const auto add = [&](DoneColumn column, std::string_view title, float wide) {
        which.push_back(column);
        out.push_back({title, wide, false, Align::left, ui.texts(Text::done_column_action)});
    };
    add(DoneColumn::when, ui.texts(Text::done_column_when), t.px(74));
    add(DoneColumn::verdict, ui.texts(Text::done_column_verdict), t.px(104));
    add(DoneColumn::item, ui.texts(Text::done_column_item), 0);
    if (width > t.px(760)) {
        add(DoneColumn::label, ui.texts(Text::done_column_label), t.px(170));
    }
    add(DoneColumn::standing, ui.texts(Text::done_column_standing), t.px(126));
    add(DoneColumn::action, {}, t.px(72));
    return out;
}

void take_row_commands(Ui& ui, const DoneModel& model, Intents& intents) {
    const int64_t count = model.rows->count();
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
    if (ui.commanded(Command::undo)) {
        const DoneRow* row = model.selected >= 0 && model.selected < count ? model.rows->row(model.selected) : nullptr;
        if (row != nullptr && row->can_undo) {
            intents.push_back(intent::UndoReview{row->review});
        }
    }
}

void draw_search(Ui& ui, const Rect& rect, const DoneModel& model, Intents& intents) {
    const FieldResult search = text_field(ui, rect,
                                          {.key = "search",
                                           .name = ui.texts(Text::command_search),
                                           .value = model.search,
                                           .placeholder = ui.texts(Text::done_search),
                                           .icon = Icon::search,
                                           .focus_by = Command::search,
                                           .search = true});
    if (search.changed) {
        intents.push_back(intent::Search{*search.changed});
    }
}

void draw_nothing(Ui& ui, const Rect& area, const DoneModel& model, Intents& intents) {
    if (model.search.empty()) {
        empty_state(ui, area,
                    {.icon = Icon::check_check,
                     .title = ui.texts(Text::done_empty_title),
                     .text = ui.texts(Text::done_empty_text)});
        return;
    }
    if (empty_state(ui, area,
                    {.icon = Icon::search,
                     .title = ui.texts(Text::queue_no_match_title),
                     .text = ui.texts(Text::done_no_match_text),
                     .action = ui.texts(Text::clear)})) {
        intents.push_back(intent::Search{});
    }
}

// What has become of the selected decision, in full: the table has room for a word.
float detail_height(const Ui& ui, const DoneRow& row, float width) {
    const Theme& t = ui.theme;
    const float text = paragraph_height(ui, t.type.body, row.text, width, 2);
    const float why = row.fate.why.empty() ? 0 : t.space.s + paragraph_height(ui, t.type.body, row.fate.why, width);
    const float level = t.space.s + paragraph_height(ui, t.type.small, ui.texts(explanation_of(row.fate.level)),
                                                     width - t.size.icon_small - t.space.s);
    return 2 * t.space.m + text + why + level;
}

void draw_detail(Ui& ui, Rect area, const DoneRow& row) {
    const Theme& t = ui.theme;
    edge(ui, area, Side::top, t.palette->line);
    const Container region(ui.items, "detail",
                           {.role = Role::region, .name = concat(ui.texts(Text::done_selected), " ", row.item)},
                           area_of(area));
    Rect rest = area.inset(t.space.l, t.space.m);
    rest.cut_top(say_paragraph(ui, rest, row.text, t.type.body, {.ink = Ink::muted, .most_lines = 2}));
    if (!row.fate.why.empty()) {
        rest.cut_top(t.space.s);
        rest.cut_top(say_paragraph(ui, rest, row.fate.why, t.type.body, {}));
    }
    rest.cut_top(t.space.s);
    const Tone tone = tone_of(row.fate.level);
    Rect icon = rest.cut_left(t.size.icon_small);
    icon.h = t.type.small.line;
    draw_icon(ui, icon, icon_of(row.fate.level), t.ink(ink_of(tone)), t.size.icon_small);
    rest.cut_left(t.space.s);
    const std::string level =
        concat(ui.texts(words_of(row.fate.level)), ": ", ui.texts(explanation_of(row.fate.level)));
    say_paragraph(ui, rest, level, t.type.small, {.ink = Ink::muted});
}

}  // namespace

void draw_done(Ui& ui, const Rect& area, const DoneModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::done);
    const Container region(ui.items, "done screen", {.role = Role::region, .name = ui.texts(Text::done_title)},
                           area_of(area));
    Rect rest = area;
    const bool ready = model.load.state == LoadModel::State::ready && model.rows != nullptr;
    const std::string count =
        ready ? counted(ui.texts, model.rows->count(), Text::done_count_one, Text::done_count) : std::string();
    Rect head = screen_head(ui, rest, ui.texts(Text::done_title), count);
    const float wide = std::min(head.w, t.px(240));
    draw_search(ui, head.cut_right(wide).centred(wide, std::min(t.size.control, t.px(36))), model, intents);
    if (draw_unready(ui, rest, model.load, ui.texts(Text::done_loading), intents) || model.rows == nullptr) {
        return;
    }
    take_row_commands(ui, model, intents);
    if (model.rows->count() == 0) {
        draw_nothing(ui, rest, model, intents);
        return;
    }
    const bool chosen = model.selected >= 0 && model.selected < model.rows->count();
    const DoneRow* selected = chosen ? model.rows->row(model.selected) : nullptr;
    if (selected != nullptr) {
        const float tall = detail_height(ui, *selected, rest.w - 2 * t.space.l);
        draw_detail(ui, rest.cut_bottom(std::min(tall, rest.h / 2)), *selected);
    }
    std::vector<DoneColumn> which;
    const std::vector<Column> columns = columns_for(ui, rest.w, which);
    Rows rows(ui, *model.rows, which, intents);
    const TableResult result = table(ui, rest,
                                     {.key = "done",
                                      .name = ui.texts(Text::done_title),
                                      .columns = columns,
                                      .selected = model.selected,
                                      .narrow = is_phone(ui)},
                                     rows);
    if (result.selected) {
        intents.push_back(intent::SelectRow{*result.selected});
    }
    if (result.pressed) {
        intents.push_back(intent::SelectRow{*result.pressed});
        intents.push_back(intent::OpenRow{*result.pressed});
    }
}

}  // namespace countersign::shell
