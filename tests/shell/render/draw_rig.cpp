#include "tests/shell/render/draw_rig.h"

#include <cstring>

namespace countersign::tests {

void MemorySink::present(const uint8_t* rgba, int32_t w, int32_t h, std::span<const shell::PixelRect> changed) {
    if (w != width || h != height) {
        width = w;
        height = h;
        pixels.assign(static_cast<size_t>(w) * static_cast<size_t>(h), 0);
    }
    for (const shell::PixelRect& rect : changed) {
        for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
            const size_t at = static_cast<size_t>(y) * static_cast<size_t>(w) + static_cast<size_t>(rect.x);
            std::memcpy(pixels.data() + at, rgba + at * 4, static_cast<size_t>(rect.width) * 4);
        }
    }
    last_changed.assign(changed.begin(), changed.end());
    frames++;
}

DrawRig::DrawRig(int32_t width, int32_t height) : list_(&shared_) {
    renderer = shell::make_cpu_renderer(sink);
    texture_.Create(ImTextureFormat_RGBA32, 64, 64);
    for (int32_t y = 0; y < 64; y++) {
        for (int32_t x = 0; x < 64; x++) {
            // White at the origin; a ring in the upper half; the lower half is left free.
            const int32_t dx = x - 20;
            const int32_t dy = y - 16;
            const int32_t off = std::abs(dx * dx + dy * dy - 100);
            uint32_t alpha = x < 4 && y < 4 ? 255U : y < 32 && off < 51 ? static_cast<uint32_t>(255 - off * 5) : 0U;
            const uint32_t texel = 0x00ffffffU | (alpha << 24);
            std::memcpy(texture_.GetPixelsAt(x, y), &texel, sizeof texel);
        }
    }
    texture_.SetStatus(ImTextureStatus_WantCreate);
    textures_.push_back(&texture_);
    shared_.TexUvWhitePixel = ImVec2(1.5F / 64, 1.5F / 64);
    shared_.InitialFlags = ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AntiAliasedLines;
    shared_.CurveTessellationTol = 1.25F;
    shared_.SetCircleTessellationMaxError(0.3F);
    shared_.ClipRectFullscreen = ImVec4(0, 0, static_cast<float>(width), static_cast<float>(height));
    data_.DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
    data_.FramebufferScale = ImVec2(1, 1);
    data_.Textures = &textures_;
}

DrawRig::~DrawRig() = default;

ImVec4 DrawRig::glyph_uv(int32_t size) const {
    const float scale = 1.0F / 64;
    return {8 * scale, 4 * scale, static_cast<float>(8 + size) * scale, static_cast<float>(4 + size) * scale};
}

ImDrawList& DrawRig::begin() {
    list_._ResetForNewFrame();
    list_.PushTexture(texture_.GetTexRef());
    list_.PushClipRectFullScreen();
    return list_;
}

void DrawRig::render() {
    data_.CmdLists.resize(0);
    data_.CmdLists.push_back(&list_);
    renderer->render(data_);
}

}  // namespace countersign::tests
