#include "shell/ui/widgets/select.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/concat.h"
#include "shell/ui/core/text.h"
#include "shell/ui/widgets/badge.h"
#include "shell/ui/widgets/button.h"
#include "shell/ui/widgets/scroll.h"

namespace countersign::shell {
namespace {

struct SelectState {
    bool open = false;
    int marked = 0;
    bool just_opened = false;
};

constexpr int kMostRows = 10;

std::string words_of(const SelectSpec& spec) {
    const bool some = spec.chosen >= 0 && spec.chosen < static_cast<int>(spec.options.size());
    const std::string_view value = some ? spec.options[static_cast<size_t>(spec.chosen)].label : spec.empty;
    return spec.prefix_name ? concat(spec.name, some ? ": " : "", some ? value : std::string_view())
                            : std::string(value);
}

class Menu {
public:
    Menu(Ui& ui, const Rect& anchor, const SelectSpec& spec, SelectState& state)
        : ui_(ui), anchor_(anchor), spec_(spec), state_(state), count_(static_cast<int>(spec.options.size())) {}

    std::optional<int> run() {
        const Theme& t = ui_.theme;
        const Rect frame = place();
        enter_scope(ui_, Scope::dialog);
        ImGui::SetNextWindowPos({frame.x, frame.y});
        ImGui::SetNextWindowSize({frame.w, frame.h});
        ImGui::Begin("menu", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
        if (state_.just_opened) {
            ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
            ImGui::FocusWindow(ImGui::GetCurrentWindow());
        }
        const Rect body = frame.inset(margin());
        ImGui::PushClipRect({0, 0}, ImGui::GetIO().DisplaySize, false);
        shadow(ui_, body, t.radius.l);
        ImGui::PopClipRect();
        fill(ui_, body, t.ground(Ground::surface), t.radius.l);
        stroke(ui_, body, t.palette->border, t.radius.l);
        std::optional<int> choice = keys();
        {
            const Container list(ui_.items, "menu", {.role = Role::listbox, .name = spec_.name}, area_of(body));
            ScrollPane pane(ui_, body.inset(t.space.xs), "options");
            Rect rest = pane.content();
            for (int i = 0; i < count_; i++) {
                if (row(rest.cut_top(t.size.control), i, pane)) {
                    choice = i;
                }
            }
            pane.end_at(rest.y);
        }
        const bool outside =
            ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
            !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
            !state_.just_opened;
        ImGui::End();
        if (choice || outside) {
            state_.open = false;
        }
        state_.just_opened = false;
        return choice;
    }

private:
    // Room around the list for its shadow.
    float margin() const { return ui_.theme.space.l; }

    Rect place() const {
        const Theme& t = ui_.theme;
        const ImVec2 screen = ImGui::GetIO().DisplaySize;
        float wide = anchor_.w;
        for (const Option& o : spec_.options) {
            wide = std::max(wide, text_width(ui_, t.type.body, o.label) + t.space.xxxl * 2);
        }
        const float tall = static_cast<float>(std::min(count_, kMostRows)) * t.size.control + 2 * t.space.xs;
        Rect body{anchor_.x, anchor_.bottom() + t.space.xs, std::min(whole(wide), screen.x - 2 * t.space.s), tall};
        if (body.bottom() > screen.y && anchor_.y - tall - t.space.xs > 0) {
            body.y = anchor_.y - t.space.xs - tall;
        }
        body.x = std::clamp(body.x, t.space.s, std::max(t.space.s, screen.x - body.w - t.space.s));
        return body.inset(-margin());
    }

    std::optional<int> keys() {
        Input& input = ui_.input;
        if (ui_.commanded(Command::close) || input.take(Key::escape)) {
            state_.open = false;
        }
        if (input.take(Key::down)) {
            state_.marked = std::min(state_.marked + 1, count_ - 1);
        }
        if (input.take(Key::up)) {
            state_.marked = std::max(state_.marked - 1, 0);
        }
        if (!input.typed.empty()) {
            find(input.typed);
            input.typed.clear();
        }
        if (!state_.just_opened && (input.take(Key::enter) || input.take(Key::space))) {
            return state_.marked;
        }
        return std::nullopt;
    }

    // The next option that begins with what was typed.
    void find(std::string_view typed) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        for (int step = 1; step <= count_; step++) {
            const int at = (state_.marked + step) % count_;
            const std::string_view label = spec_.options[static_cast<size_t>(at)].label;
            if (!label.empty() && lower(label.front()) == lower(typed.front())) {
                state_.marked = at;
                return;
            }
        }
    }

    bool row(Rect rect, int index, ScrollPane& pane) {
        const Theme& t = ui_.theme;
        const Option& o = spec_.options[static_cast<size_t>(index)];
        Meaning meaning;
        meaning.role = Role::option;
        meaning.name = o.label;
        meaning.state.selected = index == spec_.chosen;
        meaning.position = index + 1;
        meaning.set_size = count_;
        const IdScope scope(int64_t{index});
        const Item item = interact(ui_, rect, "option", meaning, {.focusable = false});
        const ImVec2 moved = ImGui::GetIO().MouseDelta;
        if (item.hovered && (moved.x != 0 || moved.y != 0)) {
            state_.marked = index;
        }
        if (index == state_.marked) {
            fill(ui_, rect, t.ground(Ground::hover), t.radius.m);
            pane.reveal(rect);
        }
        rect = rect.inset(t.space.s, 0);
        if (!o.letter.empty()) {
            label_badge(ui_, rect.cut_left(t.size.badge), o.letter, o.colour);
            rect.cut_left(t.space.s);
        }
        if (index == spec_.chosen) {
            draw_icon(ui_, rect.cut_right(t.size.icon), Icon::check, t.ink(Ink::accent), t.size.icon_small);
        }
        if (!o.detail.empty()) {
            draw_text(ui_, rect.cut_right(whole(text_width(ui_, t.type.small, o.detail)) + 1), o.detail, t.type.small,
                      t.ink(Ink::muted), Align::right);
            rect.cut_right(t.space.s);
        }
        draw_text(ui_, rect, o.label, t.type.body, t.ink(Ink::text));
        return item.pressed;
    }

    Ui& ui_;
    Rect anchor_;
    const SelectSpec& spec_;
    SelectState& state_;
    int count_;
};

}  // namespace

float select_width(const Ui& ui, const SelectSpec& spec) {
    const Theme& t = ui.theme;
    return whole(text_width(ui, t.type.control, words_of(spec))) + 2 * t.space.m + t.space.xs + t.size.icon_small;
}

std::optional<int> select(Ui& ui, const Rect& rect, const SelectSpec& spec) {
    const Theme& t = ui.theme;
    const IdScope scope(spec.key);
    SelectState& state = ui.memory.of<SelectState>(item_id("select"));
    const std::string words = words_of(spec);
    Meaning meaning;
    meaning.role = Role::combobox;
    meaning.name = spec.name;
    const bool some = spec.chosen >= 0 && spec.chosen < static_cast<int>(spec.options.size());
    meaning.value = some ? spec.options[static_cast<size_t>(spec.chosen)].label : spec.empty;
    meaning.state.expandable = true;
    meaning.state.expanded = state.open;
    const Item item = interact(ui, rect, "select", meaning,
                               {.enabled = spec.enabled, .press_on_down = true, .focus_radius = t.radius.m});
    const bool by_command = spec.enabled && spec.open_by && ui.commanded(*spec.open_by);
    if ((item.pressed || by_command) && !spec.options.empty()) {
        state = {!state.open, std::max(0, spec.chosen), true};
        ui.wishes.frame_in(0);
    }
    const Colour ground = state.open || item.held ? t.ground(Ground::pressed)
                          : item.hovered          ? t.ground(Ground::hover)
                                                  : t.ground(Ground::surface);
    fill(ui, rect, ground, t.radius.m);
    stroke(ui, rect, t.palette->border, t.radius.m);
    Rect inside = rect.inset(t.space.m, 0);
    draw_icon(ui, inside.cut_right(t.size.icon_small), Icon::chevron_down, t.ink(Ink::faint), t.size.icon_small);
    inside.cut_right(t.space.xs);
    if (some && !spec.options[static_cast<size_t>(spec.chosen)].letter.empty() && !spec.prefix_name) {
        const Option& o = spec.options[static_cast<size_t>(spec.chosen)];
        label_badge(ui, inside.cut_left(t.size.badge), o.letter, o.colour);
        inside.cut_left(t.space.s);
    }
    draw_text(ui, inside, words, t.type.control, some || spec.prefix_name ? t.ink(Ink::text) : t.ink(Ink::faint));
    std::optional<int> choice;
    if (item.set_value) {
        for (int i = 0; i < static_cast<int>(spec.options.size()); i++) {
            if (spec.options[static_cast<size_t>(i)].label == *item.set_value) {
                choice = i;
            }
        }
    }
    if (state.open && !ui.blocked) {
        if (const auto picked = Menu(ui, rect, spec, state).run()) {
            choice = picked;
        }
    }
    return choice;
}

}  // namespace countersign::shell
