// The board of automatic tiers: a list of tiers and models, and the whole of the selected one beside it.

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/field.h"
#include "shell/ui/widgets/plot.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr float kBeside = 860;  // CSS pixels of the area
constexpr float kListWide = 300;
constexpr float kDetailMost = 860;
constexpr float kFigureLeast = 180;
constexpr float kPlotLeast = 300;
constexpr float kPlotTall = 230;

struct State {
    Text words;
    Tone tone;
};

State state_of(const TierModel& tier) {
    if (tier.open) {
        return {Text::tiers_state_open, Tone::good};
    }
    return tier.alarmed ? State{Text::tiers_state_alarm, Tone::bad} : State{Text::tiers_state_closed, Tone::neutral};
}

void draw_row(Ui& ui, const Rect& rect, const TiersModel& model, int index, Intents& intents) {
    const Theme& t = ui.theme;
    const TierModel& tier = model.tiers[static_cast<size_t>(index)];
    const bool here = index == model.selected;
    const State state = state_of(tier);
    Meaning meaning;
    meaning.role = Role::option;
    meaning.name = tier.title;
    meaning.value = ui.texts(state.words);
    meaning.description = tier.headline;
    meaning.state.selected = here;
    meaning.position = index + 1;
    meaning.set_size = static_cast<int32_t>(model.tiers.size());
    const IdScope scope(int64_t{index});
    const Item item = interact(ui, rect, "tier", meaning, {.focus_radius = t.radius.m});
    if (here || item.hovered) {
        fill(ui, rect, t.ground(here ? Ground::pressed : Ground::hover), t.radius.m);
    }
    Rect rest = rect.inset(t.space.s, t.space.s);
    Rect top = rest.cut_top(t.type.control.line);
    const std::string_view words = ui.texts(state.words);
    pill(ui, top.cut_right(pill_width(ui, words)), words, state.tone);
    top.cut_right(t.space.s);
    draw_text(ui, top, tier.title, t.type.control, t.ink(Ink::text));
    rest.cut_top(t.space.xs);
    draw_text(ui, rest, tier.headline, t.type.small, t.ink(Ink::muted));
    if (item.pressed) {
        intents.push_back(intent::SelectRow{index});
    }
}

void draw_list(Ui& ui, const Rect& area, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Container list(ui.items, "tiers", {.role = Role::listbox, .name = ui.texts(Text::tiers_list)}, area_of(area));
    ScrollPane pane(ui, area, "tiers");
    Rect rest = pane.content().inset(t.space.s, 0);
    rest.cut_top(t.space.s);
    const float tall = t.type.control.line + t.type.small.line + t.space.xs + 2 * t.space.s;
    for (int i = 0; i < static_cast<int>(model.tiers.size()); ++i) {
        draw_row(ui, rest.cut_top(tall), model, i, intents);
        rest.cut_top(t.space.xs);
    }
    pane.end_at(rest.y);
}

// As many side by side as there is room for, all of the same width; draw(i, rect) draws one.
template <class Draw>
void side_by_side(Ui& ui, Rect& rest, int count, float least, float tall, Draw draw) {
    const Theme& t = ui.theme;
    const int fit = std::max(1, static_cast<int>((rest.w + t.space.m) / (t.px(least) + t.space.m)));
    const int columns = std::min(fit, count);
    const float wide = whole((rest.w - static_cast<float>(columns - 1) * t.space.m) / static_cast<float>(columns));
    for (int i = 0; i < count;) {
        Rect line = rest.cut_top(tall);
        for (int column = 0; column < columns && i < count; ++column, ++i) {
            draw(i, line.cut_left(wide));
            line.cut_left(t.space.m);
        }
        rest.cut_top(t.space.m);
    }
}

void draw_figure(Ui& ui, const Rect& rect, const TierFigure& figure) {
    const Theme& t = ui.theme;
    Rect inside = card(ui, rect, t.space.m);
    const std::string spoken = concat(figure.name, ": ", figure.value, ", ", figure.words);
    ui.items.add({.role = Role::text, .name = spoken}, area_of(rect));
    draw_text(ui, inside.cut_top(t.type.small.line), figure.name, t.type.small, t.ink(Ink::faint));
    inside.cut_top(t.space.xs);
    draw_text(ui, inside.cut_top(t.type.headline.line), figure.value, t.type.headline,
              t.ink(figure.bad ? Ink::bad : Ink::text));
    inside.cut_top(t.space.xs);
    float y = inside.y;
    for (const TextLine& line : wrap(ui, t.type.small, figure.words, inside.w)) {
        const std::string_view words = std::string_view(figure.words).substr(line.begin, line.end - line.begin);
        draw_text(ui, {inside.x, y, inside.w, t.type.small.line}, words, t.type.small, t.ink(Ink::muted));
        y += t.type.small.line;
    }
}

float figure_height(const Ui& ui) {
    const Theme& t = ui.theme;
    return 2 * t.space.m + 2 * t.space.xs + t.type.headline.line + 3 * t.type.small.line;
}

void draw_plots(Ui& ui, Rect& rest, const TierModel& tier) {
    const Theme& t = ui.theme;
    const auto none = [&](Rect inside, Text words) {
        say_paragraph(ui, inside, ui.texts(words), t.type.small, {.ink = Ink::faint});
    };
    side_by_side(ui, rest, 2, kPlotLeast, t.px(kPlotTall), [&](int i, Rect place) {
        Rect inside = card(ui, place, t.space.m);
        section_head(ui, inside, ui.texts(i == 0 ? Text::tiers_reliability : Text::tiers_course));
        if (i == 0 && tier.reliability.empty()) {
            none(inside, Text::tiers_reliability_none);
        } else if (i == 0) {
            std::vector<ErrorBar> bars;
            std::string words;
            for (const ReliabilityBin& bin : tier.reliability) {
                bars.push_back(
                    {bin.confidence, bin.accuracy, bin.lower, bin.upper, bin.consistent_lower, bin.consistent_upper});
                words += concat(words.empty() ? "" : "; ", bin.words);
            }
            reliability_plot(ui, inside,
                             {.name = ui.texts(Text::tiers_reliability),
                              .words = words,
                              .x_axis = ui.texts(Text::tiers_reliability_x),
                              .y_axis = ui.texts(Text::tiers_reliability_y)},
                             bars);
        } else if (tier.course.empty()) {
            none(inside, Text::tiers_course_none);
        } else {
            std::vector<CoursePoint> points;
            for (const PlotPoint& point : tier.course) {
                points.push_back({point.x, point.y});
            }
            course_plot(ui, inside,
                        {.name = ui.texts(Text::tiers_course),
                         .words = tier.course_words,
                         .x_axis = ui.texts(Text::tiers_course_x),
                         .y_axis = ui.texts(Text::tiers_course_y)},
                        points, ui.texts(Text::tiers_course_limit));
        }
    });
}

void draw_problem(Ui& ui, Rect& rest, const TiersModel& model) {
    if (!model.problem.empty()) {
        const Notice problem{.icon = Icon::circle_alert, .text = model.problem, .tone = Tone::bad};
        notice(ui, rest.cut_top(notice_height(ui, problem, rest.w)), problem);
        rest.cut_top(ui.theme.space.m);
    }
}

void draw_opening(Ui& ui, Rect& rest, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    draw_problem(ui, rest, model);
    const ButtonSpec open{.label = ui.texts(Text::tiers_open_it),
                          .kind = ButtonKind::primary,
                          .icon = Icon::shield_check,
                          .command = Command::open_tier,
                          .enabled = !model.working};
    Rect line = rest.cut_top(t.size.control);
    if (button(ui, line.cut_left(button_width(ui, open)), open)) {
        intents.push_back(intent::ChangeTier{true});
    }
    rest.cut_top(t.space.s);
    rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::tiers_open_hint), t.type.small, {.ink = Ink::faint}));
    rest.cut_top(t.space.l);
}

void draw_closing(Ui& ui, Rect& rest, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::tiers_close_reason), ui.texts(Text::required));
    const FieldResult reason =
        text_field(ui, rest.cut_top(field_height(ui, model.reason, rest.w, 2, 6)),
                   {.key = "reason",
                    .name = ui.texts(Text::tiers_close_reason),
                    .value = model.reason,
                    .placeholder = ui.texts(Text::tiers_close_hint),
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
    draw_problem(ui, rest, model);
    const ButtonSpec close{.label = ui.texts(Text::tiers_close_it),
                           .icon = Icon::lock,
                           .command = Command::close_tier,
                           .enabled = !model.working};
    Rect line = rest.cut_top(t.size.control);
    if (button(ui, line.cut_left(button_width(ui, close)), close)) {
        intents.push_back(intent::ChangeTier{false});
    }
    rest.cut_top(t.space.l);
}

void draw_evidence(Ui& ui, Rect& rest, const TierModel& tier) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::tiers_evidence));
    progress_bar(ui, rest.cut_top(t.size.bar), ui.texts(Text::tiers_evidence), std::min(tier.decided, tier.next_look),
                 tier.next_look);
    rest.cut_top(t.space.s);
    rest.cut_top(say_paragraph(ui, rest, tier.evidence, t.type.small, {.ink = Ink::muted}));
    rest.cut_top(t.space.xs);
    rest.cut_top(say_paragraph(ui, rest, tier.calibration, t.type.small, {.ink = Ink::faint}));
    rest.cut_top(t.space.l);
}

void draw_detail(Ui& ui, const Rect& area, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const TierModel& tier = model.tiers[static_cast<size_t>(model.selected)];
    const IdScope scope(concat(tier.tier, "/", tier.model));
    const Container region(ui.items, "detail", {.role = Role::region, .name = ui.texts(Text::tiers_detail)},
                           area_of(area));
    ScrollPane pane(ui, area, "detail");
    Rect column = pane.content().inset(t.space.l, 0);
    column.w = std::min(column.w, t.px(kDetailMost));
    column.cut_top(t.space.l);
    const State state = state_of(tier);
    column.cut_top(say_paragraph(ui, column, tier.title, t.type.title, {.heading = 2}));
    column.cut_top(t.space.s);
    pill(ui, column.cut_top(t.size.badge), ui.texts(state.words), state.tone);
    column.cut_top(t.space.s);
    column.cut_top(say_paragraph(ui, column, tier.headline, t.type.headline, {}));
    column.cut_top(t.space.xs);
    column.cut_top(say_paragraph(ui, column, tier.promise, t.type.body, {.ink = Ink::muted}));
    if (!tier.explanation.empty()) {
        column.cut_top(t.space.m);
        const Notice why{.icon = tier.alarmed ? Icon::shield_alert : Icon::info,
                         .text = tier.explanation,
                         .tone = tier.alarmed ? Tone::bad : Tone::neutral};
        notice(ui, column.cut_top(notice_height(ui, why, column.w)), why);
    }
    column.cut_top(t.space.l);
    if (tier.can_open) {
        draw_opening(ui, column, model, intents);
    }
    if (!tier.figures.empty()) {
        side_by_side(ui, column, static_cast<int>(tier.figures.size()), kFigureLeast, figure_height(ui),
                     [&](int i, Rect place) { draw_figure(ui, place, tier.figures[static_cast<size_t>(i)]); });
    }
    draw_plots(ui, column, tier);
    column.cut_top(t.space.xs);
    draw_evidence(ui, column, tier);
    if (tier.open) {
        draw_closing(ui, column, model, intents);
    }
    pane.end_at(column.y + t.space.l);
}

void take_keys(Ui& ui, const TiersModel& model, Intents& intents) {
    const auto select = [&](Command command, int by) {
        if (ui.commanded(command)) {
            intents.push_back(
                intent::SelectRow{std::clamp(model.selected + by, 0, static_cast<int>(model.tiers.size()) - 1)});
        }
    };
    select(Command::move_next, 1);
    select(Command::move_previous, -1);
}

void draw_head(Ui& ui, Rect& rest, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    Rect head = screen_head(ui, rest, ui.texts(Text::tiers_title),
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

void draw_tiers(Ui& ui, const Rect& area, const TiersModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::tiers);
    const Container region(ui.items, "tiers screen", {.role = Role::region, .name = ui.texts(Text::tiers_title)},
                           area_of(area));
    Rect rest = area;
    draw_head(ui, rest, model, intents);
    if (draw_unready(ui, rest, model.load, ui.texts(Text::tiers_loading), intents)) {
        return;
    }
    if (!model.refresh_problem.empty()) {
        const Notice old{.icon = Icon::cloud_off, .text = model.refresh_problem, .tone = Tone::warn};
        Rect place = rest.cut_top(notice_height(ui, old, rest.w - 2 * t.space.l) + 2 * t.space.s);
        notice(ui, place.inset(t.space.l, t.space.s), old);
    }
    if (model.tiers.empty()) {
        empty_state(ui, rest,
                    {.icon = Icon::shield_check,
                     .title = ui.texts(Text::tiers_none_title),
                     .text = ui.texts(Text::tiers_none_text)});
        return;
    }
    take_keys(ui, model, intents);
    const bool beside = rest.w >= t.px(kBeside);
    const float row = t.type.control.line + t.type.small.line + 2 * t.space.xs + 2 * t.space.s;
    const float list_tall = std::min(row * static_cast<float>(model.tiers.size()) + t.space.s, whole(rest.h / 3));
    const Rect list = beside ? rest.cut_left(t.px(kListWide)) : rest.cut_top(list_tall);
    edge(ui, list, beside ? Side::right : Side::bottom, t.palette->line);
    draw_list(ui, list, model, intents);
    draw_detail(ui, rest, model, intents);
}

}  // namespace countersign::shell
