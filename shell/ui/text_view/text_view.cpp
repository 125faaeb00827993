#include "shell/ui/text_view/text_view.h"

#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"
#include "shell/ui/text_view/document.h"
#include "shell/ui/text_view/span_layers.h"
#include "shell/ui/widgets/badge.h"
#include "shell/ui/widgets/scroll.h"

namespace countersign::shell {
namespace {

constexpr size_t kMostMatches = 10'000;
constexpr size_t kWholeTextToReaders = 20'000;  // bytes; of longer documents screen readers get what is visible
constexpr float kMargin = 46;                   // CSS pixels

struct ViewState {
    DocumentLayout layout;
    int64_t offset = 0;
    float rest = 0;
    size_t anchor = 0;  // bytes
    size_t caret = 0;
    float preferred_x = -1;
    bool selecting = false;
    bool by_word = false;
    bool dragging = false;
    float drag_from = 0;
    std::optional<size_t> revealed;
    std::string found;
    int64_t found_index = -1;
    std::vector<TextRange> matches;

    TextRange selection() const { return {std::min(anchor, caret), std::max(anchor, caret)}; }
};

class View {
public:
    View(Ui& ui, const Rect& rect, const TextViewSpec& spec)
        : ui_(ui), spec_(spec), state_(ui.memory.of<ViewState>(item_id(spec.key))), frame_(rect), body_(rect) {
        if (spec.margin) {
            body_.cut_left(ui.theme.px(kMargin));
        }
        body_.cut_right(ui.theme.size.scrollbar + ui.theme.space.s);
        state_.layout.fit(ui, spec.text, spec.style, body_.w);
        state_.anchor = std::min(state_.anchor, spec.text.size());
        state_.caret = std::min(state_.caret, spec.text.size());
    }

    TextViewResult run() {
        search();
        const std::string heard = text_for_readers();
        const Item item = interact(ui_, frame_, spec_.key, {.role = Role::document, .name = spec_.name, .value = heard},
                                   {.press_on_down = true, .focus_radius = ui_.theme.radius.m});
        item_id_ = item.id;
        scroll();
        if (item.focused) {
            take_pointer(item);
            take_keys();
        }
        if (item.hovered && ImGui::IsMouseHoveringRect({body_.x, body_.y}, {body_.right(), body_.bottom()})) {
            ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
        }
        reveal_wanted();
        {
            const Clip clip(frame_);
            draw(item);
        }
        draw_scroll_bar();
        const TextRange range = state_.selection();
        if (!range.empty()) {
            result_.selection =
                CodePointRange{state_.layout.to_code_point(range.begin), state_.layout.to_code_point(range.end)};
        }
        result_.matches = static_cast<int64_t>(state_.matches.size());
        return result_;
    }

private:
    float line_height() const { return spec_.style.line; }

    int64_t pixels() const { return static_cast<int64_t>(line_height()); }

    int64_t height() const { return static_cast<int64_t>(state_.layout.line_count()) * pixels(); }

    void hold() {
        state_.offset =
            std::clamp<int64_t>(state_.offset, 0, std::max<int64_t>(0, height() - static_cast<int64_t>(frame_.h)));
    }

    void scroll() {
        const float moved = take_scroll(ui_, frame_, state_.dragging, state_.drag_from) + state_.rest;
        const auto whole_pixels = static_cast<int64_t>(moved);
        state_.rest = moved - static_cast<float>(whole_pixels);
        state_.offset += whole_pixels;
        hold();
    }

    void reveal_line(size_t line) {
        const int64_t top = static_cast<int64_t>(line) * pixels();
        const int64_t room = pixels() * 2;
        const auto view = static_cast<int64_t>(frame_.h);
        if (top - room < state_.offset || top + pixels() + room > state_.offset + view) {
            state_.offset = top - view / 3;
        }
        hold();
    }

    void reveal_wanted() {
        if (spec_.reveal != state_.revealed) {
            state_.revealed = spec_.reveal;
            if (spec_.reveal) {
                reveal_line(state_.layout.line_of(state_.layout.to_byte(*spec_.reveal)));
            }
        }
    }

    void search() {
        if (state_.found != spec_.find) {
            state_.found = spec_.find;
            state_.matches = state_.layout.find(spec_.find, kMostMatches);
            state_.found_index = -1;
        }
        if (!state_.matches.empty() && state_.found_index != spec_.current_match) {
            state_.found_index = spec_.current_match;
            reveal_line(state_.layout.line_of(current_match().begin));
        }
    }

    TextRange current_match() const {
        const auto count = static_cast<int64_t>(state_.matches.size());
        const int64_t index = ((spec_.current_match % count) + count) % count;
        return state_.matches[static_cast<size_t>(index)];
    }

    size_t byte_under(float x, float y) const {
        const double line =
            (static_cast<double>(y - frame_.y) + static_cast<double>(state_.offset)) / static_cast<double>(pixels());
        const auto last = static_cast<double>(state_.layout.line_count()) - 1;
        const auto index = static_cast<size_t>(std::clamp(line, 0.0, last));
        return state_.layout.byte_in_line(ui_, index, x - body_.x);
    }

    void take_pointer(const Item& item) {
        const ImGuiIO& io = ImGui::GetIO();
        if (!item.held) {
            result_.selection_made = state_.selecting && !state_.selection().empty();
            state_.selecting = false;
            return;
        }
        if (ui_.input.touch && state_.dragging) {
            return;  // a finger that scrolls does not select
        }
        const size_t at = byte_under(io.MousePos.x, io.MousePos.y);
        const int clicks = io.MouseClickedCount[ImGuiMouseButton_Left];
        if (!state_.selecting && clicks > 0) {
            begin_selection(at, clicks);
        } else if (state_.selecting && clicks == 0 && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
            state_.caret = state_.by_word ? (at < state_.anchor ? word_around(spec_.text, at).begin
                                                                : word_around(spec_.text, at).end)
                                          : at;
        }
        scroll_while_selecting(io.MousePos.y);
    }

    void begin_selection(size_t at, int clicks) {
        state_.selecting = true;
        state_.by_word = clicks == 2;
        state_.preferred_x = -1;
        if (clicks == 1) {
            state_.anchor = ImGui::GetIO().KeyShift ? state_.anchor : at;
            state_.caret = at;
            press_span(at);
        } else if (clicks == 2) {
            const TextRange word = word_around(spec_.text, at);
            state_.anchor = word.begin;
            state_.caret = word.end;
        } else {
            const size_t before = spec_.text.substr(0, at).rfind('\n');
            const size_t after = spec_.text.find('\n', at);
            state_.anchor = before == std::string_view::npos ? 0 : before + 1;
            state_.caret = after == std::string_view::npos ? spec_.text.size() : after;
        }
    }

    void press_span(size_t at) {
        const size_t point = state_.layout.to_code_point(at);
        for (size_t i = 0; i < spec_.spans.size(); i++) {
            if (spec_.spans[i].begin <= point && point < spec_.spans[i].end) {
                result_.pressed_span = i;
            }
        }
    }

    void scroll_while_selecting(float y) {
        const float beyond = y < frame_.y ? y - frame_.y : y > frame_.bottom() ? y - frame_.bottom() : 0;
        if (state_.selecting && beyond != 0) {
            state_.offset += static_cast<int64_t>(beyond / 4);
            hold();
            ui_.wishes.frame_in(16);
        }
    }

    void take_keys() {
        if (ui_.wishes.text_input || ui_.blocked) {
            return;
        }
        std::vector<KeyPress> left;
        for (const KeyPress& press : ui_.input.keys) {
            if (!take_key(press)) {
                left.push_back(press);
            }
        }
        ui_.input.keys = std::move(left);
    }

    bool take_key(const KeyPress& press) {
        const bool shift = press.modifiers.shift;
        const bool control = press.modifiers.control;
        const auto page = static_cast<int64_t>(frame_.h) / pixels() - 1;
        switch (press.key) {
            case Key::left:
                return go(
                    control ? word_start_before(spec_.text, state_.caret) : previous_boundary(spec_.text, state_.caret),
                    shift);
            case Key::right:
                return go(control ? word_end_after(spec_.text, state_.caret) : next_boundary(spec_.text, state_.caret),
                          shift);
            case Key::up: return shift ? go_lines(-1) : roll(-1);
            case Key::down: return shift ? go_lines(1) : roll(1);
            case Key::page_up: return roll(-page);
            case Key::page_down: return roll(page);
            case Key::home:
                return control ? go(0, shift)
                               : go(state_.layout.line(state_.layout.line_of(state_.caret)).begin, shift);
            case Key::end:
                return control ? go(spec_.text.size(), shift)
                               : go(state_.layout.line(state_.layout.line_of(state_.caret)).end, shift);
            case Key::a:
                state_.anchor = control ? 0 : state_.anchor;
                state_.caret = control ? spec_.text.size() : state_.caret;
                return control;
            case Key::c: return control && copy();
            case Key::escape: state_.anchor = state_.caret; return true;
            default: return false;
        }
    }

    bool go(size_t to, bool selecting) {
        state_.preferred_x = -1;
        state_.caret = to;
        state_.anchor = selecting ? state_.anchor : to;
        result_.selection_made = selecting;
        reveal_line(state_.layout.line_of(to));
        return true;
    }

    bool go_lines(int by) {
        const size_t line = state_.layout.line_of(state_.caret);
        if (state_.preferred_x < 0) {
            state_.preferred_x = state_.layout.x_of(ui_, line, state_.caret);
        }
        const auto target = std::clamp<int64_t>(static_cast<int64_t>(line) + by, 0,
                                                static_cast<int64_t>(state_.layout.line_count()) - 1);
        const float x = state_.preferred_x;
        go(state_.layout.byte_in_line(ui_, static_cast<size_t>(target), x), true);
        state_.preferred_x = x;
        return true;
    }

    bool roll(int64_t lines) {
        state_.offset += lines * pixels();
        hold();
        return true;
    }

    bool copy() {
        const TextRange range = state_.selection();
        if (!range.empty()) {
            ui_.wishes.clipboard = std::string(spec_.text.substr(range.begin, range.end - range.begin));
        }
        return true;
    }

    std::pair<size_t, size_t> visible_lines() const {
        const auto first = static_cast<size_t>(state_.offset / pixels());
        const auto end = static_cast<size_t>((state_.offset + static_cast<int64_t>(frame_.h)) / pixels()) + 1;
        return {first, std::min(end, state_.layout.line_count())};
    }

    std::string text_for_readers() const {
        if (spec_.text.size() <= kWholeTextToReaders) {
            return std::string(spec_.text);
        }
        const auto [first, end] = visible_lines();
        if (first >= end) {
            return {};
        }
        const size_t from = state_.layout.line(first).begin;
        return std::string(spec_.text.substr(from, state_.layout.line(end - 1).end - from));
    }

    float line_top(size_t line) const {
        return frame_.y + static_cast<float>(static_cast<int64_t>(line) * pixels() - state_.offset);
    }

    // The part of a line that a range of bytes covers; empty width when none.
    Rect stretch(size_t line, TextRange range, bool shows_break = false) const {
        const TextLine& at = state_.layout.line(line);
        const size_t begin = std::max(range.begin, at.begin);
        const size_t end = std::min(range.end, at.end);
        const bool breaks = shows_break && range.end > at.end && range.begin <= at.end;
        const bool on = begin < end || (breaks && begin <= end);
        if (!on) {
            return {};
        }
        const float left = state_.layout.x_of(ui_, line, begin);
        const float right = state_.layout.x_of(ui_, line, end);
        const float through = breaks ? ui_.theme.space.xs : 0;
        return {whole(body_.x + left), line_top(line), whole(right - left + through), line_height()};
    }

    void draw(const Item& item) {
        const Theme& t = ui_.theme;
        const auto [first, end] = visible_lines();
        const std::vector<LayeredSpan> spans = layered(spec_.spans);
        for (size_t line = first; line < end; line++) {
            int badges = 0;
            for (const LayeredSpan& span : spans) {
                draw_span(line, span, badges);
            }
            draw_matches(line);
            const Rect selected = stretch(line, state_.selection(), true);
            fill(ui_, selected, t.palette->selection);
            const float baseline = line_top(line) + baseline_in_line(spec_.style);
            draw_text_at(ui_, body_.x, baseline, state_.layout.line_text(line), spec_.style, t.ink(Ink::text));
        }
        if (item.ring) {
            const size_t line = state_.layout.line_of(state_.caret);
            const float x = whole(body_.x + state_.layout.x_of(ui_, line, state_.caret));
            fill(ui_, {x, line_top(line) + t.space.xxs, t.px(1.5F), line_height() - t.space.xs}, t.ink(Ink::accent));
        }
    }

    void draw_span(size_t line, const LayeredSpan& layered_span, int& badges) {
        const TextSpan& span = *layered_span.span;
        const TextRange range{state_.layout.to_byte(span.begin), state_.layout.to_byte(span.end)};
        const Rect place = stretch(line, range);
        if (place.empty()) {
            return;
        }
        const Theme& t = ui_.theme;
        const LabelColour& look = t.label(span.colour);
        const float inset = t.px(2);
        fill(ui_, place.inset(0, inset), look.tint, t.radius.s / 2);
        const float thick = span.current ? t.px(3) : t.px(2);
        const float under = place.bottom() - inset - thick - static_cast<float>(layered_span.layer) * t.px(3);
        fill(ui_, {place.x, under, place.w, thick}, look.solid);
        const bool begins = range.begin >= state_.layout.line(line).begin && state_.layout.line_of(range.begin) == line;
        // Letters stand in the margin, the first next to the text; there is room for two.
        if (begins && spec_.margin && !span.letter.empty() && badges < 2) {
            const float step = t.px(20) * static_cast<float>(badges + 1);
            label_badge(ui_, {body_.x - t.space.s - step, place.y, t.size.badge, place.h}, span.letter, span.colour);
            badges++;
        }
    }

    void draw_matches(size_t line) {
        if (state_.matches.empty()) {
            return;
        }
        const TextLine& at = state_.layout.line(line);
        const auto from = std::lower_bound(state_.matches.begin(), state_.matches.end(), at.begin,
                                           [](const TextRange& m, size_t begin) { return m.end <= begin; });
        for (auto match = from; match != state_.matches.end() && match->begin < at.end; ++match) {
            const bool current = *match == current_match();
            const Rect place = stretch(line, *match).inset(0, ui_.theme.px(3));
            fill(ui_, place, ui_.theme.ground(Ground::warn_soft), ui_.theme.radius.s / 2);
            if (current) {
                stroke(ui_, place, ui_.theme.ink(Ink::warn), ui_.theme.radius.s / 2);
            }
        }
    }

    void draw_scroll_bar() {
        Rect track = frame_;
        track = track.cut_right(ui_.theme.size.scrollbar);
        const double offset = scroll_bar(
            ui_, {item_id(concat(spec_.key, " bar")), track.inset(0, ui_.theme.space.xxs),
                  static_cast<double>(frame_.h), static_cast<double>(height()), static_cast<double>(state_.offset)});
        state_.offset = static_cast<int64_t>(offset);
    }

    Ui& ui_;
    const TextViewSpec& spec_;
    ViewState& state_;
    Rect frame_;
    Rect body_;
    uint32_t item_id_ = 0;
    TextViewResult result_;
};

}  // namespace

TextViewResult text_view(Ui& ui, const Rect& rect, const TextViewSpec& spec) {
    return View(ui, rect, spec).run();
}

void clear_text_selection(Ui& ui, std::string_view key) {
    ViewState& state = ui.memory.of<ViewState>(item_id(key));
    state.anchor = state.caret;
}

float text_view_height(const Ui& ui, std::string_view text, const TextStyle& style, float width) {
    const float inner = width - ui.theme.size.scrollbar - ui.theme.space.s;
    return static_cast<float>(wrap(ui, style, text, inner).size()) * style.line;
}

}  // namespace countersign::shell
