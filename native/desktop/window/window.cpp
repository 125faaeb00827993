#include "native/desktop/window/window.h"

#include <cmath>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "core/base/concat.h"
#include "native/desktop/window/gl.h"

namespace countersign::desktop {

namespace {

Error last_error(std::string_view what) {
    const char* words = nullptr;
    ::glfwGetError(&words);
    return fail(ErrorCode::unavailable, concat(what, words == nullptr ? "" : ": ", words == nullptr ? "" : words));
}

// The newest first; 3.2 is the first with a core profile, which some drivers give only there.
GLFWwindow* open_with_context(int width, int height) {
    for (const bool core : {true, false}) {
        ::glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        ::glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, core ? 2 : 0);
        ::glfwWindowHint(GLFW_OPENGL_PROFILE, core ? GLFW_OPENGL_CORE_PROFILE : GLFW_OPENGL_ANY_PROFILE);
        ::glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, core ? GLFW_TRUE : GLFW_FALSE);
        if (GLFWwindow* window = ::glfwCreateWindow(width, height, "Countersign", nullptr, nullptr)) {
            return window;
        }
    }
    return nullptr;
}

constexpr int kShapes[] = {GLFW_ARROW_CURSOR,   GLFW_IBEAM_CURSOR,   GLFW_HAND_CURSOR,
                           GLFW_HRESIZE_CURSOR, GLFW_VRESIZE_CURSOR, GLFW_ARROW_CURSOR};

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const Size& size) {
    if (::glfwInit() != GLFW_TRUE) {
        return last_error("there is no display to open a window on; --screenshot needs none");
    }
    ::glfwWindowHint(GLFW_SAMPLES, 0);
    ::glfwWindowHint(GLFW_DEPTH_BITS, 0);
    ::glfwWindowHint(GLFW_STENCIL_BITS, 0);
    ::glfwWindowHint(GLFW_SCALE_TO_MONITOR, size.scale > 0 ? GLFW_FALSE : GLFW_TRUE);
    ::glfwWindowHintString(GLFW_X11_CLASS_NAME, "countersign-desk");
    ::glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "countersign-desk");
    const float forced = size.scale > 0 ? size.scale : 1;
    GLFWwindow* handle = open_with_context(static_cast<int>(std::lround(static_cast<float>(size.width) * forced)),
                                           static_cast<int>(std::lround(static_cast<float>(size.height) * forced)));
    if (handle == nullptr) {
        Error error = last_error("no window with OpenGL 3 can be opened");
        ::glfwTerminate();
        return error;
    }
    ::glfwMakeContextCurrent(handle);
    ::glfwSwapInterval(1);
    return std::unique_ptr<Window>(new Window(handle, size.scale));
}

Window::~Window() {
    ::glfwDestroyWindow(window_);
    ::glfwTerminate();
}

shell::Resized Window::size() const {
    int width = 0;
    int height = 0;
    ::glfwGetFramebufferSize(window_, &width, &height);
    float scale = forced_scale_;
    if (scale <= 0) {
        float y_scale = 1;
        ::glfwGetWindowContentScale(window_, &scale, &y_scale);
    }
    return {static_cast<float>(width) / scale, static_cast<float>(height) / scale, scale};
}

// Window coordinates are device pixels on X11 and CSS pixels on Wayland and a Mac.
float Window::to_css(double position) const {
    int window_width = 0;
    int window_height = 0;
    ::glfwGetWindowSize(window_, &window_width, &window_height);
    const float css_width = size().width;
    return window_width <= 0 ? 0 : static_cast<float>(position) * css_width / static_cast<float>(window_width);
}

std::string Window::driver() const {
    const auto get_string = load_gl<PFNGLGETSTRINGPROC>("glGetString");
    const auto* name = get_string == nullptr ? nullptr : get_string(GL_RENDERER);
    return name == nullptr ? std::string() : reinterpret_cast<const char*>(name);
}

Duration Window::frame_time() const {
    constexpr int kUsual_hz = 60;
    GLFWmonitor* monitor = ::glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor == nullptr ? nullptr : ::glfwGetVideoMode(monitor);
    const int rate_hz = mode != nullptr && mode->refreshRate > 0 ? mode->refreshRate : kUsual_hz;
    return Duration{kSecond_us / rate_hz};
}

void Window::set_cursor(shell::CursorShape shape) {
    const auto index = static_cast<size_t>(shape);
    if (cursors_[index] == nullptr) {
        cursors_[index] = ::glfwCreateStandardCursor(kShapes[index]);
    }
    ::glfwSetCursor(window_, cursors_[index]);
}

void Window::set_clipboard(std::string_view text) {
    ::glfwSetClipboardString(window_, std::string(text).c_str());
}

std::string Window::clipboard() const {
    const char* text = ::glfwGetClipboardString(window_);
    return text == nullptr ? "" : text;
}

void Window::set_title(std::string_view title) {
    ::glfwSetWindowTitle(window_, std::string(title).c_str());
}

bool Window::should_close() const {
    return ::glfwWindowShouldClose(window_) == GLFW_TRUE;
}

void Window::close() {
    ::glfwSetWindowShouldClose(window_, GLFW_TRUE);
}

void Window::hide() {
    ::glfwHideWindow(window_);
}

void Window::swap() {
    ::glfwSwapBuffers(window_);
}

void Window::wait(std::optional<Duration> time) {
    if (!time) {
        ::glfwWaitEvents();
    } else if (time->us <= 0) {
        ::glfwPollEvents();
    } else {
        ::glfwWaitEventsTimeout(static_cast<double>(time->us) / static_cast<double>(kSecond_us));
    }
}

void Window::wake() {
    ::glfwPostEmptyEvent();
}

}  // namespace countersign::desktop
