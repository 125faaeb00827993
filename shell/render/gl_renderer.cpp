#include "shell/render/gl_renderer.h"

#include <string>

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "core/base/check.h"

namespace countersign::shell {
namespace {

class GlRenderer final : public Renderer {
public:
    explicit GlRenderer(std::string_view name) : name_(name) {}

    ~GlRenderer() override { shut_down(); }

    GlRenderer(const GlRenderer&) = delete;
    GlRenderer& operator=(const GlRenderer&) = delete;

    std::string_view name() const override { return name_; }

    void render(ImDrawData& data) override {
        if (!started_) {
            // nullptr: the GLSL version that fits the context.
            CS_CHECK(ImGui_ImplOpenGL3_Init(nullptr));
            started_ = true;
        }
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplOpenGL3_RenderDrawData(&data);
    }

    void forget_textures() override {
        shut_down();
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
            if (texture->Status == ImTextureStatus_Destroyed) {
                texture->SetStatus(ImTextureStatus_WantCreate);
            }
        }
    }

private:
    void shut_down() {
        if (started_) {
            ImGui_ImplOpenGL3_Shutdown();
            // The backend takes the flag away with itself; every renderer of ours keeps its promise.
            ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
            started_ = false;
        }
    }

    std::string name_;
    bool started_ = false;
};

}  // namespace

std::unique_ptr<Renderer> make_gl_renderer(std::string_view name) {
    return std::make_unique<GlRenderer>(name);
}

}  // namespace countersign::shell
