#pragma once
// A native window with an OpenGL context, by GLFW 3.
//
// Contract: main thread; one at a time, for GLFW is one per process. The context is current for as long as the window
// lives. wake() from any thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "shell/platform/host.h"
#include "shell/platform/input.h"

struct GLFWwindow;
struct GLFWcursor;

namespace countersign::desktop {

class Window {
public:
    struct Size {
        int width = 0;  // of the inside, in CSS pixels
        int height = 0;
        float scale = 0;  // device pixels per CSS pixel; 0: the screen's
    };

    // Errors: unavailable when there is no display or no OpenGL 3, with what GLFW says of it.
    static Result<std::unique_ptr<Window>> open(const Size& size);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    GLFWwindow* handle() { return window_; }

    shell::Resized size() const;
    // From the window system's coordinates to CSS pixels.
    float to_css(double position) const;
    // What the driver calls itself: "llvmpipe (LLVM 15.0.6, 256 bits)".
    std::string driver() const;
    // How far apart the display shows pictures.
    Duration frame_time() const;

    void set_cursor(shell::CursorShape shape);
    void set_clipboard(std::string_view text);
    std::string clipboard() const;
    void set_title(std::string_view title);

    bool should_close() const;
    void close();
    // Gone from the screen, though the program is not yet done.
    void hide();
    void swap();
    // Handles what the window system has to say; without anything, waits this long, or for ever.
    void wait(std::optional<Duration> time);
    static void wake();

private:
    Window(GLFWwindow* window, float scale) : window_(window), forced_scale_(scale) {}

    GLFWwindow* window_;
    float forced_scale_;
    GLFWcursor* cursors_[6] = {};
};

}  // namespace countersign::desktop
