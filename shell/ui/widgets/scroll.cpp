#include "shell/ui/widgets/scroll.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {
namespace {

constexpr float kEndless = 1e7F;
constexpr float kShortestThumb = 28;  // CSS pixels

bool pointer_inside(const Rect& area) {
    return ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
           ImGui::IsMouseHoveringRect({area.x, area.y}, {area.right(), area.bottom()});
}

// A finger that moves further than a tap scrolls, and no longer presses what it came down on.
float finger_movement(bool& dragging, float& drag_from, bool inside, float tap) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        dragging = false;
        return 0;
    }
    if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        drag_from = io.MousePos.y;
        return 0;
    }
    const bool began_here = ImGui::IsMouseDown(ImGuiMouseButton_Left) && drag_from != 0;
    if (!dragging && began_here && std::abs(io.MousePos.y - drag_from) > tap) {
        dragging = true;
        ImGui::ClearActiveID();
    }
    if (!dragging) {
        return 0;
    }
    const float moved = drag_from - io.MousePos.y;
    drag_from = io.MousePos.y;
    return moved;
}

}  // namespace

float take_scroll(Ui& ui, const Rect& area, bool& dragging, float& drag_from) {
    const bool inside = pointer_inside(area);
    float moved = 0;
    if (inside && ui.input.wheel_y != 0 && !ui.blocked) {
        moved = ui.input.wheel_y;
        ui.input.wheel_y = 0;
    }
    if (ui.input.touch) {
        moved += finger_movement(dragging, drag_from, inside, ui.theme.px(8));
    }
    return moved;
}

double scroll_bar(Ui& ui, const ScrollBar& bar) {
    if (bar.total <= bar.visible || bar.area.empty()) {
        return 0;
    }
    ImGuiContext& g = *ImGui::GetCurrentContext();
    const double track = static_cast<double>(bar.area.h);
    const double longest = std::max(bar.visible / bar.total * track, static_cast<double>(ui.theme.px(kShortestThumb)));
    const double thumb = std::min(longest, track);
    const double range = bar.total - bar.visible;
    double offset = std::clamp(bar.offset, 0.0, range);
    Rect place = bar.area;
    place.y += static_cast<float>(offset / range * (track - thumb));
    place.h = static_cast<float>(thumb);
    const ImRect hit(bar.area.x - ui.theme.space.xs, place.y, bar.area.right() + ui.theme.space.xxs, place.bottom());
    ImGui::KeepAliveID(bar.id);
    const bool hovered = !ui.blocked && ImGui::ItemHoverable(hit, bar.id, ImGuiItemFlags_None);
    if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        ImGui::SetActiveID(bar.id, g.CurrentWindow);
        g.ActiveIdClickOffset = {0, g.IO.MousePos.y - place.y};
    }
    const bool held = g.ActiveId == bar.id;
    if (held && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        ImGui::ClearActiveID();
    } else if (held) {
        const double top = static_cast<double>(g.IO.MousePos.y - g.ActiveIdClickOffset.y - bar.area.y);
        offset = std::clamp(top / std::max(1.0, track - thumb) * range, 0.0, range);
    }
    // Thin and pale until the pointer comes near.
    const Palette& p = *ui.theme.palette;
    const bool awake = held || hovered;
    const Rect thumb_shown =
        awake ? place : Rect{place.right() - whole(place.w / 2), place.y, whole(place.w / 2), place.h};
    fill(ui, thumb_shown, awake ? p.ink(Ink::faint) : p.border, place.w / 2);
    return offset;
}

ScrollPane::ScrollPane(Ui& ui, const Rect& area, std::string_view key, float gutter)
    : ui_(ui), area_(area), gutter_(gutter), state_(ui.memory.of<State>(item_id(key))) {
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::PushID(key.data(), key.data() + key.size());
    ImGui::BeginChild(
        "pane", {std::max(1.0F, area.w + gutter), std::max(1.0F, area.h)}, ImGuiChildFlags_NavFlattened,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBackground);
    state_.offset += take_scroll(ui, area, state_.dragging, state_.drag_from);
    state_.offset = std::clamp(state_.offset, 0.0F, std::max(0.0F, state_.content_height - area.h));
    drawn_offset_ = IM_ROUND(state_.offset);
    ui_.scrolls.push_back(this);
}

ScrollPane::~ScrollPane() {
    ui_.scrolls.pop_back();
    const float bar = ui_.theme.size.scrollbar;
    Rect track{area_.x, area_.y, area_.w + gutter_, area_.h};
    track = track.cut_right(bar + ui_.theme.space.xxs);
    track.w = bar;
    const double offset = scroll_bar(ui_, {ImGui::GetCurrentWindow()->GetID("bar"), track.inset(0, ui_.theme.space.xxs),
                                           static_cast<double>(area_.h), static_cast<double>(state_.content_height),
                                           static_cast<double>(state_.offset)});
    state_.offset = static_cast<float>(offset);
    ImGui::EndChild();
    ImGui::PopID();
}

Rect ScrollPane::content() const {
    return {area_.x, area_.y - drawn_offset_, area_.w, kEndless};
}

void ScrollPane::end_at(float y) {
    state_.content_height = y - (area_.y - drawn_offset_);
}

void ScrollPane::reveal(const Rect& area) {
    const float margin = ui_.theme.space.l;
    float offset = state_.offset;
    if (area.y < area_.y + margin) {
        offset += area.y - area_.y - margin;
    } else if (area.bottom() > area_.bottom() - margin) {
        offset += area.bottom() - area_.bottom() + margin;
    }
    // At either end there is no room for the margin: no frame is wanted for what does not move. How long the content is
    // is not known in the first frame.
    const bool measured = state_.content_height > 0;
    offset = measured ? std::clamp(offset, 0.0F, std::max(0.0F, state_.content_height - area_.h)) : offset;
    if (offset != state_.offset) {
        state_.offset = offset;
        ui_.wishes.frame_in(0);
    }
}

}  // namespace countersign::shell
