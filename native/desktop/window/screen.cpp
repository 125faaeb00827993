#include "native/desktop/window/screen.h"

#include <algorithm>
#include <utility>

#include "shell/render/gl_renderer.h"

namespace countersign::desktop {

namespace {

bool draws_with_processor(std::string_view driver) {
    constexpr std::string_view kNames[] = {"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software Rasterizer"};
    return std::ranges::any_of(kNames, [&](std::string_view name) { return driver.find(name) != driver.npos; });
}

// Passes everything on and remembers that there is a new picture in the back buffer.
class NotingRenderer final : public shell::Renderer {
public:
    NotingRenderer(std::unique_ptr<shell::Renderer> renderer, bool& drawn)
        : renderer_(std::move(renderer)), drawn_(drawn) {}

    std::string_view name() const override { return renderer_->name(); }

    void render(ImDrawData& data) override {
        renderer_->render(data);
        drawn_ = true;
    }

    void forget_textures() override { renderer_->forget_textures(); }

private:
    std::unique_ptr<shell::Renderer> renderer_;
    bool& drawn_;
};

}  // namespace

Screen::Screen(Window& window, RendererChoice choice)
    : window_(window),
      with_card_(choice == RendererChoice::gl ||
                 (choice == RendererChoice::automatic && !draws_with_processor(window.driver()))) {}

std::unique_ptr<shell::Renderer> Screen::make_renderer() {
    if (with_card_) {
        return std::make_unique<NotingRenderer>(shell::make_gl_renderer("gl3"), drawn_);
    }
    return shell::make_cpu_renderer(surface_);
}

void Screen::show() {
    if (surface_.take_drawn() || std::exchange(drawn_, false)) {
        window_.swap();
    }
}

bool Screen::repaint() {
    surface_.repaint();
    return with_card_;
}

}  // namespace countersign::desktop
