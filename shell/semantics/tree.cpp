#include "shell/semantics/tree.h"

#include <array>

namespace countersign::shell {

std::string_view role_name(Role role) {
    static constexpr std::array<std::string_view, kRoleCount> names{
        "none",    "application", "region",      "heading",      "text",      "document", "button",
        "link",    "checkbox",    "radio",       "radiogroup",   "switch",    "tab",      "tablist",
        "textbox", "searchbox",   "combobox",    "option",       "listbox",   "list",     "listitem",
        "grid",    "row",         "gridcell",    "columnheader", "menu",      "menuitem", "dialog",
        "alert",   "status",      "progressbar", "image",        "separator", "tooltip",
    };
    return names[static_cast<size_t>(role)];
}

}  // namespace countersign::shell
