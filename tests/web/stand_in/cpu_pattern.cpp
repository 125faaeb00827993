#include <algorithm>

#include "tests/web/stand_in/pattern.h"

namespace countersign::web::stand_in {

namespace {

using shell::PixelRect;

PixelRect clipped(PixelRect rect, int32_t width, int32_t height) {
    const int32_t x = std::clamp(rect.x, 0, width);
    const int32_t y = std::clamp(rect.y, 0, height);
    return {x, y, std::clamp(rect.x + rect.width, x, width) - x, std::clamp(rect.y + rect.height, y, height) - y};
}

class CpuPattern final : public shell::Renderer {
public:
    explicit CpuPattern(shell::PixelSink& sink) : sink_(sink) {}

    std::string_view name() const override { return "cpu"; }

    void render(ImDrawData& data) override {
        const bool resized = data.width != width_ || data.height != height_;
        if (resized) {
            width_ = data.width;
            height_ = data.height;
            pixels_.assign(static_cast<size_t>(width_) * static_cast<size_t>(height_) * 4, 255);
        }
        for (const Patch& patch : data.patches) {
            fill(patch);
        }
        const std::vector<PixelRect> changed =
            resized ? std::vector{PixelRect{0, 0, width_, height_}} : differences(data.patches);
        drawn_ = data.patches;
        if (!changed.empty() && width_ > 0 && height_ > 0) {
            sink_.present(pixels_.data(), width_, height_, changed);
        }
    }

    void forget_textures() override {}

private:
    void fill(const Patch& patch) {
        const PixelRect rect = clipped(patch.place, width_, height_);
        for (int32_t y = rect.y; y < rect.y + rect.height; ++y) {
            uint8_t* pixel =
                &pixels_[(static_cast<size_t>(y) * static_cast<size_t>(width_) + static_cast<size_t>(rect.x)) * 4];
            for (int32_t x = 0; x < rect.width; ++x, pixel += 4) {
                pixel[0] = patch.red;
                pixel[1] = patch.green;
                pixel[2] = patch.blue;
            }
        }
    }

    // Where a patch is new, gone or of another colour.
    std::vector<PixelRect> differences(const std::vector<Patch>& now) const {
        std::vector<PixelRect> changed;
        for (size_t i = 0; i < std::max(now.size(), drawn_.size()); ++i) {
            const bool same = i < now.size() && i < drawn_.size() && now[i] == drawn_[i];
            if (same) {
                continue;
            }
            if (i < now.size()) {
                changed.push_back(clipped(now[i].place, width_, height_));
            }
            if (i < drawn_.size()) {
                changed.push_back(clipped(drawn_[i].place, width_, height_));
            }
        }
        std::erase_if(changed, [](const PixelRect& rect) { return rect.width == 0 || rect.height == 0; });
        return changed;
    }

    shell::PixelSink& sink_;
    int32_t width_ = 0;
    int32_t height_ = 0;
    std::vector<uint8_t> pixels_;
    std::vector<Patch> drawn_;
};

}  // namespace

std::unique_ptr<shell::Renderer> make_cpu_pattern_renderer(shell::PixelSink& sink) {
    return std::make_unique<CpuPattern>(sink);
}

}  // namespace countersign::web::stand_in
