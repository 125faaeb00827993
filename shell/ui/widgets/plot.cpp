#include "shell/ui/widgets/plot.h"

#include <algorithm>

#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {

namespace {

constexpr float kLeastY = -1;  // of a course
constexpr float kMostY = 1.25F;

// The frame with its words around it; returns the inside.
Rect frame(Ui& ui, const Rect& rect, const PlotSpec& spec) {
    const Theme& t = ui.theme;
    ui.items.add({.role = Role::image, .name = spec.name, .description = spec.words}, area_of(rect));
    Rect rest = rect;
    draw_text(ui, rest.cut_top(t.type.caption.line), spec.y_axis, t.type.caption, t.ink(Ink::faint));
    rest.cut_top(t.space.xs);
    draw_text(ui, rest.cut_bottom(t.type.caption.line), spec.x_axis, t.type.caption, t.ink(Ink::faint), Align::right);
    rest.cut_bottom(t.space.xs);
    fill(ui, rest, t.ground(Ground::canvas), t.radius.s);
    stroke(ui, rest, t.palette->line, t.radius.s);
    return rest.inset(t.space.s);
}

}  // namespace

void reliability_plot(Ui& ui, const Rect& rect, const PlotSpec& spec, std::span<const ErrorBar> bars) {
    const Theme& t = ui.theme;
    const Rect inside = frame(ui, rect, spec);
    const auto x_of = [&](float share) { return inside.x + share * inside.w; };
    const auto y_of = [&](float share) { return inside.bottom() - share * inside.h; };
    draw_line(ui, {x_of(0), y_of(0)}, {x_of(1), y_of(1)}, t.palette->line, t.size.hairline);
    const float wide = t.px(10);
    for (const ErrorBar& bar : bars) {
        const float x = whole(x_of(bar.x));
        const Rect expected{x - wide / 2, y_of(bar.expected_upper), wide,
                            std::max(y_of(bar.expected_lower) - y_of(bar.expected_upper), t.size.hairline)};
        fill(ui, expected, t.palette->line, t.radius.s);
    }
    for (const ErrorBar& bar : bars) {
        const float x = whole(x_of(bar.x));
        const bool off = bar.y < bar.expected_lower || bar.y > bar.expected_upper;
        const Colour ink = t.ink(off ? Ink::warn : Ink::accent);
        fill(ui, {x - t.size.hairline / 2, y_of(bar.upper), t.size.hairline, y_of(bar.lower) - y_of(bar.upper)}, ink);
        draw_mark(ui, {x - wide / 2, y_of(bar.y) - wide / 2, wide, wide}, off ? Mark::diamond : Mark::circle, ink,
                  t.px(8));
    }
}

void course_plot(Ui& ui, const Rect& rect, const PlotSpec& spec, std::span<const CoursePoint> points,
                 std::string_view limit) {
    const Theme& t = ui.theme;
    const Rect inside = frame(ui, rect, spec);
    const auto place = [&](const CoursePoint& point) {
        const float y = (std::clamp(point.y, kLeastY, kMostY) - kLeastY) / (kMostY - kLeastY);
        return Point{inside.x + point.x * inside.w, inside.bottom() - y * inside.h};
    };
    draw_line(ui, place({0, 0}), place({1, 0}), t.palette->line, t.size.hairline);
    draw_line(ui, place({0, 1}), place({1, 1}), t.ink(Ink::bad), t.size.hairline);
    const Point at = place({0, 1});
    draw_text(ui, {at.x, at.y - t.type.caption.line, inside.w, t.type.caption.line}, limit, t.type.caption,
              t.ink(Ink::bad));
    Point before = place({0, 0});
    for (const CoursePoint& point : points) {
        const Point now = place(point);
        draw_line(ui, before, now, t.ink(Ink::accent), 2 * t.size.hairline);
        before = now;
    }
    if (!points.empty()) {
        draw_mark(ui, {before.x - t.px(5), before.y - t.px(5), t.px(10), t.px(10)}, Mark::circle, t.ink(Ink::accent),
                  t.px(8));
    }
}

}  // namespace countersign::shell
