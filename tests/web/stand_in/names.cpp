// Names of keys and roles, until shell/platform and shell/semantics bring theirs.

#include <array>

#include "shell/platform/key.h"
#include "shell/semantics/tree.h"

namespace countersign::shell {

namespace {

constexpr std::array kKeys = {"none",
                              "a",
                              "b",
                              "c",
                              "d",
                              "e",
                              "f",
                              "g",
                              "h",
                              "i",
                              "j",
                              "k",
                              "l",
                              "m",
                              "n",
                              "o",
                              "p",
                              "q",
                              "r",
                              "s",
                              "t",
                              "u",
                              "v",
                              "w",
                              "x",
                              "y",
                              "z",
                              "digit_0",
                              "digit_1",
                              "digit_2",
                              "digit_3",
                              "digit_4",
                              "digit_5",
                              "digit_6",
                              "digit_7",
                              "digit_8",
                              "digit_9",
                              "enter",
                              "escape",
                              "tab",
                              "space",
                              "backspace",
                              "del",
                              "insert",
                              "left",
                              "right",
                              "up",
                              "down",
                              "home",
                              "end",
                              "page_up",
                              "page_down",
                              "f1",
                              "f2",
                              "f3",
                              "f4",
                              "f5",
                              "f6",
                              "f7",
                              "f8",
                              "f9",
                              "f10",
                              "f11",
                              "f12",
                              "question",
                              "slash",
                              "comma",
                              "period",
                              "minus",
                              "equal",
                              "bracket_left",
                              "bracket_right",
                              "semicolon",
                              "apostrophe",
                              "backslash",
                              "grave",
                              "shift",
                              "control",
                              "alt",
                              "meta"};

constexpr std::array kRoles = {
    "none",    "application", "region",   "heading",     "text",    "document",  "button",       "link",     "checkbox",
    "radio",   "radiogroup",  "switch",   "tab",         "tablist", "textbox",   "searchbox",    "combobox", "option",
    "listbox", "list",        "listitem", "grid",        "row",     "gridcell",  "columnheader", "menu",     "menuitem",
    "dialog",  "alert",       "status",   "progressbar", "image",   "separator", "tooltip"};

static_assert(kKeys.size() == static_cast<size_t>(Key::meta) + 1);
static_assert(kRoles.size() == static_cast<size_t>(Role::tooltip) + 1);

}  // namespace

std::optional<Key> key_from_name(std::string_view name) {
    for (size_t i = 0; i < kKeys.size(); ++i) {
        if (name == kKeys[i]) {
            return static_cast<Key>(i);
        }
    }
    return std::nullopt;
}

std::string_view key_name(Key key) {
    return kKeys[static_cast<size_t>(key)];
}

std::string_view role_name(Role role) {
    return kRoles[static_cast<size_t>(role)];
}

}  // namespace countersign::shell
