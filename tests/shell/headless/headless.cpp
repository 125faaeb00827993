#include "tests/shell/headless/headless.h"

#include <cstring>

#include "shell/semantics/outline.h"

namespace countersign::tests {

using namespace shell;

void Picture::present(const uint8_t* from, int32_t w, int32_t h, std::span<const PixelRect> changed) {
    const auto row_bytes = static_cast<size_t>(w) * 4;
    if (w != width || h != height) {
        width = w;
        height = h;
        rgba.assign(row_bytes * static_cast<size_t>(h), 0);
    }
    for (const PixelRect& rect : changed) {
        for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
            const size_t at = static_cast<size_t>(y) * row_bytes + static_cast<size_t>(rect.x) * 4;
            std::memcpy(rgba.data() + at, from + at, static_cast<size_t>(rect.width) * 4);
        }
    }
    presented++;
}

Headless::Headless(FrameLoop::Draw draw, const Screen& screen)
    : loop(host, clock, {.platform_fonts = nullptr, .pseudo_language = screen.pseudo_language}),
      draw_(std::move(draw)) {
    auto made = make_cpu_renderer(picture);
    renderer = made.get();
    loop.use_renderer(std::move(made));
    resize(screen);
}

void Headless::resize(const Screen& screen) {
    loop.handle(Resized{screen.width, screen.height, screen.scale});
    settle();
}

int Headless::settle() {
    constexpr int kMost = 100;
    int frames = 0;
    while (host.wanted_ms == 0U && frames < kMost) {
        host.wanted_ms.reset();
        clock.elapsed_us += 16'667;
        loop.frame(draw_);
        frames++;
    }
    return frames;
}

void Headless::wait_ms(int64_t ms) {
    clock.elapsed_us += ms * 1000;
    host.wanted_ms = 0;
    settle();
}

void Headless::press(Key key, Modifiers modifiers) {
    loop.handle(KeyChanged{key, true, modifiers});
    loop.handle(KeyChanged{key, false, modifiers});
    settle();
}

void Headless::type(std::string_view text) {
    loop.handle(TextEntered{std::string(text)});
    settle();
}

void Headless::move(float x, float y) {
    loop.handle(PointerMoved{x, y, PointerKind::mouse});
    settle();
}

void Headless::click(float x, float y) {
    move(x, y);
    loop.handle(PointerButtonChanged{PointerButton::left, true, x, y, PointerKind::mouse});
    loop.handle(PointerButtonChanged{PointerButton::left, false, x, y, PointerKind::mouse});
    settle();
}

const Node* Headless::find(Role role, std::string_view name) const {
    const Node* begins = nullptr;
    for (const Node& node : host.tree.nodes) {
        if (node.role == role && node.name == name) {
            return &node;
        }
        if (begins == nullptr && node.role == role && node.name.starts_with(name)) {
            begins = &node;
        }
    }
    return begins;
}

bool Headless::click(Role role, std::string_view name) {
    const Node* node = find(role, name);
    if (node == nullptr || node->width <= 0 || node->height <= 0) {
        return false;
    }
    click(node->x + node->width / 2, node->y + node->height / 2);
    return true;
}

bool Headless::act(Role role, std::string_view name, NodeActed::Action action, std::string_view value) {
    const Node* node = find(role, name);
    if (node == nullptr) {
        return false;
    }
    loop.handle(NodeActed{node->id, action, std::string(value)});
    settle();
    return true;
}

std::string Headless::outline() const {
    return shell::outline(host.tree);
}

}  // namespace countersign::tests
