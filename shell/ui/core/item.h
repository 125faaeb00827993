#pragma once
// An interactive area: the one place where our widgets meet Dear ImGui's items. Hovering, pressing by pointer, by key
// (Enter, Space) and by an action on its node, keyboard focus, and the report to the item table.

#include <optional>
#include <string_view>

#include "shell/ui/core/ui.h"

namespace countersign::shell {

struct ItemOptions {
    bool enabled = true;
    bool focusable = true;       // reached by Tab
    bool press_on_down = false;  // menus and rows: at once, not on release
    bool allow_overlap = false;  // other items lie on top of it: a row with buttons
    float focus_radius = -1;     // of the ring; negative: the widget draws its own or none
};

struct Item {
    uint32_t id = 0;
    bool hovered = false;
    bool held = false;
    bool pressed = false;                  // clicked, Enter or Space, or activated by its node
    bool focused = false;                  // has the keyboard, however it came to it
    bool ring = false;                     // and shows it
    bool visible = true;                   // some of it
    std::optional<std::string> set_value;  // a node's action wants this value
};

// `key` tells the item from its siblings in the window; `meaning.name` is what people call it.
Item interact(Ui& ui, const Rect& rect, std::string_view key, const Meaning& meaning, const ItemOptions& options = {});

uint32_t item_id(std::string_view key);

// Gives an item the keyboard with this frame.
void focus_item(uint32_t id);
bool has_focus(uint32_t id);

// Siblings with equal keys in different groups: everything inside gets other ids.
class IdScope {
public:
    explicit IdScope(std::string_view key);
    explicit IdScope(int64_t index);
    ~IdScope();
    IdScope(const IdScope&) = delete;
    IdScope& operator=(const IdScope&) = delete;
};

// A text beside the pointer once it has rested on the item.
void tooltip(Ui& ui, const Item& item, std::string_view text);
// The same for something that is no item: an icon with a word whose meaning is explained.
void hint(Ui& ui, const Rect& rect, std::string_view text);

}  // namespace countersign::shell
