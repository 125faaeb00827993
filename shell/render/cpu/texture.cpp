#include "shell/render/cpu/texture.h"

#include <algorithm>
#include <cstring>

#include <imgui.h>

#include "core/base/check.h"

namespace countersign::shell::cpu {
namespace {

uint32_t source_texel(const ImTextureData& data, int32_t x, int32_t y) {
    const size_t at = static_cast<size_t>(y) * static_cast<size_t>(data.Width) + static_cast<size_t>(x);
    if (data.Format == ImTextureFormat_Alpha8) {
        return 0x00ffffffU | (static_cast<uint32_t>(data.Pixels[at]) << 24);
    }
    uint32_t texel = 0;
    std::memcpy(&texel, data.Pixels + at * 4, sizeof texel);
    return texel;
}

bool wants_colours(const ImTextureData& data) {
    return data.Format == ImTextureFormat_RGBA32 && data.UseColors;
}

void copy_rect(Texture& texture, const ImTextureData& data, const ImTextureRect& rect) {
    bool overwritten = false;
    for (int32_t y = rect.y; y < rect.y + rect.h; y++) {
        for (int32_t x = rect.x; x < rect.x + rect.w; x++) {
            const size_t at = static_cast<size_t>(y) * static_cast<size_t>(texture.width) + static_cast<size_t>(x);
            const uint32_t texel = source_texel(data, x, y);
            const auto alpha = static_cast<uint8_t>(texel >> 24);
            overwritten |= texture.alpha[at] != 0 && texture.alpha[at] != alpha;
            texture.alpha[at] = alpha;
            if (texture.has_colours()) {
                overwritten |= texture.colours[at] != 0 && texture.colours[at] != texel;
                texture.colours[at] = texel;
            }
        }
    }
    texture.version += overwritten ? 1U : 0U;
}

}  // namespace

uint32_t Texture::texel(int32_t x, int32_t y) const {
    const size_t at = static_cast<size_t>(std::clamp(y, 0, height - 1)) * static_cast<size_t>(width) +
                      static_cast<size_t>(std::clamp(x, 0, width - 1));
    return has_colours() ? colours[at] : 0x00ffffffU | (static_cast<uint32_t>(alpha[at]) << 24);
}

Texture& TextureStore::create(ImTextureData& wish) {
    Texture& texture = textures_.emplace_back();
    texture.id = next_id_++;
    texture.width = wish.Width;
    texture.height = wish.Height;
    const size_t count = static_cast<size_t>(wish.Width) * static_cast<size_t>(wish.Height);
    texture.alpha.resize(count);
    if (wants_colours(wish)) {
        texture.colours.resize(count);
    }
    ImTextureRect all{};
    all.w = static_cast<unsigned short>(wish.Width);
    all.h = static_cast<unsigned short>(wish.Height);
    copy_rect(texture, wish, all);
    wish.SetTexID(texture.id);
    return texture;
}

void TextureStore::serve(ImTextureData& wish) {
    const auto same = [&](const Texture& t) { return t.id == wish.GetTexID(); };
    if (wish.Status == ImTextureStatus_WantCreate) {
        create(wish);
        wish.SetStatus(ImTextureStatus_OK);
    } else if (wish.Status == ImTextureStatus_WantUpdates) {
        const auto found = std::find_if(textures_.begin(), textures_.end(), same);
        CS_CHECK(found != textures_.end());
        if (wants_colours(wish) && !found->has_colours()) {
            textures_.erase(found);
            create(wish);
        } else {
            for (const ImTextureRect& rect : wish.Updates) {
                copy_rect(*found, wish, rect);
            }
        }
        wish.SetStatus(ImTextureStatus_OK);
    } else if (wish.Status == ImTextureStatus_WantDestroy && wish.UnusedFrames > 0) {
        std::erase_if(textures_, same);
        wish.SetTexID(ImTextureID_Invalid);
        wish.SetStatus(ImTextureStatus_Destroyed);
    }
}

const Texture* TextureStore::find(uint64_t id) const {
    const auto found = std::find_if(textures_.begin(), textures_.end(), [&](const Texture& t) { return t.id == id; });
    return found == textures_.end() ? nullptr : &*found;
}

}  // namespace countersign::shell::cpu
