#pragma once
// What stands on the screen, as screen readers, tests and scripts see it: one node per widget, rebuilt with each drawn
// frame from Dear ImGui's own item hooks and from what our widgets say of themselves.
//
// Contract: nodes in reading order, parents before children; `id` is stable while the widget lives (ImGuiID).
// Rectangles are CSS pixels from the view's top left, clipped to what can be seen. Roles are ARIA's names.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::shell {

// Spelled as ARIA spells them; see role_name().
enum class Role : uint8_t {
    none,
    application,
    region,
    heading,
    text,
    document,
    button,
    link,
    checkbox,
    radio,
    radiogroup,
    switch_,
    tab,
    tablist,
    textbox,
    searchbox,
    combobox,
    option,
    listbox,
    list,
    listitem,
    grid,
    row,
    gridcell,
    columnheader,
    menu,
    menuitem,
    dialog,
    alert,
    status,
    progressbar,
    image,
    separator,
    tooltip,
};

inline constexpr size_t kRoleCount = static_cast<size_t>(Role::tooltip) + 1;

std::string_view role_name(Role role);

struct NodeState {
    bool disabled = false;
    bool focused = false;
    bool selected = false;
    bool checkable = false;
    bool checked = false;
    bool expandable = false;
    bool expanded = false;
    bool required = false;
    bool invalid = false;
    bool readonly = false;
    bool modal = false;

    bool operator==(const NodeState&) const = default;
};

struct Node {
    uint32_t id = 0;
    uint32_t parent = 0;  // 0: the desk itself
    Role role = Role::none;
    std::string name;         // accessible name
    std::string value;        // text of a field, "73 %" of a bar
    std::string description;  // what is wrong, what is missing
    std::string shortcut;     // "Control+Enter", as aria-keyshortcuts wants it
    NodeState state;
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    int32_t position = 0;  // aria-posinset / aria-rowindex, 1-based; 0: none
    int32_t set_size = 0;  // aria-setsize / aria-rowcount
    int32_t level = 0;     // of a heading

    bool operator==(const Node&) const = default;
};

class SemanticTree {
public:
    std::vector<Node> nodes;

    bool operator==(const SemanticTree&) const = default;
};

}  // namespace countersign::shell
