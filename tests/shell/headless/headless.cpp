#include "tests/shell/headless/headless.h"

#include <cstring>
#include <map>

#include "core/base/concat.h"
#include "core/base/utf8.h"

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
    std::map<uint32_t, int> depth;
    std::string out;
    for (const Node& node : host.tree.nodes) {
        const int level = node.parent == 0 ? 0 : depth[node.parent] + 1;
        depth[node.id] = level;
        out.append(static_cast<size_t>(level) * 2, ' ').append(role_name(node.role));
        if (!node.name.empty()) {
            out += concat(" \"", utf8::shortened(node.name, 60), "\"");
        }
        const auto note = [&](bool on, std::string_view word) {
            if (on) {
                out += concat(" ", word);
            }
        };
        note(node.state.checked, "checked");
        note(node.state.selected, "selected");
        note(node.state.disabled, "disabled");
        note(node.state.expanded, "expanded");
        note(node.state.required, "required");
        note(node.state.invalid, "invalid");
        note(node.state.focused, "focused");
        if (!node.value.empty()) {
            out += concat(" = ", utf8::shortened(node.value, 60));
        }
        if (!node.shortcut.empty()) {
            out += concat(" [", node.shortcut, "]");
        }
        if (node.set_size > 0) {
            out += concat(" (", node.position, " of ", node.set_size, ")");
        }
        out += "\n";
    }
    return out;
}

}  // namespace countersign::tests
