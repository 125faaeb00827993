#pragma once
// The renderer for machines without a GPU, for screenshots and for golden images: draws with the processor, only the
// parts that changed, the same bits on every platform.

#include <memory>

#include "shell/render/renderer.h"

namespace countersign::shell {

class CpuRenderer : public Renderer {
public:
    // Draws everything anew with the next frame, as after a loss of the canvas.
    virtual void redraw_all() = 0;
    // How many pixels the last render() painted over; 0 when nothing had changed.
    virtual int64_t pixels_drawn() const = 0;
};

// The sink is told of each frame that changed something; it outlives the renderer.
std::unique_ptr<CpuRenderer> make_cpu_renderer(PixelSink& sink);

}  // namespace countersign::shell
