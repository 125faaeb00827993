#include "native/desktop/window/keyboard.h"

#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "core/base/utf8.h"

namespace countersign::desktop {

using shell::Key;

namespace {

struct Place {
    int key;
    Key ours;
};

constexpr Place kPlaces[] = {
    {GLFW_KEY_ENTER, Key::enter},
    {GLFW_KEY_KP_ENTER, Key::enter},
    {GLFW_KEY_ESCAPE, Key::escape},
    {GLFW_KEY_TAB, Key::tab},
    {GLFW_KEY_SPACE, Key::space},
    {GLFW_KEY_BACKSPACE, Key::backspace},
    {GLFW_KEY_DELETE, Key::del},
    {GLFW_KEY_INSERT, Key::insert},
    {GLFW_KEY_LEFT, Key::left},
    {GLFW_KEY_RIGHT, Key::right},
    {GLFW_KEY_UP, Key::up},
    {GLFW_KEY_DOWN, Key::down},
    {GLFW_KEY_HOME, Key::home},
    {GLFW_KEY_END, Key::end},
    {GLFW_KEY_PAGE_UP, Key::page_up},
    {GLFW_KEY_PAGE_DOWN, Key::page_down},
    // The number pad without NumLock; with it, the typed digit has come first.
    {GLFW_KEY_KP_0, Key::insert},
    {GLFW_KEY_KP_1, Key::end},
    {GLFW_KEY_KP_2, Key::down},
    {GLFW_KEY_KP_3, Key::page_down},
    {GLFW_KEY_KP_4, Key::left},
    {GLFW_KEY_KP_6, Key::right},
    {GLFW_KEY_KP_7, Key::home},
    {GLFW_KEY_KP_8, Key::up},
    {GLFW_KEY_KP_9, Key::page_up},
    {GLFW_KEY_KP_DECIMAL, Key::del},
    {GLFW_KEY_SLASH, Key::slash},
    {GLFW_KEY_COMMA, Key::comma},
    {GLFW_KEY_PERIOD, Key::period},
    {GLFW_KEY_MINUS, Key::minus},
    {GLFW_KEY_EQUAL, Key::equal},
    {GLFW_KEY_LEFT_BRACKET, Key::bracket_left},
    {GLFW_KEY_RIGHT_BRACKET, Key::bracket_right},
    {GLFW_KEY_SEMICOLON, Key::semicolon},
    {GLFW_KEY_APOSTROPHE, Key::apostrophe},
    {GLFW_KEY_BACKSLASH, Key::backslash},
    {GLFW_KEY_GRAVE_ACCENT, Key::grave},
    {GLFW_KEY_LEFT_SHIFT, Key::shift},
    {GLFW_KEY_RIGHT_SHIFT, Key::shift},
    {GLFW_KEY_LEFT_CONTROL, Key::control},
    {GLFW_KEY_RIGHT_CONTROL, Key::control},
    {GLFW_KEY_LEFT_ALT, Key::alt},
    {GLFW_KEY_LEFT_SUPER, Key::meta},
    {GLFW_KEY_RIGHT_SUPER, Key::meta},
};

Key counted(Key first, int steps) {
    return static_cast<Key>(static_cast<int>(first) + steps);
}

Key by_place(int key) {
    if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) {
        return counted(Key::a, key - GLFW_KEY_A);
    }
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) {
        return counted(Key::digit_0, key - GLFW_KEY_0);
    }
    if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) {
        return counted(Key::f1, key - GLFW_KEY_F1);
    }
    for (const Place& place : kPlaces) {
        if (place.key == key) {
            return place.ours;
        }
    }
    return Key::none;
}

Key by_character(std::string_view text) {
    if (text.size() != 1) {
        return Key::none;
    }
    const char c = text.front();
    if (c >= 'a' && c <= 'z') {
        return counted(Key::a, c - 'a');
    }
    if (c >= 'A' && c <= 'Z') {
        return counted(Key::a, c - 'A');
    }
    if (c >= '0' && c <= '9') {
        return counted(Key::digit_0, c - '0');
    }
    switch (c) {
        case '?': return Key::question;
        case '/': return Key::slash;
        case ',': return Key::comma;
        case '.': return Key::period;
        case '-': return Key::minus;
        case '=': return Key::equal;
        case '[': return Key::bracket_left;
        case ']': return Key::bracket_right;
        case ';': return Key::semicolon;
        case '\'': return Key::apostrophe;
        case '\\': return Key::backslash;
        case '`': return Key::grave;
        default: return Key::none;
    }
}

bool is_number_pad(int key) {
    return key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_EQUAL;
}

shell::Modifiers modifiers_of(int bits) {
    return {.control = (bits & GLFW_MOD_CONTROL) != 0,
            .shift = (bits & GLFW_MOD_SHIFT) != 0,
            .alt = (bits & GLFW_MOD_ALT) != 0,
            .meta = (bits & GLFW_MOD_SUPER) != 0};
}

constexpr int kChords = GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER | GLFW_MOD_SHIFT;

}  // namespace

Key key_of(const KeyStroke& stroke, std::string_view typed) {
    if (const Key key = by_character(typed); key != Key::none) {
        return key;
    }
    // GLFW prints a digit on a number pad's key also when NumLock is off.
    const Key printed = is_number_pad(stroke.key) ? Key::none : by_character(stroke.printed);
    return printed != Key::none ? printed : by_place(stroke.key);
}

void Keyboard::key(const KeyStroke& stroke) {
    end_of_batch();
    if (stroke.action == GLFW_RELEASE) {
        const auto held = held_.find(stroke.key);
        if (held != held_.end()) {
            sinks_.input(shell::KeyChanged{held->second, false, modifiers_of(stroke.modifiers)});
            held_.erase(held);
        }
        return;
    }
    if (!is_window_chord(stroke)) {
        waiting_ = stroke;
    }
}

void Keyboard::character(uint32_t code_point) {
    std::string text;
    utf8::append(text, static_cast<char32_t>(code_point));
    if (waiting_) {
        press(*std::exchange(waiting_, std::nullopt), text);
    }
    sinks_.input(shell::TextEntered{std::move(text)});
}

void Keyboard::end_of_batch() {
    if (waiting_) {
        press(*std::exchange(waiting_, std::nullopt), {});
    }
}

bool Keyboard::is_window_chord(const KeyStroke& stroke) {
    const int chord = stroke.modifiers & kChords;
    const Key key = key_of(stroke, {});
    const bool paste = (chord == GLFW_MOD_CONTROL && key == Key::v) || (chord == GLFW_MOD_SHIFT && key == Key::insert);
    if (paste) {
        sinks_.input(shell::TextPasted{sinks_.clipboard()});
    } else if (chord == GLFW_MOD_ALT && stroke.key == GLFW_KEY_LEFT) {
        sinks_.go_back();
    } else if (chord == GLFW_MOD_ALT && stroke.key == GLFW_KEY_RIGHT) {
        sinks_.go_forward();
    } else if (chord == GLFW_MOD_CONTROL && key == Key::q) {
        sinks_.close();
    } else {
        return false;
    }
    return true;
}

void Keyboard::press(const KeyStroke& stroke, std::string_view typed) {
    const Key key = key_of(stroke, typed);
    if (key == Key::none) {
        return;
    }
    held_[stroke.key] = key;
    shell::Modifiers modifiers = modifiers_of(stroke.modifiers);
    // GLFW reports the modifiers from before the press of a modifier key.
    modifiers.shift = modifiers.shift || key == Key::shift;
    modifiers.control = modifiers.control || key == Key::control;
    sinks_.input(shell::KeyChanged{key, true, modifiers});
}

}  // namespace countersign::desktop
