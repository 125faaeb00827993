#include <GLES3/gl3.h>

#include "tests/web/stand_in/pattern.h"

namespace countersign::web::stand_in {

namespace {

class GlPattern final : public shell::Renderer {
public:
    std::string_view name() const override { return "webgl2"; }

    void render(ImDrawData& data) override {
        glViewport(0, 0, data.width, data.height);
        glEnable(GL_SCISSOR_TEST);
        for (const Patch& patch : data.patches) {
            const shell::PixelRect& place = patch.place;
            glScissor(place.x, data.height - place.y - place.height, place.width, place.height);
            glClearColor(static_cast<float>(patch.red) / 255, static_cast<float>(patch.green) / 255,
                         static_cast<float>(patch.blue) / 255, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }
    }

    void forget_textures() override {}
};

}  // namespace

std::unique_ptr<shell::Renderer> make_gl_pattern_renderer() {
    return std::make_unique<GlPattern>();
}

}  // namespace countersign::web::stand_in
