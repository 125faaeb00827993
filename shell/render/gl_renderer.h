#pragma once
// The renderer for machines with a GPU: WebGL 2 in the browser, OpenGL 3 on the desktop, through Dear ImGui's own
// backend.
//
// Contract: the graphics context must be current on the calling thread whenever the renderer draws, forgets its
// textures or is destroyed; Dear ImGui's context too. Making one touches neither: shaders are built with the first
// frame. Nothing is cleared before drawing, for the desk paints its whole background.

#include <memory>
#include <string_view>

#include "shell/render/renderer.h"

namespace countersign::shell {

// `name` is what the renderer calls itself: "webgl2" or "gl3".
std::unique_ptr<Renderer> make_gl_renderer(std::string_view name);

}  // namespace countersign::shell
