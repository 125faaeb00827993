#pragma once
// From a window system's key presses to the desk's: keys by what is printed on them, their text beside them, and the
// chords that are the window's own (paste, back, forward, close).
//
// What a press typed counts first ("?" is a key of ours wherever a layout has it), then what is printed on the key
// without Shift, then the key's place (digits of a French keyboard, letters of a Cyrillic one): the same order as in
// the browser (web/page/keys.js). Since the typed character comes after the press, a press waits for it, until the next
// press or the end of the batch.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "shell/platform/input.h"

namespace countersign::desktop {

struct KeyStroke {
    int key = 0;          // GLFW_KEY_...
    std::string printed;  // glfwGetKeyName(); empty for keys that print nothing
    int action = 0;       // GLFW_PRESS, GLFW_REPEAT, GLFW_RELEASE
    int modifiers = 0;    // GLFW_MOD_...
};

class Keyboard {
public:
    struct Sinks {
        std::function<void(shell::InputEvent)> input;
        std::function<std::string()> clipboard;  // for a paste
        std::function<void()> go_back;
        std::function<void()> go_forward;
        std::function<void()> close;
    };

    explicit Keyboard(Sinks sinks) : sinks_(std::move(sinks)) {}

    void key(const KeyStroke& stroke);
    void character(uint32_t code_point);
    // No character came with the last press.
    void end_of_batch();

private:
    bool is_window_chord(const KeyStroke& stroke);
    void press(const KeyStroke& stroke, std::string_view typed);

    Sinks sinks_;
    std::optional<KeyStroke> waiting_;
    std::map<int, shell::Key> held_;  // what a key was when it went down, so that it goes up as the same
};

// The desk's key of a press; `typed` may be empty. none: a key that the desk has no use for.
shell::Key key_of(const KeyStroke& stroke, std::string_view typed);

}  // namespace countersign::desktop
