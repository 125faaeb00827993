#pragma once
// Dear ImGui's side of the frame loop: how it is set up, the one window that the desk is drawn in, and translations
// between its words and ours.

#include <cstdint>
#include <optional>

#include "shell/platform/host.h"
#include "shell/platform/key.h"

namespace countersign::shell {

// For the current context: no files, no window of its own look, keyboard navigation by Tab.
void set_up_imgui();

void begin_desk_window();
void end_desk_window();

// The item that a screen reader should call focused; 0 when the focus is not to be seen. A text field with the keyboard
// counts always.
uint32_t focused_item(bool typing);
// Enter and Space press an item: it visibly has the focus, and is still there.
bool focus_takes_keys();

CursorShape cursor_shape();

// Nothing has the keyboard any more.
void drop_focus_ring();

// Keys that Dear ImGui gets: those that move the focus and press what has it. ImGuiKey_None for all others.
int imgui_key(Key key);

}  // namespace countersign::shell
