#include "shell/render/cpu_renderer.h"

#include <vector>

#include <imgui.h>

#include "shell/render/cpu/raster.h"
#include "shell/render/cpu/scene.h"
#include "shell/render/cpu/texture.h"
#include "shell/render/cpu/tiles.h"

namespace countersign::shell {
namespace {

class Implementation final : public CpuRenderer {
public:
    explicit Implementation(PixelSink& sink) : sink_(sink) {}

    std::string_view name() const override { return "cpu"; }

    void render(ImDrawData& data) override {
        if (data.Textures != nullptr) {
            for (ImTextureData* texture : *data.Textures) {
                textures_.serve(*texture);
            }
        }
        cpu::take_apart(data, textures_, scene_);
        fit_surface();
        const std::vector<cpu::Box> boxes = tiles_.changed(scene_);
        pixels_drawn_ = 0;
        changed_.clear();
        for (const cpu::Box& box : boxes) {
            cpu::draw_box(surface_, scene_, box, 0);
            changed_.push_back({box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0});
            pixels_drawn_ += int64_t{box.x1 - box.x0} * (box.y1 - box.y0);
        }
        if (!changed_.empty()) {
            const auto* bytes = reinterpret_cast<const uint8_t*>(surface_.pixels.data());
            sink_.present(bytes, surface_.width, surface_.height, changed_);
        }
    }

    void forget_textures() override {
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
            if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_WantUpdates) {
                texture->SetTexID(ImTextureID_Invalid);
                texture->SetStatus(ImTextureStatus_WantCreate);
            }
        }
        textures_.clear();
        tiles_.forget();
    }

    void redraw_all() override { tiles_.forget(); }

    int64_t pixels_drawn() const override { return pixels_drawn_; }

private:
    void fit_surface() {
        if (surface_.width == scene_.width && surface_.height == scene_.height) {
            return;
        }
        surface_.width = scene_.width;
        surface_.height = scene_.height;
        surface_.pixels.assign(static_cast<size_t>(scene_.width) * static_cast<size_t>(scene_.height), 0xff000000U);
    }

    PixelSink& sink_;
    cpu::TextureStore textures_;
    cpu::Scene scene_;
    cpu::Surface surface_;
    cpu::TileMap tiles_;
    std::vector<PixelRect> changed_;
    int64_t pixels_drawn_ = 0;
};

}  // namespace

std::unique_ptr<CpuRenderer> make_cpu_renderer(PixelSink& sink) {
    return std::make_unique<Implementation>(sink);
}

}  // namespace countersign::shell
