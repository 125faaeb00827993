#include "native/desktop/window/input_source.h"

#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace countersign::desktop {

namespace {

// What browsers scroll by for one notch of a wheel.
constexpr float kNotch = 100;

}  // namespace

InputSource::InputSource(Window& window, Sinks sinks)
    : window_(window),
      sinks_(std::move(sinks)),
      keyboard_({.input = sinks_.input,
                 .clipboard = [&window] { return window.clipboard(); },
                 .go_back = sinks_.go_back,
                 .go_forward = sinks_.go_forward,
                 .close = [&window] { window.close(); }}) {
    GLFWwindow* handle = window.handle();
    ::glfwSetWindowUserPointer(handle, this);
    listen_to_keys(handle);
    listen_to_pointer(handle);
    listen_to_window(handle);
}

InputSource::~InputSource() {
    GLFWwindow* handle = window_.handle();
    ::glfwSetKeyCallback(handle, nullptr);
    ::glfwSetCharCallback(handle, nullptr);
    ::glfwSetCursorPosCallback(handle, nullptr);
    ::glfwSetCursorEnterCallback(handle, nullptr);
    ::glfwSetMouseButtonCallback(handle, nullptr);
    ::glfwSetScrollCallback(handle, nullptr);
    ::glfwSetFramebufferSizeCallback(handle, nullptr);
    ::glfwSetWindowContentScaleCallback(handle, nullptr);
    ::glfwSetWindowFocusCallback(handle, nullptr);
    ::glfwSetWindowIconifyCallback(handle, nullptr);
    ::glfwSetWindowRefreshCallback(handle, nullptr);
    ::glfwSetDropCallback(handle, nullptr);
}

InputSource& InputSource::of(GLFWwindow* window) {
    return *static_cast<InputSource*>(::glfwGetWindowUserPointer(window));
}

void InputSource::listen_to_keys(GLFWwindow* window) {
    ::glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int modifiers) {
        const char* printed = ::glfwGetKeyName(key, scancode);
        of(w).keyboard_.key({key, printed == nullptr ? "" : printed, action, modifiers});
    });
    ::glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int character) { of(w).keyboard_.character(character); });
}

void InputSource::listen_to_pointer(GLFWwindow* window) {
    ::glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
        InputSource& self = of(w);
        self.x_ = self.window_.to_css(x);
        self.y_ = self.window_.to_css(y);
        self.sinks_.input(shell::PointerMoved{self.x_, self.y_, shell::PointerKind::mouse});
    });
    ::glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
        if (entered == GLFW_FALSE) {
            of(w).sinks_.input(shell::PointerLeft{});
        }
    });
    ::glfwSetMouseButtonCallback(window,
                                 [](GLFWwindow* w, int button, int action, int) { of(w).button(button, action); });
    ::glfwSetScrollCallback(window, [](GLFWwindow* w, double dx, double dy) { of(w).wheel(dx, dy); });
}

void InputSource::button(int button, int action) {
    // The two at a mouse's side mean what they mean in a browser.
    if (button == GLFW_MOUSE_BUTTON_4 || button == GLFW_MOUSE_BUTTON_5) {
        if (action == GLFW_PRESS) {
            (button == GLFW_MOUSE_BUTTON_4 ? sinks_.go_back : sinks_.go_forward)();
        }
        return;
    }
    const auto known = button == GLFW_MOUSE_BUTTON_LEFT     ? std::optional(shell::PointerButton::left)
                       : button == GLFW_MOUSE_BUTTON_RIGHT  ? std::optional(shell::PointerButton::right)
                       : button == GLFW_MOUSE_BUTTON_MIDDLE ? std::optional(shell::PointerButton::middle)
                                                            : std::nullopt;
    if (known) {
        sinks_.input(shell::PointerButtonChanged{*known, action == GLFW_PRESS, x_, y_, shell::PointerKind::mouse});
    }
}

void InputSource::wheel(double dx, double dy) {
    GLFWwindow* window = window_.handle();
    const bool shift = ::glfwGetKey(window, GLFW_KEY_LEFT_SHIFT) == GLFW_PRESS ||
                       ::glfwGetKey(window, GLFW_KEY_RIGHT_SHIFT) == GLFW_PRESS;
    if (shift && dx == 0) {
        std::swap(dx, dy);
    }
    sinks_.input(shell::Wheel{-static_cast<float>(dx) * kNotch, -static_cast<float>(dy) * kNotch});
}

void InputSource::listen_to_window(GLFWwindow* window) {
    ::glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { of(w).sinks_.input(of(w).window_.size()); });
    ::glfwSetWindowContentScaleCallback(window,
                                        [](GLFWwindow* w, float, float) { of(w).sinks_.input(of(w).window_.size()); });
    ::glfwSetWindowFocusCallback(
        window, [](GLFWwindow* w, int focused) { of(w).sinks_.input(shell::FocusChanged{focused == GLFW_TRUE}); });
    ::glfwSetWindowIconifyCallback(
        window, [](GLFWwindow* w, int hidden) { of(w).sinks_.input(shell::VisibilityChanged{hidden == GLFW_FALSE}); });
    ::glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w).sinks_.repaint(); });
    ::glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
        if (count > 0) {
            of(w).sinks_.dropped(paths[0]);
        }
    });
}

}  // namespace countersign::desktop
