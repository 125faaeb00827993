#include "native/desktop/window/keyboard.h"

#include <catch_amalgamated.hpp>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "core/base/concat.h"

using namespace countersign;
using namespace countersign::desktop;

namespace {

// Writes down what comes out: "+question(shift) text(?) -question".
class Typist {
public:
    Typist()
        : keyboard_({.input = [this](const shell::InputEvent& event) { note(event); },
                     .clipboard = [] { return std::string("from the clipboard"); },
                     .go_back = [this] { add("back"); },
                     .go_forward = [this] { add("forward"); },
                     .close = [this] { add("close"); }}) {}

    // A press and, when the layout makes one of it, its character.
    Typist& press(int key, const char* printed, int modifiers = 0, const char32_t* character = nullptr) {
        keyboard_.key({key, printed, GLFW_PRESS, modifiers});
        if (character != nullptr) {
            keyboard_.character(static_cast<uint32_t>(*character));
        }
        keyboard_.end_of_batch();
        return *this;
    }

    Typist& release(int key, const char* printed, int modifiers = 0) {
        keyboard_.key({key, printed, GLFW_RELEASE, modifiers});
        return *this;
    }

    Typist& character(char32_t code_point) {
        keyboard_.character(static_cast<uint32_t>(code_point));
        return *this;
    }

    std::string said() { return std::exchange(said_, {}); }

private:
    void add(std::string_view word) { said_ += concat(said_.empty() ? "" : " ", word); }

    void note(const shell::InputEvent& event) {
        if (const auto* key = std::get_if<shell::KeyChanged>(&event)) {
            std::string with;
            const shell::Modifiers& m = key->modifiers;
            for (const auto& [held, name] : {std::pair(m.control, "control"), {m.shift, "shift"}, {m.alt, "alt"}}) {
                with += held ? concat(with.empty() ? "" : ",", name) : "";
            }
            add(concat(key->pressed ? '+' : '-', shell::key_name(key->key),
                       with.empty() ? "" : concat('(', with, ')')));
        } else if (const auto* text = std::get_if<shell::TextEntered>(&event)) {
            add(concat("text(", text->text, ')'));
        } else if (const auto* pasted = std::get_if<shell::TextPasted>(&event)) {
            add(concat("paste(", pasted->text, ')'));
        }
    }

    std::string said_;
    Keyboard keyboard_;
};

constexpr char32_t kA = U'a';
constexpr char32_t kZ = U'z';
constexpr char32_t kQuestion = U'?';
constexpr char32_t kAmpersand = U'&';
constexpr char32_t kOne = U'1';
constexpr char32_t kCyrillic = U'ф';
constexpr char32_t kUmlaut = U'ö';

}  // namespace

TEST_CASE("a key is what is printed on it, and its text follows it") {
    Typist typist;
    CHECK(typist.press(GLFW_KEY_A, "a", 0, &kA).release(GLFW_KEY_A, "a").said() == "+a text(a) -a");
    // A German keyboard has Z where an American one has Y.
    CHECK(typist.press(GLFW_KEY_Y, "z", 0, &kZ).said() == "+z text(z)");
    // "?" stands over "ß" there, over "/" elsewhere.
    CHECK(typist.press(GLFW_KEY_MINUS, "\u00df", GLFW_MOD_SHIFT, &kQuestion).said() == "+question(shift) text(?)");
    CHECK(typist.release(GLFW_KEY_MINUS, "\u00df").said() == "-question");
}

TEST_CASE("a key that prints what is no key of ours counts by its place") {
    Typist typist;
    CHECK(typist.press(GLFW_KEY_1, "&", 0, &kAmpersand).said() == "+digit_1 text(&)");
    CHECK(typist.press(GLFW_KEY_1, "&", GLFW_MOD_SHIFT, &kOne).said() == "+digit_1(shift) text(1)");
    CHECK(typist.press(GLFW_KEY_A, "\u0444", 0, &kCyrillic).said() == "+a text(\u0444)");
    CHECK(typist.press(GLFW_KEY_SEMICOLON, "\u00f6", 0, &kUmlaut).said() == "+semicolon text(\u00f6)");
    CHECK(typist.press(GLFW_KEY_PAUSE, "").said().empty());
}

TEST_CASE("the number pad types with NumLock and moves without") {
    Typist typist;
    CHECK(typist.press(GLFW_KEY_KP_1, "1", 0, &kOne).said() == "+digit_1 text(1)");
    CHECK(typist.press(GLFW_KEY_KP_1, "1").said() == "+end");
    CHECK(typist.press(GLFW_KEY_KP_ENTER, "").said() == "+enter");
}

TEST_CASE("chords carry their modifiers and no text") {
    Typist typist;
    CHECK(typist.press(GLFW_KEY_LEFT_CONTROL, "").said() == "+control(control)");
    CHECK(typist.press(GLFW_KEY_ENTER, "", GLFW_MOD_CONTROL).said() == "+enter(control)");
    CHECK(typist.press(GLFW_KEY_C, "c", GLFW_MOD_CONTROL).said() == "+c(control)");
    CHECK(typist.press(GLFW_KEY_TAB, "", GLFW_MOD_SHIFT).said() == "+tab(shift)");
}

TEST_CASE("pasting, going back and forward and closing are the window's own chords") {
    Typist typist;
    CHECK(typist.press(GLFW_KEY_V, "v", GLFW_MOD_CONTROL).release(GLFW_KEY_V, "v").said() ==
          "paste(from the clipboard)");
    CHECK(typist.press(GLFW_KEY_INSERT, "", GLFW_MOD_SHIFT).said() == "paste(from the clipboard)");
    CHECK(typist.press(GLFW_KEY_LEFT, "", GLFW_MOD_ALT).said() == "back");
    CHECK(typist.press(GLFW_KEY_RIGHT, "", GLFW_MOD_ALT).said() == "forward");
    CHECK(typist.press(GLFW_KEY_Q, "q", GLFW_MOD_CONTROL).said() == "close");
    // By what is printed: a French keyboard has A where an American one has Q.
    CHECK(typist.press(GLFW_KEY_Q, "a", GLFW_MOD_CONTROL).said() == "+a(control)");
}

TEST_CASE("text without a key press is text alone, and no character is given to a later press") {
    Typist typist;
    CHECK(typist.character(U'漢').said() == "text(漢)");
    CHECK(typist.press(GLFW_KEY_DOWN, "").character(U'x').said() == "+down text(x)");
}

TEST_CASE("a key goes up as what it went down as") {
    Typist typist;
    typist.press(GLFW_KEY_SLASH, "/", GLFW_MOD_SHIFT, &kQuestion);
    typist.said();
    CHECK(typist.release(GLFW_KEY_LEFT_SHIFT, "").release(GLFW_KEY_SLASH, "/").said() == "-question");
    CHECK(typist.release(GLFW_KEY_SLASH, "/").said().empty());
}
