#pragma once
// What the stand-in draws: coloured rectangles. It is linked without Dear ImGui, so that it may say itself what
// ImDrawData is, and goes through the real Renderer and PixelSink ports.

#include <cstdint>
#include <memory>
#include <vector>

#include "shell/render/renderer.h"

namespace countersign::web::stand_in {

struct Patch {
    shell::PixelRect place;  // device pixels
    uint8_t red = 0;
    uint8_t green = 0;
    uint8_t blue = 0;

    bool operator==(const Patch& other) const {
        return place.x == other.place.x && place.y == other.place.y && place.width == other.place.width &&
               place.height == other.place.height && red == other.red && green == other.green && blue == other.blue;
    }
};

std::unique_ptr<shell::Renderer> make_cpu_pattern_renderer(shell::PixelSink& sink);
std::unique_ptr<shell::Renderer> make_gl_pattern_renderer();

}  // namespace countersign::web::stand_in

struct ImDrawData {
    int32_t width = 0;  // device pixels
    int32_t height = 0;
    std::vector<countersign::web::stand_in::Patch> patches;  // later ones on top
};
