#include "web/platform/canvas_sink.h"

#include <cstddef>

#include "web/platform/imports.h"

namespace countersign::web {

static_assert(sizeof(shell::PixelRect) == 4 * sizeof(int32_t) && offsetof(shell::PixelRect, y) == sizeof(int32_t) &&
                  offsetof(shell::PixelRect, width) == 2 * sizeof(int32_t),
              "JavaScript reads rectangles as four numbers in a row");

void CanvasSink::present(const uint8_t* rgba, int32_t width, int32_t height,
                         std::span<const shell::PixelRect> changed) {
    if (!changed.empty()) {
        cs_js_present(rgba, width, height, &changed.front().x, changed.size());
    }
}

}  // namespace countersign::web
