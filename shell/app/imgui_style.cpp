#include "shell/app/imgui_style.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace countersign::shell {

void set_up_imgui() {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_HasMouseCursors;
    io.ConfigNavEscapeClearFocusItem = true;
    io.ConfigInputTrickleEventQueue = true;
    io.ConfigDebugHighlightIdConflicts = false;
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.ConfigNavWindowingKeyNext = ImGuiKey_None;
    g.ConfigNavWindowingKeyPrev = ImGuiKey_None;
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    style.WindowMinSize = {1, 1};
    style.ChildBorderSize = 0;
    style.PopupBorderSize = 0;
    style.ItemSpacing = {0, 0};
    style.DisabledAlpha = 1;
    // Lines and corners are drawn as shapes with soft edges: both renderers then agree.
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.1F;
    style.FontSizeBase = 13;
}

void begin_desk_window() {
    const ImGuiIO& io = ImGui::GetIO();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("desk", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    // Dear ImGui would give the keyboard to the first widget; a screen says itself where it starts.
    ImGui::GetCurrentContext()->NavInitRequest = false;
}

void end_desk_window() {
    // A click on nothing takes the keyboard away from whatever had it.
    ImGuiContext& g = *ImGui::GetCurrentContext();
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && g.HoveredId == 0) {
        drop_focus_ring();
    }
    ImGui::End();
}

namespace {

bool focus_is_visible() {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    return g.NavId != 0 && g.NavCursorVisible;
}

}  // namespace

bool focus_takes_keys() {
    return focus_is_visible() && ImGui::GetCurrentContext()->NavIdIsAlive;
}

uint32_t focused_item(bool typing) {
    return typing || focus_is_visible() ? ImGui::GetCurrentContext()->NavId : 0;
}

CursorShape cursor_shape() {
    switch (ImGui::GetMouseCursor()) {
        case ImGuiMouseCursor_TextInput: return CursorShape::text;
        case ImGuiMouseCursor_Hand: return CursorShape::hand;
        case ImGuiMouseCursor_ResizeEW: return CursorShape::resize_horizontal;
        case ImGuiMouseCursor_ResizeNS: return CursorShape::resize_vertical;
        case ImGuiMouseCursor_NotAllowed: return CursorShape::not_allowed;
        default: return CursorShape::arrow;
    }
}

int imgui_key(Key key) {
    switch (key) {
        case Key::tab: return ImGuiKey_Tab;
        case Key::enter: return ImGuiKey_Enter;
        case Key::space: return ImGuiKey_Space;
        default: return ImGuiKey_None;
    }
}

void drop_focus_ring() {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.NavId = 0;
    g.NavCursorVisible = false;
}

}  // namespace countersign::shell
