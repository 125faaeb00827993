#pragma once
// A desk without a platform: the frame loop, the CPU renderer into memory, a clock that moves when told, and a host
// that writes down what it was asked. Tests and screenshots drive it as a person would: by keys, by pointer, by node.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shell/app/frame_loop.h"
#include "shell/render/cpu_renderer.h"

namespace countersign::tests {

class ManualClock final : public Clock {
public:
    Instant now() override { return {1'795'000'000'000'000 + elapsed_us}; }

    Duration monotonic() override { return {elapsed_us}; }

    int64_t elapsed_us = 1'000'000;
};

class RecordingHost final : public shell::Host {
public:
    void set_cursor(shell::CursorShape shape) override { cursor = shape; }

    void set_text_input(std::optional<shell::TextInputArea> area) override { text_input = area; }

    void write_clipboard(std::string_view text) override { clipboard = text; }

    void set_location(std::string_view where, shell::HistoryEntry /*entry*/) override { location = where; }

    void set_title(std::string_view text) override { title = text; }

    void want_frame(uint32_t delay_ms) override { wanted_ms = std::min(wanted_ms.value_or(delay_ms), delay_ms); }

    void show_semantics(const shell::SemanticTree& shown) override {
        tree = shown;
        trees_shown++;
    }

    void announce(std::string_view sentence) override { announced.emplace_back(sentence); }

    void save_file(std::string_view name, std::string_view bytes) override {
        saved.emplace_back(name);
        saved_bytes = bytes;
    }

    void open_file(std::string_view ending) override { opening.emplace_back(ending); }

    shell::CursorShape cursor = shell::CursorShape::arrow;
    std::optional<shell::TextInputArea> text_input;
    std::string clipboard;
    std::string location;
    std::string title;
    std::optional<uint32_t> wanted_ms;
    shell::SemanticTree tree;
    int trees_shown = 0;
    std::vector<std::string> announced;
    std::vector<std::string> saved;
    std::string saved_bytes;           // of the last one
    std::vector<std::string> opening;  // endings of files that were asked for
};

class Picture final : public shell::PixelSink {
public:
    void present(const uint8_t* rgba, int32_t w, int32_t h, std::span<const shell::PixelRect> changed) override;

    int32_t width = 0;
    int32_t height = 0;
    std::vector<uint8_t> rgba;
    int presented = 0;
};

struct Screen {
    float width = 1024;
    float height = 768;
    float scale = 1;
    bool pseudo_language = false;
};

class Headless {
public:
    Headless(shell::FrameLoop::Draw draw, const Screen& screen);

    // Frames until nothing wants another one at once. Returns how many were called for.
    int settle();
    // Lets time pass and then settles.
    void wait_ms(int64_t ms);

    void press(shell::Key key, shell::Modifiers modifiers = {});
    void type(std::string_view text);
    void move(float x, float y);
    void click(float x, float y);
    void resize(const Screen& screen);

    // The node with this role whose name is or begins with `name`; nullptr when there is none.
    const shell::Node* find(shell::Role role, std::string_view name) const;
    // By the pointer, in its middle. False when there is no such node or nothing of it can be seen.
    bool click(shell::Role role, std::string_view name);
    // As assistive technology does it.
    bool act(shell::Role role, std::string_view name, shell::NodeActed::Action action, std::string_view value = {});

    // The whole tree as indented text, for approvals and for reading in a failure.
    std::string outline() const;

    RecordingHost host;
    ManualClock clock;
    Picture picture;
    shell::CpuRenderer* renderer = nullptr;
    shell::FrameLoop loop;

private:
    shell::FrameLoop::Draw draw_;
};

}  // namespace countersign::tests
