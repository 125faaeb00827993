#pragma once
// What happens to a window, as the desk's input events.
//
// Contract: main thread; events come while the window waits. The window outlives the source.

#include <functional>
#include <string>

#include "native/desktop/window/keyboard.h"
#include "native/desktop/window/window.h"

namespace countersign::desktop {

class InputSource {
public:
    struct Sinks {
        std::function<void(shell::InputEvent)> input;
        std::function<void()> go_back;
        std::function<void()> go_forward;
        std::function<void(const std::string&)> dropped;  // a file, by its path
        std::function<void()> repaint;                    // the window system has lost the picture
    };

    InputSource(Window& window, Sinks sinks);
    ~InputSource();
    InputSource(const InputSource&) = delete;
    InputSource& operator=(const InputSource&) = delete;

    // After each wait of the window.
    void end_of_batch() { keyboard_.end_of_batch(); }

private:
    static InputSource& of(GLFWwindow* window);
    void listen_to_keys(GLFWwindow* window);
    void listen_to_pointer(GLFWwindow* window);
    void listen_to_window(GLFWwindow* window);
    void button(int button, int action);
    void wheel(double dx, double dy);

    Window& window_;
    Sinks sinks_;
    Keyboard keyboard_;
    float x_ = 0;
    float y_ = 0;
};

}  // namespace countersign::desktop
