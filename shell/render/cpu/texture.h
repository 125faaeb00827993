#pragma once
// The CPU rasteriser's copies of Dear ImGui's textures. An atlas of glyphs is white with alpha, so only its alpha is
// kept; a texture with colours is kept whole.

#include <cstdint>
#include <vector>

struct ImTextureData;

namespace countersign::shell::cpu {

struct Texture {
    uint64_t id = 0;
    int32_t width = 0;
    int32_t height = 0;
    // Changes whenever texels that were in use are written again; glyphs added to free space leave it as it is, so
    // that tiles which show older glyphs stay clean.
    uint32_t version = 0;
    std::vector<uint8_t> alpha;     // always
    std::vector<uint32_t> colours;  // only where the texture has colours

    bool has_colours() const { return !colours.empty(); }

    uint32_t texel(int32_t x, int32_t y) const;
};

class TextureStore {
public:
    // Does what the texture's status asks for and sets status and id as Dear ImGui wants it.
    void serve(ImTextureData& wish);
    const Texture* find(uint64_t id) const;

    void clear() { textures_.clear(); }

private:
    Texture& create(ImTextureData& wish);

    std::vector<Texture> textures_;
    uint64_t next_id_ = 1;
};

}  // namespace countersign::shell::cpu
