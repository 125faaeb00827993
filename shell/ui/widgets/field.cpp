#include "shell/ui/widgets/field.h"

#include <deque>
#include <optional>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/utf8.h"
#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"
#include "shell/ui/edit/text_edit.h"
#include "shell/ui/widgets/field_layout.h"

namespace countersign::shell {
namespace {

struct FieldState {
    TextEdit edit;
    bool started = false;
    std::optional<uint64_t> drawn;  // in which frame, last
    bool selecting = false;
    float preferred_x = -1;  // where "up" and "down" aim
    float scroll_x = 0;
    float scroll_y = 0;
    std::deque<std::string> emitted;  // changes that the model has not shown yet
    std::string model;                // what it showed last
};

// Takes over the model's value unless it is an older one of ours on its way back.
void follow_model(FieldState& state, std::string_view value) {
    if (state.started && state.model == value) {
        return;
    }
    state.model = value;
    const auto own = std::find(state.emitted.begin(), state.emitted.end(), value);
    if (own != state.emitted.end()) {
        state.emitted.erase(state.emitted.begin(), own + 1);
        return;
    }
    if (!state.started || state.edit.text() != value) {
        state.edit.reset(value);
    }
    state.emitted.clear();
    state.started = true;
}

class Editor {
public:
    Editor(Ui& ui, FieldState& state, const FieldSpec& spec, const FieldLayout& layout)
        : ui_(ui), state_(state), spec_(spec), layout_(layout) {}

    // True when Enter asks for what the field is for.
    bool take_keys() {
        bool submitted = false;
        std::vector<KeyPress> left;
        for (const KeyPress& press : ui_.input.keys) {
            if (press.key == Key::enter && !spec_.multiline) {
                submitted = true;
            } else if (!take_motion(press) && !take_edit(press)) {
                left.push_back(press);
            }
        }
        ui_.input.keys = std::move(left);
        insert(ui_.input.typed);
        ui_.input.typed.clear();
        if (ui_.input.pasted) {
            insert(*ui_.input.pasted);
            ui_.input.pasted.reset();
        }
        return submitted;
    }

private:
    void insert(std::string piece) {
        std::erase(piece, '\r');
        if (!spec_.multiline) {
            std::replace(piece.begin(), piece.end(), '\n', ' ');
        }
        if (!piece.empty() && utf8::first_invalid(piece) == utf8::kValid) {
            state_.edit.insert(piece);
            state_.preferred_x = -1;
        }
    }

    bool take_motion(const KeyPress& press) {
        TextEdit& edit = state_.edit;
        const bool selecting = press.modifiers.shift;
        const bool far = press.modifiers.control;
        const bool vertical = press.key == Key::up || press.key == Key::down;
        if (!vertical) {
            state_.preferred_x = -1;
        }
        switch (press.key) {
            case Key::left: edit.move_left(selecting, far); return true;
            case Key::right: edit.move_right(selecting, far); return true;
            case Key::home: edit.move_to(far ? 0 : layout_.line_start(edit.caret()), selecting); return true;
            case Key::end:
                edit.move_to(far ? edit.text().size() : layout_.line_end(edit.caret()), selecting);
                return true;
            case Key::up:
            case Key::down: return spec_.multiline && move_line(press.key == Key::up ? -1 : 1, selecting);
            default: return false;
        }
    }

    bool move_line(int by, bool selecting) {
        if (state_.preferred_x < 0) {
            state_.preferred_x = layout_.x_of(ui_, state_.edit.caret());
        }
        state_.edit.move_to(layout_.offset_in_line(ui_, layout_.line_of(state_.edit.caret()) + by, state_.preferred_x),
                            selecting);
        return true;
    }

    bool take_edit(const KeyPress& press) {
        TextEdit& edit = state_.edit;
        const bool control = press.modifiers.control;
        switch (press.key) {
            case Key::backspace: edit.erase_backwards(control); return true;
            case Key::del: edit.erase_forwards(control); return true;
            case Key::enter: edit.insert("\n"); return true;
            case Key::escape: drop_focus(); return true;
            case Key::a: return control && (edit.select_all(), true);
            case Key::z: return control && ((press.modifiers.shift ? edit.redo() : edit.undo()), true);
            case Key::y: return control && (edit.redo(), true);
            case Key::c:
            case Key::x: return control && copy(press.key == Key::x);
            default: return !control && !press.modifiers.alt && !press.modifiers.meta && press.key != Key::tab;
        }
    }

    bool copy(bool cut) {
        if (!spec_.password && !state_.edit.selected().empty()) {
            ui_.wishes.clipboard = cut ? state_.edit.cut() : std::string(state_.edit.selected());
        }
        return true;
    }

    Ui& ui_;
    FieldState& state_;
    const FieldSpec& spec_;
    const FieldLayout& layout_;
};

void take_pointer(Ui& ui, const Item& item, FieldState& state, const FieldLayout& layout) {
    const ImGuiIO& io = ImGui::GetIO();
    if (item.hovered) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    }
    if (!item.held) {
        state.selecting = false;
        return;
    }
    const size_t at = layout.offset_at(ui, io.MousePos.x + state.scroll_x, io.MousePos.y + state.scroll_y);
    const int clicks = io.MouseClickedCount[ImGuiMouseButton_Left];
    if (!state.selecting && clicks > 0) {
        state.selecting = true;
        if (clicks == 2) {
            state.edit.select(word_around(state.edit.text(), at));
        } else if (clicks >= 3) {
            state.edit.select_all();
        } else {
            state.edit.move_to(at, io.KeyShift);
        }
    } else if (clicks == 0 && state.selecting && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
        state.edit.move_to(at, true);
    }
}

// Moves the text so that the caret can be seen.
void follow_caret(Ui& ui, FieldState& state, const FieldLayout& layout, const Rect& inside) {
    const float x = layout.x_of(ui, state.edit.caret());
    const float margin = ui.theme.space.xxs;
    state.scroll_x = std::clamp(state.scroll_x, std::max(0.0F, x + margin - inside.w), x);
    state.scroll_x = layout.multiline() ? 0 : whole(state.scroll_x);
    const float top = static_cast<float>(layout.line_of(state.edit.caret())) * layout.line_height();
    const float lowest = std::max(0.0F, layout.height() - inside.h);
    state.scroll_y = std::clamp(state.scroll_y, std::min(lowest, top + layout.line_height() - inside.h), top);
    state.scroll_y = layout.multiline() ? std::clamp(whole(state.scroll_y), 0.0F, whole(lowest)) : 0;
}

void draw_frame(const Ui& ui, const Rect& rect, const FieldSpec& spec, const Item& item) {
    const Theme& t = ui.theme;
    fill(ui, rect, spec.enabled ? t.ground(Ground::surface) : t.ground(Ground::sunken), t.radius.m);
    if (item.focused) {
        stroke_thick(ui, rect, t.palette->focus, t.radius.m, t.size.focus_ring);
    } else {
        stroke(ui, rect,
               spec.invalid   ? t.ink(Ink::bad)
               : item.hovered ? t.ink(Ink::faint)
                              : t.palette->border,
               t.radius.m);
    }
}

Meaning meaning_of(const FieldSpec& spec, std::string_view shown, std::string_view shortcut) {
    Meaning meaning;
    meaning.role = spec.search ? Role::searchbox : Role::textbox;
    meaning.name = spec.name;
    meaning.value = spec.password ? std::string_view() : shown;
    meaning.description = spec.description;
    meaning.shortcut = shortcut;
    meaning.state.required = spec.required;
    meaning.state.invalid = spec.invalid;
    meaning.state.disabled = !spec.enabled;
    return meaning;
}

}  // namespace

FieldResult text_field(Ui& ui, const Rect& rect, const FieldSpec& spec) {
    const Theme& t = ui.theme;
    FieldState& state = ui.memory.of<FieldState>(item_id(spec.key));
    follow_model(state, spec.value);
    const std::string before = state.edit.text();
    const std::string shortcut = spec.focus_by ? aria_shortcut(info(*spec.focus_by).chord) : std::string();
    const Item item = interact(ui, rect, spec.key, meaning_of(spec, before, shortcut),
                               {.enabled = spec.enabled, .press_on_down = true});
    // Whenever it comes to the screen, not only the first time.
    const bool appears = !state.drawn || *state.drawn + 1 < ui.memory.frame();
    state.drawn = ui.memory.frame();
    const bool opens_here = spec.focus_now && appears;
    if (spec.enabled && ((spec.focus_by && ui.commanded(*spec.focus_by)) || opens_here)) {
        focus_item(item.id);
        ui.wishes.frame_in(0);
    }
    Rect inside = rect.inset(t.space.s, spec.multiline ? t.space.xs : 0);
    if (spec.icon != Icon::none) {
        inside.cut_left(t.size.icon + t.space.xs);
    }
    FieldResult result;
    result.focused = item.focused;
    if (item.set_value) {
        state.edit.replace_all(*item.set_value);
    }
    const LayoutSpec how{inside, spec.multiline, spec.password};
    if (item.focused) {
        const FieldLayout layout(ui, state.edit.text(), how);
        take_pointer(ui, item, state, layout);
        result.submitted = Editor(ui, state, spec, layout).take_keys();
    } else if (item.hovered) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    }
    if (state.edit.text() != before) {
        result.changed = state.edit.text();
        state.emitted.push_back(state.edit.text());
    }
    draw_frame(ui, rect, spec, item);
    if (spec.icon != Icon::none) {
        Rect place = rect.inset(t.space.s, 0);
        draw_icon(ui, place.cut_left(t.size.icon), spec.icon, t.ink(Ink::faint), t.size.icon);
    }
    const Clip clip(inside);
    const FieldLayout layout(ui, state.edit.text(), how, item.focused ? ui.input.preedit : std::string(),
                             state.edit.caret());
    if (item.focused) {
        follow_caret(ui, state, layout, inside);
    }
    const bool empty = state.edit.text().empty() && ui.input.preedit.empty();
    if (empty && !spec.placeholder.empty()) {
        Rect line = spec.multiline ? Rect{inside.x, inside.y, inside.w, layout.line_height()} : inside;
        draw_text(ui, line, spec.placeholder, t.type.body, t.ink(Ink::faint));
    }
    layout.draw(ui, {state.scroll_x, state.scroll_y, state.edit.selection(), state.edit.caret(), item.focused});
    return result;
}

float field_height(const Ui& ui, std::string_view value, float width, int fewest_lines, int most_lines) {
    const Theme& t = ui.theme;
    const auto lines = static_cast<int>(wrap(ui, t.type.body, value, width - 2 * t.space.s).size());
    return static_cast<float>(std::clamp(lines, fewest_lines, most_lines)) * t.type.body.line + 2 * t.space.xs;
}

}  // namespace countersign::shell
