#pragma once
// The CPU rasteriser's pixels in a window: the changed parts go into a texture, the texture is copied to the back
// buffer.
//
// Contract: the window's context is current whenever something here is called, also at the end.

#include <cstdint>

#include "shell/render/renderer.h"

namespace countersign::desktop {

class PictureSurface final : public shell::PixelSink {
public:
    PictureSurface();
    ~PictureSurface() override;
    PictureSurface(const PictureSurface&) = delete;
    PictureSurface& operator=(const PictureSurface&) = delete;

    void present(const uint8_t* rgba, int32_t width, int32_t height,
                 std::span<const shell::PixelRect> changed) override;
    // The last picture once more: the window system has lost it.
    void repaint();

    // Whether the back buffer holds something new since the last call.
    bool take_drawn();

private:
    struct Functions;

    const Functions& gl_;
    uint32_t texture_ = 0;
    uint32_t framebuffer_ = 0;
    int32_t width_ = 0;
    int32_t height_ = 0;
    bool drawn_ = false;
};

}  // namespace countersign::desktop
