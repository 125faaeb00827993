#pragma once
// The CPU rasteriser's pixels on the worker's OffscreenCanvas, by putImageData of the changed parts.

#include "shell/render/renderer.h"

namespace countersign::web {

class CanvasSink final : public shell::PixelSink {
public:
    void present(const uint8_t* rgba, int32_t width, int32_t height,
                 std::span<const shell::PixelRect> changed) override;
};

}  // namespace countersign::web
