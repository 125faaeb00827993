#pragma once
// A button that opens a list to choose from, with the keyboard too: arrows move, Enter takes, letters find, Esc leaves.

#include <optional>
#include <span>
#include <string_view>

#include "shell/ui/widgets/choice.h"

namespace countersign::shell {

struct SelectSpec {
    std::string_view key;
    std::string_view name;   // "Status"
    std::string_view empty;  // shown when nothing is chosen
    std::span<const Option> options;
    int chosen = -1;
    bool enabled = true;
    bool prefix_name = false;             // "Status: open" on the button
    std::optional<Command> open_by = {};  // opens the list
};

std::optional<int> select(Ui& ui, const Rect& rect, const SelectSpec& spec);
float select_width(const Ui& ui, const SelectSpec& spec);

}  // namespace countersign::shell
