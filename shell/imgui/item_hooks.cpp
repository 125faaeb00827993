#include "shell/imgui/item_hooks.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace countersign::shell {
namespace {

ItemListener* listener_of(ImGuiContext* context) {
    return static_cast<ItemListener*>(context->TestEngine);
}

}  // namespace

void install_item_listener(ImGuiContext& context, ItemListener* listener) {
    context.TestEngine = listener;
    context.TestEngineHookItems = listener != nullptr;
}

}  // namespace countersign::shell

// The names are Dear ImGui's (imgui_internal.h, "Test Engine specific hooks").
// NOLINTBEGIN(readability-identifier-naming)

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* ctx, ImGuiID id, const ImRect& bb, const ImGuiLastItemData* item_data) {
    if (auto* listener = countersign::shell::listener_of(ctx)) {
        listener->on_item(id, bb, item_data != nullptr ? item_data->ItemFlags : ctx->CurrentItemFlags);
    }
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* ctx, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
    if (auto* listener = countersign::shell::listener_of(ctx)) {
        listener->on_item_label(id, label, flags);
    }
}

void ImGuiTestEngineHook_Log(ImGuiContext* /*ctx*/, const char* /*fmt*/, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext* /*ctx*/, ImGuiID /*id*/) {
    return nullptr;
}

// NOLINTEND(readability-identifier-naming)
