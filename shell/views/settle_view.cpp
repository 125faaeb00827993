// What leads settle: two lists, of operations that wait and of incidents, and the whole of the selected one beside
// them.

#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/ui/widgets/table.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr float kBeside = 900;  // CSS pixels of the area
constexpr float kDetailWide = 400;

std::string_view item_name(const Ui& ui, const std::string& item) {
    return item.empty() ? ui.texts(Text::settle_no_item) : std::string_view(item);
}

class Waiting final : public RowSource {
public:
    Waiting(Ui& ui, WaitingRows& rows) : ui_(ui), rows_(rows) {}

    int64_t count() const override { return rows_.count(); }

    bool loaded(int64_t row) override { return rows_.row(row) != nullptr; }

    std::string row_name(int64_t row) override {
        const WaitingOperation& r = *rows_.row(row);
        return concat(item_name(ui_, r.item), ", ", r.who, ", ", r.what);
    }

    std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) override {
        const Theme& t = ui.theme;
        const WaitingOperation& r = *rows_.row(row);
        switch (column) {
            case 0: draw_text(ui, rect, r.when, t.type.small, t.ink(Ink::faint)); return r.when;
            case 1: draw_text(ui, rect, r.who, t.type.body, t.ink(Ink::text)); return r.who;
            case 2:
                draw_text(ui, rect, item_name(ui, r.item), t.type.mono, t.ink(Ink::faint));
                return std::string(item_name(ui, r.item));
            case 3: draw_text(ui, rect, r.what, t.type.body, t.ink(Ink::text)); return r.what;
            default: draw_text(ui, rect, r.why, t.type.body, t.ink(Ink::muted)); return r.why;
        }
    }

    void paint_narrow(Ui& ui, int64_t row, const Rect& rect) override {
        const Theme& t = ui.theme;
        const WaitingOperation& r = *rows_.row(row);
        Rect rest = rect.inset(0, t.space.s);
        Rect top = rest.cut_top(t.type.body.line);
        const float when = whole(text_width(ui, t.type.small, r.when)) + 1;
        say_text(ui, top.cut_right(std::min(when, top.w / 3)), r.when, t.type.small, t.ink(Ink::faint), Align::right);
        top.cut_right(t.space.s);
        const std::string head = concat(r.who, "  ·  ", r.what);
        say_text(ui, top, head, t.type.body, t.ink(Ink::text));
        rest.cut_top(t.space.xs);
        const std::string below = concat(item_name(ui, r.item), "  ·  ", r.why);
        say_text(ui, rest, below, t.type.small, t.ink(Ink::muted));
    }

private:
    Ui& ui_;
    WaitingRows& rows_;
};

class Incidents final : public RowSource {
public:
    Incidents(Ui& ui, const std::vector<IncidentModel>& rows) : ui_(ui), rows_(rows) {}

    int64_t count() const override { return static_cast<int64_t>(rows_.size()); }

    bool loaded(int64_t) override { return true; }

    std::string row_name(int64_t row) override { return concat(at(row).title, ", ", at(row).when); }

    std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) override {
        const Theme& t = ui.theme;
        const IncidentModel& r = at(row);
        switch (column) {
            case 0: draw_text(ui, rect, r.when, t.type.small, t.ink(Ink::faint)); return r.when;
            case 1: draw_title(rect, r); return r.title;
            default: draw_text(ui, rect, r.words, t.type.body, t.ink(Ink::muted)); return r.words;
        }
    }

    void paint_narrow(Ui& ui, int64_t row, const Rect& rect) override {
        const Theme& t = ui.theme;
        const IncidentModel& r = at(row);
        Rect rest = rect.inset(0, t.space.s);
        const Rect top = rest.cut_top(t.type.body.line);
        ui.items.add({.role = Role::text, .name = r.title}, area_of(top));
        draw_title(top, r);
        rest.cut_top(t.space.xs);
        say_text(ui, rest, r.when, t.type.small, t.ink(Ink::faint));
    }

private:
    const IncidentModel& at(int64_t row) const { return rows_[static_cast<size_t>(row)]; }

    void draw_title(Rect rect, const IncidentModel& r) {
        const Theme& t = ui_.theme;
        draw_icon(ui_, rect.cut_left(t.size.icon_small), r.grave ? Icon::triangle_alert : Icon::info,
                  t.ink(r.grave ? Ink::warn : Ink::faint), t.size.icon_small);
        rect.cut_left(t.space.s);
        draw_text(ui_, rect, r.title, t.type.body, t.ink(Ink::text));
    }

    Ui& ui_;
    const std::vector<IncidentModel>& rows_;
};

std::vector<Column> waiting_columns(const Ui& ui, float width) {
    const Theme& t = ui.theme;
    std::vector<Column> out{{ui.texts(Text::settle_column_when), t.px(80)},
                            {ui.texts(Text::settle_column_who), t.px(110)},
                            {ui.texts(Text::settle_column_item), t.px(104)},
                            {ui.texts(Text::settle_column_what), width > t.px(640) ? t.px(170) : 0}};
    if (width > t.px(640)) {
        out.push_back({ui.texts(Text::settle_column_why), 0});
    }
    return out;
}

std::vector<Column> incident_columns(const Ui& ui, float width) {
    const Theme& t = ui.theme;
    std::vector<Column> out{{ui.texts(Text::settle_column_when), t.px(130)},
                            {ui.texts(Text::settle_column_event), width > t.px(640) ? t.px(250) : 0}};
    if (width > t.px(640)) {
        out.push_back({ui.texts(Text::settle_detail), 0});
    }
    return out;
}

int64_t rows_of(const SettleModel& model) {
    return model.tab == SettleTab::incidents ? static_cast<int64_t>(model.incidents.size())
           : model.waiting == nullptr        ? 0
                                             : model.waiting->count();
}

// A heading and below it a paragraph.
void draw_part(Ui& ui, Rect& rest, std::string_view title, std::string_view words) {
    section_head(ui, rest, title);
    rest.cut_top(say_paragraph(ui, rest, words, ui.theme.type.body, {.ink = Ink::muted}));
    rest.cut_top(ui.theme.space.l);
}

void draw_item_line(Ui& ui, Rect& rest, const std::vector<std::string>& items, Intents& intents) {
    std::vector<ItemLink> links;
    for (const std::string& item : items) {
        links.push_back({item});
    }
    item_links(ui, rest, links, intents);
    rest.cut_top(ui.theme.space.l);
}

void draw_settling(Ui& ui, Rect& rest, const SettleModel& model, const WaitingOperation& row, Intents& intents) {
    const Theme& t = ui.theme;
    if (!row.hindrance.empty()) {
        const Notice own{.icon = Icon::lock, .text = row.hindrance};
        notice(ui, rest.cut_top(notice_height(ui, own, rest.w)), own);
        return;
    }
    if (!row.can_admit) {
        const Notice cannot{.icon = Icon::info, .text = ui.texts(Text::settle_cannot_admit), .tone = Tone::warn};
        notice(ui, rest.cut_top(notice_height(ui, cannot, rest.w)), cannot);
        rest.cut_top(t.space.m);
    }
    section_head(ui, rest, ui.texts(Text::settle_reason), ui.texts(Text::required));
    const FieldResult reason =
        text_field(ui, rest.cut_top(field_height(ui, model.reason, rest.w, 2, 8)),
                   {.key = "reason",
                    .name = ui.texts(Text::settle_reason),
                    .value = model.reason,
                    .placeholder = ui.texts(Text::settle_reason_hint),
                    .description = model.reason_missing ? ui.texts(Text::settle_reason_missing) : std::string_view(),
                    .focus_by = Command::write_reason,
                    .multiline = true,
                    .required = true,
                    .invalid = model.reason_missing});
    if (reason.changed) {
        intents.push_back(intent::SettleReasonTyped{*reason.changed});
    }
    if (model.reason_missing) {
        rest.cut_top(t.space.xs);
        say_text(ui, rest.cut_top(t.type.small.line), ui.texts(Text::settle_reason_missing), t.type.small,
                 t.ink(Ink::bad));
    }
    rest.cut_top(t.space.m);
    if (!model.problem.empty()) {
        const Notice problem{.icon = Icon::circle_alert, .text = model.problem, .tone = Tone::bad};
        notice(ui, rest.cut_top(notice_height(ui, problem, rest.w)), problem);
        rest.cut_top(t.space.m);
    }
    Rect line = rest.cut_top(t.size.control);
    const ButtonSpec admit{.label = ui.texts(Text::settle_admit),
                           .kind = ButtonKind::primary,
                           .icon = Icon::check,
                           .command = Command::admit,
                           .enabled = row.can_admit && !model.working};
    const ButtonSpec reject{.label = ui.texts(Text::settle_reject),
                            .icon = Icon::ban,
                            .command = Command::refuse,
                            .enabled = !model.working};
    const float half = whole((line.w - t.space.s) / 2);
    if (button(ui, line.cut_left(half), admit)) {
        intents.push_back(intent::Settle{row.id, true});
    }
    line.cut_left(t.space.s);
    if (button(ui, line.cut_left(half), reject)) {
        intents.push_back(intent::Settle{row.id, false});
    }
}

void draw_operation(Ui& ui, Rect& rest, const SettleModel& model, const WaitingOperation& row, Intents& intents) {
    const Theme& t = ui.theme;
    rest.cut_top(say_paragraph(ui, rest, row.what, t.type.title, {.heading = 2}));
    rest.cut_top(t.space.xs);
    const std::string by = concat(row.who, "  ·  ", row.when);
    say_text(ui, rest.cut_top(t.type.small.line), by, t.type.small, t.ink(Ink::faint));
    rest.cut_top(t.space.s);
    if (!row.item.empty()) {
        draw_item_line(ui, rest, {row.item}, intents);
    }
    draw_part(ui, rest, ui.texts(Text::settle_why), row.why);
    if (!row.says.empty()) {
        section_head(ui, rest, ui.texts(Text::settle_says));
        for (const std::string& line : row.says) {
            rest.cut_top(say_paragraph(ui, rest, line, t.type.body, {.ink = Ink::muted}));
            rest.cut_top(t.space.xs);
        }
        rest.cut_top(t.space.m);
    }
    draw_settling(ui, rest, model, row, intents);
}

void draw_incident(Ui& ui, Rect& rest, const IncidentModel& row, Intents& intents) {
    const Theme& t = ui.theme;
    rest.cut_top(say_paragraph(ui, rest, row.title, t.type.title, {.heading = 2}));
    rest.cut_top(t.space.xs);
    say_text(ui, rest.cut_top(t.type.small.line), row.when, t.type.small, t.ink(Ink::faint));
    rest.cut_top(t.space.m);
    rest.cut_top(say_paragraph(ui, rest, row.words, t.type.body, {}));
    rest.cut_top(t.space.l);
    if (!row.items.empty()) {
        section_head(ui, rest, ui.texts(Text::sync_notice_items));
        draw_item_line(ui, rest, row.items, intents);
    }
}

void draw_detail(Ui& ui, const Rect& area, const SettleModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const bool operations = model.tab == SettleTab::waiting;
    const WaitingOperation* row = operations ? model.waiting->row(model.selected) : nullptr;
    if (operations && row == nullptr) {
        return;
    }
    // What is written for one operation is not carried to the next.
    const IdScope scope(operations ? std::string_view(row->id) : std::string_view("incident"));
    const Container region(ui.items, "detail", {.role = Role::region, .name = ui.texts(Text::settle_detail)},
                           area_of(area));
    ScrollPane pane(ui, area, "detail");
    Rect column = pane.content().inset(t.space.l, 0);
    column.cut_top(t.space.l);
    if (operations) {
        draw_operation(ui, column, model, *row, intents);
    } else {
        draw_incident(ui, column, model.incidents[static_cast<size_t>(model.selected)], intents);
    }
    pane.end_at(column.y + t.space.l);
}

void draw_list(Ui& ui, const Rect& area, const SettleModel& model, Intents& intents) {
    const bool operations = model.tab == SettleTab::waiting;
    const std::vector<Column> columns = operations ? waiting_columns(ui, area.w) : incident_columns(ui, area.w);
    const TableSpec spec{.key = operations ? "waiting" : "incidents",
                         .name = ui.texts(operations ? Text::settle_waiting : Text::settle_incidents),
                         .columns = columns,
                         .selected = model.selected,
                         .narrow = is_phone(ui)};
    TableResult result;
    if (operations) {
        Waiting rows(ui, *model.waiting);
        result = table(ui, area, spec, rows);
    } else {
        Incidents rows(ui, model.incidents);
        result = table(ui, area, spec, rows);
    }
    if (result.selected || result.pressed) {
        intents.push_back(intent::SelectRow{result.pressed ? *result.pressed : *result.selected});
    }
}

void draw_nothing(Ui& ui, const Rect& area, const SettleModel& model) {
    const bool operations = model.tab == SettleTab::waiting;
    empty_state(ui, area,
                {.icon = Icon::circle_check,
                 .title = ui.texts(operations ? Text::settle_none_title : Text::settle_calm_title),
                 .text = ui.texts(operations ? Text::settle_none_text : Text::settle_calm_text),
                 .tone = Tone::good});
}

void take_keys(Ui& ui, const SettleModel& model, Intents& intents) {
    const int64_t count = rows_of(model);
    const auto select = [&](Command command, int64_t by) {
        if (ui.commanded(command) && count > 0) {
            intents.push_back(intent::SelectRow{std::clamp<int64_t>(model.selected + by, 0, count - 1)});
        }
    };
    select(Command::move_next, 1);
    select(Command::move_previous, -1);
    if (ui.commanded(Command::next_tab)) {
        intents.push_back(
            intent::ChooseSettleTab{model.tab == SettleTab::waiting ? SettleTab::incidents : SettleTab::waiting});
    }
    if (!ui.commanded(Command::open) || model.selected < 0 || model.selected >= count) {
        return;
    }
    const WaitingOperation* row = model.tab == SettleTab::waiting ? model.waiting->row(model.selected) : nullptr;
    const auto& items = model.tab == SettleTab::incidents ? model.incidents[static_cast<size_t>(model.selected)].items
                                                          : std::vector<std::string>();
    const std::string item = row != nullptr ? row->item : items.empty() ? std::string() : items.front();
    if (!item.empty()) {
        intents.push_back(intent::OpenItem{item});
    }
}

void draw_tabs(Ui& ui, Rect& rest, const SettleModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Rect line = rest.cut_top(t.px(44));
    edge(ui, line, Side::bottom, t.palette->line);
    const std::array counts{grouped(model.waiting == nullptr ? 0 : model.waiting->count()),
                            grouped(static_cast<int64_t>(model.incidents.size()))};
    const std::array parts{Segment{ui.texts(Text::settle_waiting), counts[0], {}},
                           Segment{ui.texts(Text::settle_incidents), counts[1], {}}};
    const SegmentsSpec spec{.key = "lists",
                            .name = ui.texts(Text::settle_title),
                            .segments = parts,
                            .chosen = static_cast<int>(model.tab),
                            .as_tabs = true};
    if (const auto chosen = tabs(ui, line.inset(t.space.s, 0), spec)) {
        intents.push_back(intent::ChooseSettleTab{static_cast<SettleTab>(*chosen)});
    }
}

void draw_head(Ui& ui, Rect& rest, const SettleModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    Rect head = screen_head(ui, rest, ui.texts(Text::settle_title),
                            model.when.empty() ? std::string() : ui.texts(Text::settle_fetched, model.when));
    const ButtonSpec refresh{.label = ui.texts(Text::settle_refresh),
                             .icon = Icon::refresh_cw,
                             .command = Command::refresh,
                             .enabled = !model.working};
    const float wide = button_width(ui, refresh);
    const bool narrow = wide > head.w;
    const float place = narrow ? t.size.control : wide;
    const Rect at = head.cut_right(place).centred(place, t.size.control);
    if (narrow ? icon_button(ui, at, refresh.icon, refresh) : button(ui, at, refresh)) {
        intents.push_back(intent::TryAgain{});
    }
}

}  // namespace

void draw_settle(Ui& ui, const Rect& area, const SettleModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::settle);
    const Container region(ui.items, "settle screen", {.role = Role::region, .name = ui.texts(Text::settle_title)},
                           area_of(area));
    Rect rest = area;
    draw_head(ui, rest, model, intents);
    if (draw_unready(ui, rest, model.load, ui.texts(Text::settle_loading), intents) || model.waiting == nullptr) {
        return;
    }
    take_keys(ui, model, intents);
    draw_tabs(ui, rest, model, intents);
    if (!model.refresh_problem.empty()) {
        const Notice old{.icon = Icon::cloud_off, .text = model.refresh_problem, .tone = Tone::warn};
        Rect place = rest.cut_top(notice_height(ui, old, rest.w - 2 * t.space.l) + 2 * t.space.s);
        notice(ui, place.inset(t.space.l, t.space.s), old);
    }
    if (rows_of(model) == 0) {
        draw_nothing(ui, rest, model);
        return;
    }
    const bool beside = rest.w >= t.px(kBeside);
    const Rect detail = beside ? rest.cut_right(t.px(kDetailWide)) : rest.cut_bottom(whole(rest.h * 0.62F));
    edge(ui, detail, beside ? Side::left : Side::top, t.palette->line);
    draw_list(ui, rest, model, intents);
    if (model.selected >= 0 && model.selected < rows_of(model)) {
        draw_detail(ui, detail, model, intents);
    }
}

}  // namespace countersign::shell
