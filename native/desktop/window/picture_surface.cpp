#include "native/desktop/window/picture_surface.h"

#include <utility>

#include "core/base/check.h"
#include "native/desktop/window/gl.h"

namespace countersign::desktop {

struct PictureSurface::Functions {
    PFNGLGENTEXTURESPROC gen_textures = load_gl<PFNGLGENTEXTURESPROC>("glGenTextures");
    PFNGLDELETETEXTURESPROC delete_textures = load_gl<PFNGLDELETETEXTURESPROC>("glDeleteTextures");
    PFNGLBINDTEXTUREPROC bind_texture = load_gl<PFNGLBINDTEXTUREPROC>("glBindTexture");
    PFNGLPIXELSTOREIPROC pixel_store = load_gl<PFNGLPIXELSTOREIPROC>("glPixelStorei");
    PFNGLTEXIMAGE2DPROC image = load_gl<PFNGLTEXIMAGE2DPROC>("glTexImage2D");
    PFNGLTEXSUBIMAGE2DPROC sub_image = load_gl<PFNGLTEXSUBIMAGE2DPROC>("glTexSubImage2D");
    PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = load_gl<PFNGLGENFRAMEBUFFERSPROC>("glGenFramebuffers");
    PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = load_gl<PFNGLDELETEFRAMEBUFFERSPROC>("glDeleteFramebuffers");
    PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = load_gl<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer");
    PFNGLFRAMEBUFFERTEXTURE2DPROC framebuffer_texture =
        load_gl<PFNGLFRAMEBUFFERTEXTURE2DPROC>("glFramebufferTexture2D");
    PFNGLBLITFRAMEBUFFERPROC blit = load_gl<PFNGLBLITFRAMEBUFFERPROC>("glBlitFramebuffer");

    // All of OpenGL 3.0, which the context has.
    bool whole() const {
        return gen_textures && delete_textures && bind_texture && pixel_store && image && sub_image &&
               gen_framebuffers && delete_framebuffers && bind_framebuffer && framebuffer_texture && blit;
    }

    static const Functions& of_current_context() {
        static const Functions functions;
        CS_CHECK(functions.whole());
        return functions;
    }
};

PictureSurface::PictureSurface() : gl_(Functions::of_current_context()) {
    gl_.gen_textures(1, &texture_);
    gl_.gen_framebuffers(1, &framebuffer_);
}

PictureSurface::~PictureSurface() {
    gl_.delete_framebuffers(1, &framebuffer_);
    gl_.delete_textures(1, &texture_);
}

void PictureSurface::present(const uint8_t* rgba, int32_t width, int32_t height,
                             std::span<const shell::PixelRect> changed) {
    gl_.bind_texture(GL_TEXTURE_2D, texture_);
    if (width != width_ || height != height_) {
        width_ = width;
        height_ = height;
        gl_.image(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
        gl_.bind_framebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
        gl_.framebuffer_texture(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
    } else {
        gl_.pixel_store(GL_UNPACK_ROW_LENGTH, width);
        for (const shell::PixelRect& rect : changed) {
            gl_.pixel_store(GL_UNPACK_SKIP_PIXELS, rect.x);
            gl_.pixel_store(GL_UNPACK_SKIP_ROWS, rect.y);
            gl_.sub_image(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.width, rect.height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
        }
        gl_.pixel_store(GL_UNPACK_SKIP_ROWS, 0);
        gl_.pixel_store(GL_UNPACK_SKIP_PIXELS, 0);
        gl_.pixel_store(GL_UNPACK_ROW_LENGTH, 0);
    }
    repaint();
}

// Upside down: rows of a picture go down, rows of a frame buffer up.
void PictureSurface::repaint() {
    if (width_ == 0) {
        return;
    }
    gl_.bind_framebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
    gl_.bind_framebuffer(GL_DRAW_FRAMEBUFFER, 0);
    gl_.blit(0, 0, width_, height_, 0, height_, width_, 0, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    gl_.bind_framebuffer(GL_READ_FRAMEBUFFER, 0);
    drawn_ = true;
}

bool PictureSurface::take_drawn() {
    return std::exchange(drawn_, false);
}

}  // namespace countersign::desktop
