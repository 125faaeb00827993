// Golden scenes: what each kind of primitive looks like, as a fingerprint of its pixels. The same list is approved for
// the native and for the wasm build, which is how we know that both draw the same bits.

#include <cstring>
#include <functional>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "shell/render/png.h"
#include "tests/shell/render/draw_rig.h"
#include "tests/support/approval.h"
#include "tests/support/write_file.h"

namespace {

using namespace countersign;
using tests::DrawRig;

constexpr ImU32 kInk = IM_COL32(40, 70, 200, 255);
constexpr ImU32 kGlass = IM_COL32(220, 60, 40, 120);

void paper(ImDrawList& list) {
    list.AddRectFilled({0, 0}, {160, 120}, IM_COL32(250, 250, 252, 255));
}

void rectangles(ImDrawList& list, DrawRig&) {
    list.AddRectFilled({10, 10}, {60, 40}, kInk);
    list.AddRectFilled({30.4F, 20.5F}, {90.6F, 70.49F}, kGlass);
    list.PushClipRect({100, 20}, {130, 45});
    list.AddRectFilled({90, 10}, {150, 100}, kGlass);
    list.PopClipRect();
    list.AddRectFilled({-20, 100}, {500, 101}, kInk);
}

void rounded_shapes(ImDrawList& list, DrawRig&) {
    list.AddRectFilled({10, 10}, {90, 60}, kInk, 8);
    list.AddRect({14.5F, 14.5F}, {86.5F, 56.5F}, IM_COL32_WHITE, 5, 0, 1);
    list.AddCircleFilled({120, 40}, 22.3F, kGlass);
    list.AddCircle({120, 40}, 26, kInk, 0, 2);
    list.AddLine({10, 80}, {150, 112}, kInk, 1.5F);
    list.AddBezierCubic({10, 110}, {60, 70}, {90, 130}, {150, 75}, kGlass, 3);
    list.AddTriangleFilled({20, 70}, {40, 75}, {25, 95}, kInk);
}

void glyphs(ImDrawList& list, DrawRig& rig) {
    const ImVec4 uv = rig.glyph_uv(24);
    const ImTextureRef texture = rig.texture().GetTexRef();
    for (int i = 0; i < 8; i++) {
        const float x = 8 + static_cast<float>(i) * 18.125F;  // eighths of a pixel
        list.AddImage(texture, {x, 10}, {x + 24, 34}, {uv.x, uv.y}, {uv.z, uv.w}, kInk);
        list.AddImage(texture, {x, 40}, {x + 12, 64}, {uv.x, uv.y}, {uv.z, uv.w}, kInk);     // twice as dense
        list.AddImage(texture, {x, 70}, {x + 6, 94}, {uv.x, uv.y}, {uv.z, uv.w}, kGlass);    // four times
        list.AddImage(texture, {x, 98}, {x + 17, 115}, {uv.x, uv.y}, {uv.z, uv.w}, kGlass);  // filtered
    }
}

void gradients(ImDrawList& list, DrawRig&) {
    list.AddRectFilledMultiColor({10, 10}, {150, 50}, kInk, kGlass, IM_COL32_WHITE, IM_COL32_BLACK_TRANS);
    list.PrimReserve(3, 3);
    const ImVec2 uv(1.5F / 64, 1.5F / 64);
    list.PrimVtx({20, 60}, uv, kInk);
    list.PrimVtx({150, 75.5F}, uv, kGlass);
    list.PrimVtx({40.25F, 115}, uv, IM_COL32(0, 200, 90, 255));
}

void pictures(ImDrawList& list, DrawRig& rig) {
    const ImTextureRef texture = rig.texture().GetTexRef();
    list.AddImage(texture, {5, 5}, {69, 69});
    list.AddImageQuad(texture, {100, 10}, {150, 40}, {120, 100}, {80, 60}, {0, 0}, {1, 0}, {1, 1}, {0, 1}, kInk);
}

struct GoldenScene {
    const char* name;
    std::function<void(ImDrawList&, DrawRig&)> draw;
};

const std::vector<GoldenScene>& golden_scenes() {
    static const std::vector<GoldenScene> scenes{
        {"rectangles", rectangles}, {"rounded shapes", rounded_shapes}, {"glyphs", glyphs}, {"gradients", gradients},
        {"pictures", pictures},
    };
    return scenes;
}

// Gives the texture colours, as one with emoji has.
void colour_texture(DrawRig& rig) {
    for (int32_t y = 0; y < 64; y++) {
        for (int32_t x = 4; x < 64; x++) {
            const uint32_t texel = IM_COL32(x * 4, y * 4, 255 - x * 4, (x / 8 + y / 8) % 2 == 0 ? 255 : 100);
            std::memcpy(rig.texture().GetPixelsAt(x, y), &texel, sizeof texel);
        }
    }
    rig.texture().UseColors = true;
}

TEST_CASE("every kind of primitive is drawn as approved, bit for bit, natively and in wasm") {
    std::string list;
    for (const GoldenScene& scene : golden_scenes()) {
        DrawRig rig(160, 120);
        if (std::string_view(scene.name) == "pictures") {
            colour_texture(rig);
        }
        ImDrawList& draw = rig.begin();
        paper(draw);
        scene.draw(draw, rig);
        rig.render();
        const auto& pixels = rig.sink.pixels;
        list += concat(tests::fingerprint(pixels.data(), pixels.size() * 4), "  ", scene.name, "\n");
        tests::write_file(concat("scene-", scene.name, ".png"),
                          shell::png(reinterpret_cast<const uint8_t*>(pixels.data()), 160, 120));
    }
    const std::string difference = tests::differs_from_approved("render_scenes.txt", list);
    INFO(difference);
    CHECK(difference.empty());
}

TEST_CASE("two triangles that share an edge leave no gap and cover no pixel twice") {
    DrawRig rig(64, 64);
    ImDrawList& list = rig.begin();
    list.AddRectFilled({0, 0}, {64, 64}, IM_COL32_BLACK);
    list.Flags = 0;  // no soft edges
    // A fan around an odd point, half transparent: a pixel covered twice would be brighter.
    const ImVec2 centre(31.37F, 29.81F);
    const ImVec2 ring[] = {{3.2F, 4.7F}, {60.9F, 2.3F}, {62.4F, 33.3F}, {58.1F, 61.6F}, {20.2F, 59.7F}, {2.6F, 40.1F}};
    for (size_t i = 0; i < 6; i++) {
        list.AddTriangleFilled(centre, ring[i], ring[(i + 1) % 6], IM_COL32(255, 255, 255, 128));
    }
    rig.render();
    for (int32_t y = 16; y < 48; y++) {
        for (int32_t x = 16; x < 48; x++) {
            INFO("pixel " << x << ", " << y);
            REQUIRE((rig.sink.at(x, y) & 255) == 128);
        }
    }
}

TEST_CASE("a pixel belongs to a rectangle when its centre does") {
    DrawRig rig(16, 16);
    ImDrawList& list = rig.begin();
    list.AddRectFilled({0, 0}, {16, 16}, IM_COL32_BLACK);
    list.AddRectFilled({2.5F, 3.51F}, {5.5F, 6.5F}, IM_COL32_WHITE);
    rig.render();
    CHECK(rig.sink.at(1, 4) == IM_COL32_BLACK);
    CHECK(rig.sink.at(2, 4) == IM_COL32_WHITE);  // left edge on the centre: inside
    CHECK(rig.sink.at(5, 4) == IM_COL32_BLACK);  // right edge on the centre: outside
    CHECK(rig.sink.at(3, 3) == IM_COL32_BLACK);
    CHECK(rig.sink.at(3, 5) == IM_COL32_WHITE);
    CHECK(rig.sink.at(3, 6) == IM_COL32_BLACK);
}

}  // namespace
