#pragma once
// Dear ImGui's own hooks for automation, as a port: every item of a frame is reported here with its id, its rectangle
// and, from widgets that name themselves, its label. shell/semantics listens.
//
// Contract: install() binds a listener to a context for as long as both live; one listener a context. Calls come from
// within widgets, so a listener must not draw.

#include <cstdint>

struct ImGuiContext;
struct ImRect;

namespace countersign::shell {

class ItemListener {
public:
    virtual ~ItemListener() = default;
    // Rectangle in Dear ImGui's coordinates, not clipped. `flags` are ImGuiItemFlags.
    virtual void on_item(uint32_t id, const ImRect& rect, int flags) = 0;
    // `status` are ImGuiItemStatusFlags (Checkable, Checked, Inputable, ...).
    virtual void on_item_label(uint32_t id, const char* label, int status) = 0;
};

// nullptr uninstalls.
void install_item_listener(ImGuiContext& context, ItemListener* listener);

}  // namespace countersign::shell
