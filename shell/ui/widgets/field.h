#pragma once
// Text fields: one line or several (wrapped), search, password. The editing is our own (edit/text_edit.h), because
// Dear ImGui's field neither wraps nor shows text under composition; that text stands at the caret, underlined, and
// becomes part of the field when the input method commits it.

#include <optional>
#include <string>
#include <string_view>

#include "shell/ui/core/ui.h"
#include "shell/ui/font/icon.h"

namespace countersign::shell {

struct FieldSpec {
    std::string_view key;
    std::string_view name;   // what people call it
    std::string_view value;  // the model's; followed unless somebody is typing something newer
    std::string_view placeholder = {};
    std::string_view description = {};  // what is wrong
    Icon icon = Icon::none;
    std::optional<Command> focus_by = {};
    bool multiline = false;
    bool password = false;
    bool search = false;
    bool required = false;
    bool invalid = false;
    bool enabled = true;
    bool focus_now = false;  // a screen opens with the caret here
};

struct FieldResult {
    std::optional<std::string> changed;
    bool submitted = false;  // Enter in a field of one line
    bool focused = false;
};

FieldResult text_field(Ui& ui, const Rect& rect, const FieldSpec& spec);

// The height that a field of several lines wants, within these numbers of lines.
float field_height(const Ui& ui, std::string_view value, float width, int fewest_lines, int most_lines);

}  // namespace countersign::shell
