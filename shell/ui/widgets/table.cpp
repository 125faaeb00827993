#include "shell/ui/widgets/table.h"

#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"
#include "shell/ui/widgets/scroll.h"

namespace countersign::shell {
namespace {

struct TableState {
    int64_t offset = 0;  // device pixels scrolled away
    float rest = 0;      // the wheel's fractions
    int64_t revealed = -1;
    bool dragging = false;
    float drag_from = 0;
};

class Table {
public:
    Table(Ui& ui, const Rect& rect, const TableSpec& spec, RowSource& source)
        : ui_(ui),
          spec_(spec),
          source_(source),
          state_(ui.memory.of<TableState>(item_id(spec.key))),
          body_(rect),
          row_height_(ui.theme.size.row),
          count_(source.count()) {}

    TableResult run() {
        NodeState state;
        const Container grid(ui_.items, spec_.key,
                             {.role = Role::grid, .name = spec_.name, .state = state, .set_size = clamped(count_)},
                             area_of(body_));
        if (!spec_.narrow && !spec_.empty_header) {
            header(body_.cut_top(ui_.theme.px(30)));
        }
        scroll();
        keys();
        {
            const Clip clip(body_);
            rows();
        }
        const Theme& t = ui_.theme;
        Rect track = body_;
        track = track.cut_right(t.size.scrollbar + t.space.xxs);
        track.w = t.size.scrollbar;
        const double offset =
            scroll_bar(ui_, {item_id("scroll"), track.inset(0, t.space.xxs), static_cast<double>(body_.h),
                             static_cast<double>(height()), static_cast<double>(state_.offset)});
        state_.offset = static_cast<int64_t>(offset);
        return result_;
    }

private:
    static int32_t clamped(int64_t v) { return static_cast<int32_t>(std::min<int64_t>(v, INT32_MAX)); }

    int64_t row_pixels() const { return static_cast<int64_t>(row_height_); }

    int64_t height() const { return count_ * row_pixels(); }

    int64_t view() const { return static_cast<int64_t>(body_.h); }

    void hold() { state_.offset = std::clamp<int64_t>(state_.offset, 0, std::max<int64_t>(0, height() - view())); }

    void scroll() {
        const float moved = take_scroll(ui_, body_, state_.dragging, state_.drag_from) + state_.rest;
        const auto pixels = static_cast<int64_t>(moved);
        state_.rest = moved - static_cast<float>(pixels);
        state_.offset += pixels;
        if (spec_.selected >= 0 && spec_.selected != state_.revealed) {
            reveal(spec_.selected);
        }
        state_.revealed = spec_.selected;
        hold();
    }

    void reveal(int64_t row) {
        const int64_t top = row * row_pixels();
        state_.offset = std::clamp(state_.offset, top + row_pixels() - view(), top);
    }

    void keys() {
        if (ui_.wishes.text_input || ui_.blocked || count_ == 0) {
            return;
        }
        const int64_t page = std::max<int64_t>(1, view() / row_pixels() - 1);
        int64_t to = spec_.selected;
        while (ui_.input.take(Key::down)) {
            to++;
        }
        while (ui_.input.take(Key::up)) {
            to--;
        }
        to += ui_.input.take(Key::page_down) ? page : 0;
        to -= ui_.input.take(Key::page_up) ? page : 0;
        if (ui_.input.take(Key::home)) {
            to = 0;
        }
        if (ui_.input.take(Key::end)) {
            to = count_ - 1;
        }
        if (to != spec_.selected) {
            result_.selected = std::clamp<int64_t>(to, 0, count_ - 1);
        }
    }

    // Where each column lies within a row.
    std::vector<Rect> cells(const Rect& row) const {
        const Theme& t = ui_.theme;
        float fixed = 0;
        int flexible = 0;
        for (const Column& c : spec_.columns) {
            fixed += c.width + t.space.m;
            flexible += c.width == 0 ? 1 : 0;
        }
        Rect rest = row.inset(t.space.l, 0);
        const float share = flexible > 0 ? whole(std::max(0.0F, rest.w - fixed) / static_cast<float>(flexible)) : 0;
        std::vector<Rect> out;
        for (const Column& c : spec_.columns) {
            out.push_back(rest.cut_left(c.width == 0 ? share : c.width));
            rest.cut_left(t.space.m);
        }
        return out;
    }

    void header(const Rect& rect) {
        const Theme& t = ui_.theme;
        edge(ui_, rect, Side::bottom, t.palette->line);
        const std::vector<Rect> places = cells(rect);
        const Container row(ui_.items, "header", {.role = Role::row, .name = spec_.name}, area_of(rect));
        for (size_t i = 0; i < places.size(); i++) {
            header_cell(places[i], static_cast<int>(i));
        }
    }

    void header_cell(const Rect& rect, int column) {
        const Theme& t = ui_.theme;
        const Column& c = spec_.columns[static_cast<size_t>(column)];
        const bool sorted = column == spec_.sorted_by;
        Meaning meaning;
        meaning.role = Role::columnheader;
        meaning.name = c.title.empty() ? c.spoken : c.title;
        meaning.value = !sorted ? "" : spec_.descending ? "descending" : "ascending";
        meaning.state.selected = sorted;
        Item item;
        if (c.sortable) {
            const IdScope scope(int64_t{column});
            item = interact(ui_, rect.inset(-t.space.xs, t.space.xxs), "column", meaning, {.focus_radius = t.radius.s});
            if (item.pressed) {
                result_.sort_by = column;
            }
        } else {
            ui_.items.add(meaning, area_of(rect));
        }
        const Colour ink = sorted || item.hovered ? t.ink(Ink::text) : t.ink(Ink::faint);
        Rect place = rect;
        const float wide = text_width(ui_, t.type.caption, c.title);
        if (c.align == Align::right) {
            draw_text(ui_, place, c.title, t.type.caption, ink, Align::right);
            place = {rect.right() - wide - t.size.icon_small - t.space.xxs, rect.y, t.size.icon_small, rect.h};
        } else {
            draw_text(ui_, place, c.title, t.type.caption, ink);
            place = {rect.x + wide + t.space.xxs, rect.y, t.size.icon_small, rect.h};
        }
        if (sorted) {
            draw_icon(ui_, place, spec_.descending ? Icon::arrow_down : Icon::arrow_up, ink, t.px(12));
        }
    }

    void rows() {
        result_.first_row = state_.offset / row_pixels();
        result_.end_row = std::min(count_, (state_.offset + view() + row_pixels() - 1) / row_pixels());
        for (int64_t i = result_.first_row; i < result_.end_row; i++) {
            const float y = body_.y + static_cast<float>(i * row_pixels() - state_.offset);
            row(i, {body_.x, y, body_.w, row_height_});
        }
    }

    void row(int64_t index, const Rect& rect) {
        const Theme& t = ui_.theme;
        const bool here = source_.loaded(index);
        const std::string name = here ? source_.row_name(index) : std::string(ui_.texts(Text::loading));
        Meaning meaning;
        meaning.role = Role::row;
        meaning.name = name;
        meaning.state.selected = index == spec_.selected;
        meaning.position = clamped(index + 1);
        meaning.set_size = clamped(count_);
        const IdScope scope(index);
        const Item item = interact(ui_, rect, "row", meaning, {.focusable = false, .allow_overlap = true});
        const bool selected = index == spec_.selected;
        if (selected) {
            fill(ui_, rect, t.ground(Ground::selected));
            fill(ui_, {rect.x, rect.y, t.px(2), rect.h}, t.ink(Ink::accent));
        } else if (item.hovered) {
            fill(ui_, rect, t.ground(Ground::hover));
        }
        edge(ui_, rect, Side::bottom, t.palette->line);
        if (item.pressed && here) {
            result_.pressed = index;
        }
        ui_.items.enter(item.id);
        paint(index, rect, here);
        ui_.items.close();
    }

    void paint(int64_t index, const Rect& rect, bool here) {
        const Theme& t = ui_.theme;
        if (!here) {
            const Rect line = rect.inset(t.space.l, 0);
            const float wide = line.w * (0.3F + 0.1F * static_cast<float>(index % 4));
            fill(ui_, Rect{line.x, line.y, wide, line.h}.inset(0, whole((rect.h - t.space.m) / 2)),
                 t.ground(Ground::pressed), t.radius.s);
            ui_.wishes.frame_in(100);
            return;
        }
        if (spec_.narrow) {
            source_.paint_narrow(ui_, index, rect.inset(t.space.l, 0));
            return;
        }
        const std::vector<Rect> places = cells(rect);
        for (size_t c = 0; c < places.size(); c++) {
            ui_.items.enter(ui_.items.add({.role = Role::gridcell}, area_of(places[c])));
            ui_.items.close_as(source_.paint_cell(ui_, index, static_cast<int>(c), places[c]));
        }
    }

    Ui& ui_;
    const TableSpec& spec_;
    RowSource& source_;
    TableState& state_;
    Rect body_;
    float row_height_;
    int64_t count_;
    TableResult result_;
};

}  // namespace

TableResult table(Ui& ui, const Rect& rect, const TableSpec& spec, RowSource& source) {
    const IdScope scope(spec.key);
    return Table(ui, rect, spec, source).run();
}

}  // namespace countersign::shell
