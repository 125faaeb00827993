#pragma once
// Draw data made by hand, without a Dear ImGui context: one draw list, one texture, one frame after the other through
// a CPU renderer into memory.

#include <cstdint>
#include <memory>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/render/cpu_renderer.h"

namespace countersign::tests {

// Keeps its own copy of the picture by taking over only the parts said to have changed.
class MemorySink final : public shell::PixelSink {
public:
    void present(const uint8_t* rgba, int32_t width, int32_t height,
                 std::span<const shell::PixelRect> changed) override;

    int32_t width = 0;
    int32_t height = 0;
    std::vector<uint32_t> pixels;
    std::vector<shell::PixelRect> last_changed;
    int frames = 0;

    uint32_t at(int32_t x, int32_t y) const {
        return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
    }
};

class DrawRig {
public:
    DrawRig(int32_t width, int32_t height);
    ~DrawRig();

    DrawRig(const DrawRig&) = delete;
    DrawRig& operator=(const DrawRig&) = delete;

    // Starts a new frame; draw into the list, then render().
    ImDrawList& begin();
    void render();

    // A corner of the texture that holds a letter-like blot, `size` texels wide and high, in UV.
    ImVec4 glyph_uv(int32_t size) const;

    ImTextureData& texture() { return texture_; }

    std::unique_ptr<shell::CpuRenderer> renderer;
    MemorySink sink;

private:
    ImDrawListSharedData shared_;
    ImTextureData texture_;
    ImVector<ImTextureData*> textures_;
    ImDrawList list_;
    ImDrawData data_;
};

}  // namespace countersign::tests
