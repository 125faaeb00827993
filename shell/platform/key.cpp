#include "shell/platform/key.h"

#include <array>

namespace countersign::shell {
namespace {

struct KeyWords {
    Key key;
    std::string_view name;
    std::string_view caption;
};

constexpr std::array kKeys{
    KeyWords{Key::none, "none", ""},
    KeyWords{Key::a, "a", "A"},
    KeyWords{Key::b, "b", "B"},
    KeyWords{Key::c, "c", "C"},
    KeyWords{Key::d, "d", "D"},
    KeyWords{Key::e, "e", "E"},
    KeyWords{Key::f, "f", "F"},
    KeyWords{Key::g, "g", "G"},
    KeyWords{Key::h, "h", "H"},
    KeyWords{Key::i, "i", "I"},
    KeyWords{Key::j, "j", "J"},
    KeyWords{Key::k, "k", "K"},
    KeyWords{Key::l, "l", "L"},
    KeyWords{Key::m, "m", "M"},
    KeyWords{Key::n, "n", "N"},
    KeyWords{Key::o, "o", "O"},
    KeyWords{Key::p, "p", "P"},
    KeyWords{Key::q, "q", "Q"},
    KeyWords{Key::r, "r", "R"},
    KeyWords{Key::s, "s", "S"},
    KeyWords{Key::t, "t", "T"},
    KeyWords{Key::u, "u", "U"},
    KeyWords{Key::v, "v", "V"},
    KeyWords{Key::w, "w", "W"},
    KeyWords{Key::x, "x", "X"},
    KeyWords{Key::y, "y", "Y"},
    KeyWords{Key::z, "z", "Z"},
    KeyWords{Key::digit_0, "digit_0", "0"},
    KeyWords{Key::digit_1, "digit_1", "1"},
    KeyWords{Key::digit_2, "digit_2", "2"},
    KeyWords{Key::digit_3, "digit_3", "3"},
    KeyWords{Key::digit_4, "digit_4", "4"},
    KeyWords{Key::digit_5, "digit_5", "5"},
    KeyWords{Key::digit_6, "digit_6", "6"},
    KeyWords{Key::digit_7, "digit_7", "7"},
    KeyWords{Key::digit_8, "digit_8", "8"},
    KeyWords{Key::digit_9, "digit_9", "9"},
    KeyWords{Key::enter, "enter", "⏎"},
    KeyWords{Key::escape, "escape", "Esc"},
    KeyWords{Key::tab, "tab", "Tab"},
    KeyWords{Key::space, "space", "Space"},
    KeyWords{Key::backspace, "backspace", "⌫"},
    KeyWords{Key::del, "del", "Del"},
    KeyWords{Key::insert, "insert", "Ins"},
    KeyWords{Key::left, "left", "←"},
    KeyWords{Key::right, "right", "→"},
    KeyWords{Key::up, "up", "↑"},
    KeyWords{Key::down, "down", "↓"},
    KeyWords{Key::home, "home", "Home"},
    KeyWords{Key::end, "end", "End"},
    KeyWords{Key::page_up, "page_up", "Page Up"},
    KeyWords{Key::page_down, "page_down", "Page Down"},
    KeyWords{Key::f1, "f1", "F1"},
    KeyWords{Key::f2, "f2", "F2"},
    KeyWords{Key::f3, "f3", "F3"},
    KeyWords{Key::f4, "f4", "F4"},
    KeyWords{Key::f5, "f5", "F5"},
    KeyWords{Key::f6, "f6", "F6"},
    KeyWords{Key::f7, "f7", "F7"},
    KeyWords{Key::f8, "f8", "F8"},
    KeyWords{Key::f9, "f9", "F9"},
    KeyWords{Key::f10, "f10", "F10"},
    KeyWords{Key::f11, "f11", "F11"},
    KeyWords{Key::f12, "f12", "F12"},
    KeyWords{Key::question, "question", "?"},
    KeyWords{Key::slash, "slash", "/"},
    KeyWords{Key::comma, "comma", ","},
    KeyWords{Key::period, "period", "."},
    KeyWords{Key::minus, "minus", "-"},
    KeyWords{Key::equal, "equal", "="},
    KeyWords{Key::bracket_left, "bracket_left", "["},
    KeyWords{Key::bracket_right, "bracket_right", "]"},
    KeyWords{Key::semicolon, "semicolon", ";"},
    KeyWords{Key::apostrophe, "apostrophe", "'"},
    KeyWords{Key::backslash, "backslash", "\\"},
    KeyWords{Key::grave, "grave", "`"},
    KeyWords{Key::shift, "shift", "⇧"},
    KeyWords{Key::control, "control", "Ctrl"},
    KeyWords{Key::alt, "alt", "Alt"},
    KeyWords{Key::meta, "meta", "Meta"},
};

constexpr bool in_order() {
    for (size_t i = 0; i < kKeys.size(); i++) {
        if (static_cast<size_t>(kKeys[i].key) != i) {
            return false;
        }
    }
    return true;
}

static_assert(in_order(), "one row for each key, in the order of the enumerators");
static_assert(kKeys.size() == static_cast<size_t>(Key::meta) + 1);

}  // namespace

std::optional<Key> key_from_name(std::string_view name) {
    for (const KeyWords& words : kKeys) {
        if (words.name == name) {
            return words.key;
        }
    }
    return std::nullopt;
}

std::string_view key_name(Key key) {
    return kKeys[static_cast<size_t>(key)].name;
}

std::string_view key_caption(Key key) {
    return kKeys[static_cast<size_t>(key)].caption;
}

}  // namespace countersign::shell
