#include "shell/ui/core/item.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/ui/core/paint.h"
#include "shell/ui/core/text.h"

namespace countersign::shell {
namespace {

ImRect to_imgui(const Rect& rect) {
    return {rect.x, rect.y, rect.right(), rect.bottom()};
}

// What assistive technology or a test did to the node, if the widget may follow.
void take_actions(Ui& ui, Item& item, const Rect& rect, const ItemOptions& options) {
    if (!options.enabled || ui.blocked) {
        return;
    }
    while (const auto acted = ui.items.take_action(item.id)) {
        switch (acted->action) {
            case NodeActed::Action::activate: item.pressed = true; break;
            case NodeActed::Action::set_value: item.set_value = acted->value; break;
            case NodeActed::Action::focus: focus_item(item.id); break;
            case NodeActed::Action::scroll_into_view: break;
        }
        if (!ui.scrolls.empty()) {
            ui.scrolls.back()->reveal(rect);
        }
    }
}

void draw_tooltip(Ui& ui, std::string_view text) {
    const ImGuiIO& io = ImGui::GetIO();
    const Theme& t = ui.theme;
    const float width = std::min(text_width(ui, t.type.small, text), t.px(280));
    const float height = paragraph_height(ui, t.type.small, text, width + 1);
    Rect box{io.MousePos.x + t.space.s, io.MousePos.y + t.space.l, width + 2 * t.space.s, height + 2 * t.space.xs};
    box.x = IM_TRUNC(std::clamp(box.x, t.space.xs, std::max(t.space.xs, io.DisplaySize.x - box.w - t.space.xs)));
    box.y = box.bottom() > io.DisplaySize.y ? IM_TRUNC(io.MousePos.y - box.h - t.space.xs) : IM_TRUNC(box.y);
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.w, box.h});
    ImGui::Begin("tooltip", nullptr,
                 ImGuiWindowFlags_Tooltip | ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings);
    fill(ui, box, t.palette->inverse.ground, t.radius.s);
    const std::vector<TextLine> lines = wrap(ui, t.type.small, text, width + 1);
    Rect rest = box.inset(t.space.s, t.space.xs);
    for (const TextLine& line : lines) {
        draw_text(ui, rest.cut_top(t.type.small.line), text.substr(line.begin, line.end - line.begin), t.type.small,
                  t.palette->inverse.ink);
    }
    ui.items.add({.role = Role::tooltip, .name = text}, area_of(box));
    ImGui::End();
}

void show_when_rested(Ui& ui, float rested_s, std::string_view text) {
    constexpr float kRest_s = 0.55F;
    if (rested_s < kRest_s) {
        ui.wishes.frame_in(static_cast<uint32_t>((kRest_s - rested_s) * 1000) + 10);
    } else {
        draw_tooltip(ui, text);
    }
}

}  // namespace

uint32_t item_id(std::string_view key) {
    return ImGui::GetCurrentWindow()->GetID(key.data(), key.data() + key.size());
}

Item interact(Ui& ui, const Rect& rect, std::string_view key, const Meaning& meaning, const ItemOptions& options) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    Item item;
    item.id = item_id(key);
    const bool enabled = options.enabled && !ui.blocked;
    ImGuiItemFlags flags = enabled ? 0 : ImGuiItemFlags_Disabled;
    if (!options.focusable || !enabled) {
        flags |= ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop;
    }
    flags |= options.allow_overlap ? ImGuiItemFlags_AllowOverlap : 0;
    const ImRect box = to_imgui(rect);
    item.visible = ImGui::ItemAdd(box, item.id, nullptr, flags);
    Meaning said = meaning;
    said.state.disabled = said.state.disabled || !enabled;
    ui.items.describe(item.id, said, area_of(rect));
    take_actions(ui, item, rect, options);
    if (item.visible) {
        ImGuiButtonFlags behaviour = ImGuiButtonFlags_NoHoveredOnFocus;
        behaviour |= options.press_on_down ? ImGuiButtonFlags_PressedOnClick : ImGuiButtonFlags_PressedOnClickRelease;
        behaviour |= options.focusable ? 0 : ImGuiButtonFlags_NoNavFocus;
        const bool clicked = ImGui::ButtonBehavior(box, item.id, &item.hovered, &item.held, behaviour);
        item.pressed = (item.pressed || clicked) && enabled;
    }
    item.hovered = item.hovered && enabled && !ui.input.touch;
    item.focused = g.NavId == item.id && enabled;
    item.ring = item.focused && g.NavCursorVisible;
    if (item.focused && g.NavIdIsAlive && g.NavJustMovedToId == item.id && !ui.scrolls.empty()) {
        ui.scrolls.back()->reveal(rect);
    }
    if (item.ring && options.focus_radius >= 0) {
        focus_ring(ui, rect, options.focus_radius);
    }
    return item;
}

void focus_item(uint32_t id) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGui::FocusWindow(g.CurrentWindow);
    ImGui::SetFocusID(id, g.CurrentWindow);
    // A window that has just come up would give the keyboard to its first widget in the next frame.
    g.NavInitRequest = false;
    g.NavInitResult.Clear();
    g.NavCursorVisible = true;
}

bool has_focus(uint32_t id) {
    return ImGui::GetCurrentContext()->NavId == id;
}

IdScope::IdScope(std::string_view key) {
    ImGui::PushID(key.data(), key.data() + key.size());
}

IdScope::IdScope(int64_t index) {
    ImGui::PushID(reinterpret_cast<const void*>(static_cast<intptr_t>(index)));
}

IdScope::~IdScope() {
    ImGui::PopID();
}

void tooltip(Ui& ui, const Item& item, std::string_view text) {
    if (!item.hovered || item.held || text.empty()) {
        return;
    }
    show_when_rested(ui, ImGui::GetCurrentContext()->HoveredIdTimer, text);
}

void hint(Ui& ui, const Rect& rect, std::string_view text) {
    const ImRect box = to_imgui(rect);
    const bool over =
        !ui.blocked && !ui.input.touch && !text.empty() && !ImGui::IsMouseDown(ImGuiMouseButton_Left) &&
        ImGui::IsMouseHoveringRect(box.Min, box.Max) &&
        ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    if (over) {
        show_when_rested(ui, ImGui::GetCurrentContext()->MouseStationaryTimer, text);
    }
}

}  // namespace countersign::shell
