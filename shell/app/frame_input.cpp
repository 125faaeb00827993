// How the frame loop translates input: what goes to Dear ImGui (pointer, focus, Tab), what is a command, and what is
// left for widgets.

#include <utility>

#include <imgui.h>

#include "shell/app/frame_loop.h"
#include "shell/app/imgui_style.h"

namespace countersign::shell {
namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

int imgui_button(PointerButton button) {
    switch (button) {
        case PointerButton::left: return ImGuiMouseButton_Left;
        case PointerButton::right: return ImGuiMouseButton_Right;
        case PointerButton::middle: return ImGuiMouseButton_Middle;
    }
    return ImGuiMouseButton_Left;
}

void add_position(float x, float y, PointerKind kind, float scale) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(kind == PointerKind::touch ? ImGuiMouseSource_TouchScreen
                           : kind == PointerKind::pen ? ImGuiMouseSource_Pen
                                                      : ImGuiMouseSource_Mouse);
    io.AddMousePosEvent(x * scale, y * scale);
}

bool prints(Key key) {
    return (key >= Key::a && key <= Key::digit_9) || key == Key::space || (key >= Key::question && key <= Key::grave);
}

}  // namespace

// Takes events up to and including the first that ends a pass.
void FrameLoop::take_events() {
    if (std::exchange(ended_pass_, false)) {
        return;  // which commands there are now, and who has the focus, shows only in the pass after the change
    }
    while (!queue_.empty()) {
        const InputEvent event = std::move(queue_.front());
        queue_.pop_front();
        if (apply(event)) {
            ended_pass_ = true;
            return;
        }
    }
}

// True when the pass ends here: a command, a key that may leave a field, or an action on a node.
bool FrameLoop::apply(const InputEvent& event) {
    ImGuiIO& io = ImGui::GetIO();
    bool ends_pass = false;
    std::visit(Overloaded{
                   [&](const PointerMoved& e) { add_position(e.x, e.y, e.kind, theme_->scale); },
                   [&](const PointerButtonChanged& e) { apply_pointer(e); },
                   [&](const PointerLeft&) { io.AddMousePosEvent(-FLT_MAX, -FLT_MAX); },
                   [&](const Wheel& e) {
                       input_.wheel_x += e.dx * theme_->scale;
                       input_.wheel_y += e.dy * theme_->scale;
                   },
                   [&](const KeyChanged& e) { ends_pass = apply_key(e); },
                   [&](const TextEntered& e) {
                       if (!swallow_text_) {
                           input_.typed += e.text;
                       }
                   },
                   [&](const CompositionChanged& e) { input_.preedit = e.preedit; },
                   [&](const TextPasted& e) { input_.pasted = e.text; },
                   [&](const FocusChanged& e) {
                       io.AddFocusEvent(e.focused);
                       command_keys_ = CommandKeys();
                   },
                   [&](const VisibilityChanged& e) { visible_ = e.visible; },
                   [&](const Resized& e) {
                       size_ = e;
                       rebuild_theme();
                   },
                   [&](const AppearanceChanged& e) {
                       system_appearance_ = e;
                       rebuild_theme();
                   },
                   [](const LocationChanged&) {},  // the desk's own matter
                   [](const FileOpened&) {},       // likewise
                   [&](const NodeActed& e) {
                       items_.act(e);
                       ends_pass = true;
                   },
               },
               event);
    return ends_pass;
}

void FrameLoop::apply_pointer(const PointerButtonChanged& event) {
    const bool touch = event.kind == PointerKind::touch;
    add_position(event.x, event.y, event.kind, theme_->scale);
    ImGui::GetIO().AddMouseButtonEvent(imgui_button(event.button), event.pressed);
    if (touch != input_.touch) {
        input_.touch = touch;
        rebuild_theme();
    }
}

bool FrameLoop::apply_key(const KeyChanged& event) {
    ImGuiIO& io = ImGui::GetIO();
    swallow_text_ = false;
    io.AddKeyEvent(ImGuiMod_Shift, event.modifiers.shift);
    const auto imgui = static_cast<ImGuiKey>(imgui_key(event.key));
    // Enter and Space press what visibly has the focus; only without that are they commands or text.
    const bool presses = (event.key == Key::enter || event.key == Key::space) && focus_takes_keys() && !typing_ &&
                         !event.modifiers.control;
    if (imgui == ImGuiKey_Tab || presses || (imgui != ImGuiKey_None && !event.pressed)) {
        io.AddKeyEvent(imgui, event.pressed);
        return false;
    }
    if (!event.pressed) {
        return false;
    }
    if (const auto command = command_keys_.press(event, scopes_, typing_)) {
        command_ = command;
        input_.label_letter = command_keys_.letter();
        // The same key press may arrive once more as text, before the key is let go; it is spent.
        swallow_text_ = prints(event.key);
        return true;
    }
    input_.keys.push_back({event.key, event.modifiers});
    // These may leave the field: what is typed after them is for whatever has the focus then.
    return typing_ && (event.key == Key::escape || event.key == Key::enter);
}

}  // namespace countersign::shell
