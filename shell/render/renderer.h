#pragma once
// The port that a frame's draw data leaves through. Two implementations: OpenGL (WebGL 2 in the browser, GL 3 on the
// desktop) and a CPU rasteriser for machines without a GPU, which also makes bit-exact screenshots.
//
// Contract: one thread. render() takes finished ImDrawData, creates, updates and destroys the textures it asks for
// (Dear ImGui 1.92's ImTextureData), and draws. Nothing is kept of the draw data afterwards.

#include <cstdint>
#include <span>
#include <string_view>

struct ImDrawData;

namespace countersign::shell {

class Renderer {
public:
    virtual ~Renderer() = default;

    virtual std::string_view name() const = 0;  // "webgl2", "gl3", "cpu"
    virtual void render(ImDrawData& data) = 0;
    // The graphics context was lost or the renderer is about to be replaced: forget all textures.
    virtual void forget_textures() = 0;
};

struct PixelRect {
    int32_t x = 0;
    int32_t y = 0;
    int32_t width = 0;
    int32_t height = 0;
};

// Where the CPU rasteriser's pixels go: an OffscreenCanvas in a browser, memory in tests and screenshots.
class PixelSink {
public:
    virtual ~PixelSink() = default;
    // RGBA, 8 bits each, rows of width * 4 bytes, opaque. `changed` are the parts that differ from the last call.
    virtual void present(const uint8_t* rgba, int32_t width, int32_t height, std::span<const PixelRect> changed) = 0;
};

}  // namespace countersign::shell
