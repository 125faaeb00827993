#pragma once
// What a platform tells the desk: input, size, focus, appearance, the address bar. Plain values, the same from a
// browser's page and from a native window. Positions and sizes are in CSS pixels (points), from the top left of the
// view.

#include <cstdint>
#include <string>
#include <variant>

#include "shell/platform/key.h"

namespace countersign::shell {

enum class PointerKind : uint8_t { mouse, touch, pen };
enum class PointerButton : uint8_t { left, right, middle };

struct PointerMoved {
    float x = 0;
    float y = 0;
    PointerKind kind = PointerKind::mouse;
};

struct PointerButtonChanged {
    PointerButton button = PointerButton::left;
    bool pressed = false;
    float x = 0;
    float y = 0;
    PointerKind kind = PointerKind::mouse;
};

struct PointerLeft {};

struct Wheel {
    float dx = 0;  // CSS pixels; positive scrolls right and down
    float dy = 0;
};

struct KeyChanged {
    Key key = Key::none;
    bool pressed = false;
    Modifiers modifiers;
};

// Committed text from keyboard, IME, dictation or a mobile keyboard.
struct TextEntered {
    std::string text;
};

// Text under composition, to be shown at the caret and not yet part of the field; empty when composition ends.
struct CompositionChanged {
    std::string preedit;
};

struct TextPasted {
    std::string text;
};

struct FocusChanged {
    bool focused = false;
};

struct VisibilityChanged {
    bool visible = true;
};

struct Resized {
    float width = 0;
    float height = 0;
    float scale = 1;  // device pixels per CSS pixel
};

struct AppearanceChanged {
    bool dark = false;
    bool more_contrast = false;
    bool reduced_motion = false;
};

// The address bar's fragment without '#', on start, on back and forward, and when a person edits it.
struct LocationChanged {
    std::string location;
};

// Somebody (a screen reader, a test) acted on a node of the semantic mirror.
struct NodeActed {
    enum class Action : uint8_t { activate, focus, set_value, scroll_into_view };
    uint32_t node = 0;
    Action action = Action::activate;
    std::string value;
};

// No file that is opened is larger; platforms look before they read.
inline constexpr uint64_t kOpenedFileLimit_bytes = uint64_t{64} << 20;

// The file that somebody chose, whole; or a sentence why it could not be read.
struct FileOpened {
    std::string name;
    std::string bytes;
    std::string problem;
};

using InputEvent = std::variant<PointerMoved, PointerButtonChanged, PointerLeft, Wheel, KeyChanged, TextEntered,
                                CompositionChanged, TextPasted, FocusChanged, VisibilityChanged, Resized,
                                AppearanceChanged, LocationChanged, NodeActed, FileOpened>;

}  // namespace countersign::shell
