#pragma once
// A window's picture: the desk's renderer in it, and when there is something new to show.
//
// Contract: the window's context is current. The renderer that is handed out belongs to the desk and goes before the
// screen does.

#include <memory>
#include <string_view>

#include "native/desktop/options.h"
#include "native/desktop/window/picture_surface.h"
#include "native/desktop/window/window.h"
#include "shell/render/cpu_renderer.h"

namespace countersign::desktop {

class Screen {
public:
    // `automatic` takes the graphics card when there is one: a driver that draws with the processor does more work for
    // the same picture than our own rasteriser.
    Screen(Window& window, RendererChoice choice);

    std::unique_ptr<shell::Renderer> make_renderer();
    // Shows what was drawn since the last call, if anything was.
    void show();
    // The window system has lost the picture. True: the desk must draw it anew.
    bool repaint();

private:
    Window& window_;
    bool with_card_;
    bool drawn_ = false;
    PictureSurface surface_;
};

}  // namespace countersign::desktop
