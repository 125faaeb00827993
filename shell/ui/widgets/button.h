#pragma once
// Buttons. A button that belongs to a command shows its key, reacts to it, and says it to screen readers.

#include <optional>
#include <string_view>

#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {

enum class ButtonKind : uint8_t { quiet, primary, danger, plain };

struct ButtonSpec {
    std::string_view label;
    ButtonKind kind = ButtonKind::quiet;
    Icon icon = Icon::none;
    std::optional<Command> command = {};
    bool enabled = true;
    std::string_view description = {};  // why it is disabled, what it will do
    std::string_view key = {};          // tells it from a sibling with the same label
    bool show_keys = true;
    bool small = false;
    bool align_left = false;
    bool selected = false;  // one of a group is on
};

// True when it was pressed: by pointer, key, command or node.
bool button(Ui& ui, const Rect& rect, const ButtonSpec& spec);
// What it takes to show all of the button.
float button_width(const Ui& ui, const ButtonSpec& spec);

// A square with an icon; the name is for tooltip and screen readers.
bool icon_button(Ui& ui, const Rect& rect, Icon icon, const ButtonSpec& spec);

// Key caps as printed on keys, from the left of the rectangle. Returns the width.
float key_caps_width(const Ui& ui, const Chord& chord);
float draw_key_caps(const Ui& ui, const Rect& rect, const Chord& chord, Colour ink, Colour edge_colour);

// A text that leads somewhere.
bool link(Ui& ui, const Rect& rect, std::string_view label, const TextStyle& style);

}  // namespace countersign::shell
