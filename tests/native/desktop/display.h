#pragma once
// An X server without a screen (Xvfb), a keyboard on it, and what it shows. Libraries are opened when they are needed,
// so that the tests build without their headers.

#include <cstddef>
#include <optional>
#include <string>

#include "tests/native/desktop/process.h"
#include "tests/support/temporary_folder.h"

namespace countersign::desktop::test {

// Why there can be no display, or nothing.
std::optional<std::string> no_display();

class Display {
public:
    Display();

    // ":7"
    const std::string& name() const { return name_; }

    // How many different colours the screen shows.
    size_t colours() const;

private:
    testing::TemporaryFolder folder_;
    Process server_;
    std::string name_;
};

class FakeKeyboard {
public:
    explicit FakeKeyboard(const Display& display);
    ~FakeKeyboard();
    FakeKeyboard(const FakeKeyboard&) = delete;
    FakeKeyboard& operator=(const FakeKeyboard&) = delete;

    // X's names: "g", "slash", "Return", "Left"; `with` is held meanwhile: "Control_L".
    void press(const char* key, const char* with = nullptr);
    // Letters and spaces.
    void type(std::string_view text);

private:
    struct Functions;

    static const Functions& functions();
    void change(const char* key, bool down);

    void* connection_;
};

}  // namespace countersign::desktop::test
