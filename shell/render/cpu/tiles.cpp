#include "shell/render/cpu/tiles.h"

#include <algorithm>

#include "shell/render/cpu/texture.h"

namespace countersign::shell::cpu {
namespace {

// More boxes than this cost more in passing them on than they save in pixels.
constexpr size_t kMostBoxes = 24;

// One step of a hash: for a fixed h, different words give different results, and the other way round.
uint64_t mixed(uint64_t h, uint64_t word) {
    h = (h ^ word) * 0x9E3779B97F4A7C15U;
    return h ^ (h >> 29);
}

uint64_t pair_of(int32_t a, int32_t b) {
    return (uint64_t{static_cast<uint32_t>(a)} << 32) | static_cast<uint32_t>(b);
}

uint64_t hash_of(const Primitive& p, const Corner* corners) {
    uint64_t h = pair_of(static_cast<int32_t>(p.shape), static_cast<int32_t>(p.colour));
    h = mixed(h, pair_of(p.box.x0, p.box.y0));
    h = mixed(h, pair_of(p.box.x1, p.box.y1));
    if (p.shape == Shape::filled_rect) {
        return h;
    }
    if (p.texture != nullptr) {
        h = mixed(h, (p.texture->id << 32) | p.texture->version);
    }
    const int count = p.shape == Shape::textured_rect ? 2 : 3;
    for (int i = 0; i < count; i++) {
        h = mixed(h, pair_of(corners[i].x, corners[i].y));
        h = mixed(h, pair_of(corners[i].u, corners[i].v));
        h = mixed(h, corners[i].colour);
    }
    return h;
}

// Adds a run of tiles in one row; grows the box above when it has the same columns.
void add_run(std::vector<Box>& boxes, const Box& run) {
    for (Box& box : boxes) {
        if (box.y1 == run.y0 && box.x0 == run.x0 && box.x1 == run.x1) {
            box.y1 = run.y1;
            return;
        }
    }
    boxes.push_back(run);
}

Box around(const std::vector<Box>& boxes) {
    Box all = boxes.front();
    for (const Box& b : boxes) {
        all = {std::min(all.x0, b.x0), std::min(all.y0, b.y0), std::max(all.x1, b.x1), std::max(all.y1, b.y1)};
    }
    return all;
}

}  // namespace

void TileMap::hash_scene(const Scene& scene) {
    hashes_.assign(static_cast<size_t>(columns_) * static_cast<size_t>(rows_), 0);
    const auto across = static_cast<size_t>(columns_);
    for (const Primitive& p : scene.primitives) {
        const uint64_t h = hash_of(p, scene.corners.data() + p.first);
        const int32_t right = (p.box.x1 - 1) / kTile;
        const int32_t bottom = (p.box.y1 - 1) / kTile;
        for (int32_t row = p.box.y0 / kTile; row <= bottom; row++) {
            for (int32_t column = p.box.x0 / kTile; column <= right; column++) {
                uint64_t& tile = hashes_[static_cast<size_t>(row) * across + static_cast<size_t>(column)];
                tile = mixed(tile, h);
            }
        }
    }
}

std::vector<Box> TileMap::changed(const Scene& scene) {
    const Box screen{0, 0, scene.width, scene.height};
    if (screen.empty()) {
        return {};
    }
    const bool all = scene.width != width_ || scene.height != height_;
    width_ = scene.width;
    height_ = scene.height;
    columns_ = (width_ + kTile - 1) / kTile;
    rows_ = (height_ + kTile - 1) / kTile;
    std::swap(before_, hashes_);
    hash_scene(scene);
    if (all) {
        return {screen};
    }
    const auto differs = [&](int32_t column, int32_t row) {
        const auto at = static_cast<size_t>(row) * static_cast<size_t>(columns_) + static_cast<size_t>(column);
        return column < columns_ && hashes_[at] != before_[at];
    };
    std::vector<Box> boxes;
    for (int32_t row = 0; row < rows_; row++) {
        for (int32_t column = 0; column < columns_; column++) {
            const int32_t from = column;
            while (differs(column, row)) {
                column++;
            }
            if (column > from) {
                add_run(boxes, intersect(screen, {from * kTile, row * kTile, column * kTile, (row + 1) * kTile}));
            }
        }
    }
    return boxes.size() <= kMostBoxes ? boxes : std::vector{around(boxes)};
}

}  // namespace countersign::shell::cpu
