#pragma once
// Finds what differs between two frames without looking at pixels: the screen is cut into tiles, everything that
// touches a tile is hashed into it, and only tiles whose hash changed are drawn again. A blinking caret costs one tile.

#include <cstdint>
#include <vector>

#include "shell/render/cpu/scene.h"

namespace countersign::shell::cpu {

inline constexpr int32_t kTile = 64;

class TileMap {
public:
    // The boxes that must be redrawn, few and without overlap, in reading order. Everything after a change of size.
    std::vector<Box> changed(const Scene& scene);

    // The next call answers with everything.
    void forget() { width_ = 0; }

private:
    void hash_scene(const Scene& scene);

    int32_t width_ = 0;
    int32_t height_ = 0;
    int32_t columns_ = 0;
    int32_t rows_ = 0;
    std::vector<uint64_t> hashes_;
    std::vector<uint64_t> before_;
};

}  // namespace countersign::shell::cpu
