#pragma once
// The frame loop of the desk, the same on every platform: takes input events, runs Dear ImGui frames when there is a
// reason to, hands the picture to the renderer and the item table to the host, and then sleeps.
//
// Contract: one thread. handle() queues and asks the host for a frame; frame() does nothing when nothing is wanted. A
// reason (an event, request_frame, a timer that a widget wished for) is followed by kSettle frames, for Dear ImGui
// needs some to come to rest. A key that means a command ends a pass: each command is drawn and applied, and what it
// left is drawn, before the next, however fast somebody types. Host, clock and font loader outlive the loop.
//
// The desk that owns the loop hears location and visibility itself; it passes all events on.

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/clock.h"
#include "shell/platform/host.h"
#include "shell/platform/input.h"
#include "shell/render/renderer.h"
#include "shell/ui/core/ui.h"

struct ImFontLoader;
struct ImGuiContext;

namespace countersign::shell {

struct FrameLoopOptions {
    // Draws code points that our fonts lack (the browser's canvas); may be null.
    const ImFontLoader* platform_fonts = nullptr;
    bool pseudo_language = false;
};

class FrameLoop {
public:
    // Draws the screen. True: what was drawn changed the model (an intent), so draw again before anybody sees it.
    using Draw = std::function<bool(Ui&)>;

    FrameLoop(Host& host, Clock& clock, const FrameLoopOptions& options = {});
    ~FrameLoop();

    FrameLoop(const FrameLoop&) = delete;
    FrameLoop& operator=(const FrameLoop&) = delete;

    void handle(InputEvent event);
    void request_frame();
    void frame(const Draw& draw);
    void use_renderer(std::unique_ptr<Renderer> renderer);

    // What a person chose instead of the system's appearance; nullopt follows the system.
    void choose_appearance(std::optional<Appearance> appearance);

    const Theme& theme() const { return *theme_; }

    const ItemTable& items() const { return items_; }

    const SemanticTree& semantics() const { return shown_; }

    const Texts& texts() const { return texts_; }

    uint64_t frames_drawn() const { return frames_drawn_; }

private:
    static constexpr int kSettle = 3;
    static constexpr int kMostPasses = 64;

    bool wanted();
    bool run_pass(const Draw& draw, bool last_allowed);
    void take_events();
    bool apply(const InputEvent& event);
    bool apply_key(const KeyChanged& event);
    void apply_pointer(const PointerButtonChanged& event);
    void rebuild_theme();
    void tell_host();
    void schedule();

    Host& host_;
    Clock& clock_;
    Texts texts_;
    ImGuiContext* context_ = nullptr;
    std::unique_ptr<Fonts> fonts_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Renderer> renderer_;

    ItemTable items_;
    Memory memory_;
    Input input_;
    Wishes wishes_;
    CommandKeys command_keys_;
    std::optional<Command> command_;
    std::vector<Scope> scopes_;
    std::deque<InputEvent> queue_;

    Resized size_;
    AppearanceChanged system_appearance_;
    std::optional<Appearance> chosen_appearance_;
    bool visible_ = true;
    bool typing_ = false;
    bool swallow_text_ = false;
    bool ended_pass_ = false;
    int frames_left_ = 0;
    std::optional<Duration> due_;
    Duration last_frame_{};
    uint64_t frames_drawn_ = 0;

    SemanticTree shown_;
    std::optional<CursorShape> cursor_;
    std::optional<TextInputArea> text_input_;
};

}  // namespace countersign::shell
