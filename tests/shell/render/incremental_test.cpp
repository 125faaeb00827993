#include <cstring>
#include <random>

#include <catch_amalgamated.hpp>

#include "tests/shell/render/draw_rig.h"

namespace {

using namespace countersign;
using tests::DrawRig;

struct Thing {
    int kind = 0;
    ImVec2 from;
    ImVec2 size;
    ImU32 colour = 0;
};

class Chance {
public:
    explicit Chance(uint32_t seed) : engine_(seed) {}

    int below(int n) { return static_cast<int>(engine_() % static_cast<uint32_t>(n)); }

    Thing thing() {
        const auto coordinate = [&](int n) { return static_cast<float>(below(n * 8)) / 8; };
        return {below(5),
                {coordinate(320) - 20, coordinate(200) - 20},
                {coordinate(90) + 1, coordinate(60) + 1},
                static_cast<ImU32>(engine_())};
    }

private:
    std::mt19937 engine_;
};

void draw(DrawRig& rig, const std::vector<Thing>& things) {
    ImDrawList& list = rig.begin();
    const ImVec4 uv = rig.glyph_uv(24);
    list.AddRectFilled({0, 0}, {300, 180}, IM_COL32(245, 246, 248, 255));
    for (const Thing& t : things) {
        const ImVec2 to(t.from.x + t.size.x, t.from.y + t.size.y);
        switch (t.kind) {
            case 0: list.AddRectFilled(t.from, to, t.colour); break;
            case 1: list.AddRectFilled(t.from, to, t.colour, 6); break;
            case 2: list.AddImage(rig.texture().GetTexRef(), t.from, to, {uv.x, uv.y}, {uv.z, uv.w}, t.colour); break;
            case 3: list.AddLine(t.from, to, t.colour, 2.5F); break;
            default: list.AddRectFilledMultiColor(t.from, to, t.colour, ~t.colour, t.colour, ~t.colour); break;
        }
    }
    rig.render();
}

TEST_CASE("what is redrawn in part is bit for bit what is drawn anew") {
    const uint32_t seed = GENERATE(take(12, random(1U, 0xffffffffU)));
    INFO("seed " << seed);
    Chance chance(seed);
    DrawRig partly(300, 180);
    DrawRig whole(300, 180);
    std::vector<Thing> things;
    things.reserve(40);
    for (int i = 0; i < 40; i++) {
        things.push_back(chance.thing());
    }
    for (int frame = 0; frame < 12; frame++) {
        for (int change = chance.below(4); change > 0; change--) {
            things[static_cast<size_t>(chance.below(40))] = chance.thing();
        }
        draw(partly, things);
        whole.renderer->redraw_all();
        draw(whole, things);
        REQUIRE(whole.renderer->pixels_drawn() == int64_t{300} * 180);
        INFO("frame " << frame);
        REQUIRE((partly.sink.pixels == whole.sink.pixels));
    }
}

TEST_CASE("a frame equal to the one before draws nothing and tells the sink nothing") {
    DrawRig rig(300, 180);
    Chance chance(7);
    const std::vector<Thing> things{chance.thing(), chance.thing(), chance.thing()};
    draw(rig, things);
    CHECK(rig.sink.frames == 1);
    draw(rig, things);
    CHECK(rig.sink.frames == 1);
    CHECK(rig.renderer->pixels_drawn() == 0);
}

TEST_CASE("a caret that blinks costs no more than the tiles it touches") {
    DrawRig rig(1440, 900);
    const auto frame = [&](bool caret) {
        ImDrawList& list = rig.begin();
        list.AddRectFilled({0, 0}, {1440, 900}, IM_COL32_WHITE);
        if (caret) {
            list.AddRectFilled({500, 300}, {502, 318}, IM_COL32_BLACK);
        }
        rig.render();
    };
    frame(true);
    frame(false);
    CHECK(rig.renderer->pixels_drawn() == int64_t{64} * 64);
    REQUIRE(rig.sink.last_changed.size() == 1);
    CHECK(rig.sink.last_changed[0].x == 448);
    CHECK(rig.sink.last_changed[0].y == 256);
}

TEST_CASE("glyphs added to free space of a texture redraw nothing; texels written over redraw what shows them") {
    DrawRig rig(128, 128);
    const auto frame = [&] {
        ImDrawList& list = rig.begin();
        list.AddRectFilled({0, 0}, {128, 128}, IM_COL32_WHITE);
        const ImVec4 uv = rig.glyph_uv(24);
        list.AddImage(rig.texture().GetTexRef(), {8, 8}, {32, 32}, {uv.x, uv.y}, {uv.z, uv.w}, IM_COL32_BLACK);
        rig.render();
    };
    const auto write = [&](uint16_t x, uint16_t y, uint32_t texel) {
        std::memcpy(rig.texture().GetPixelsAt(x, y), &texel, sizeof texel);
        rig.texture().Updates.resize(0);
        rig.texture().Updates.push_back({x, y, 1, 1});
        rig.texture().SetStatus(ImTextureStatus_WantUpdates);
    };
    frame();
    write(40, 50, 0xffffffffU);
    frame();
    CHECK(rig.renderer->pixels_drawn() == 0);
    CHECK(rig.texture().Status == ImTextureStatus_OK);
    write(20, 6, 0x20ffffffU);  // on the ring
    frame();
    CHECK(rig.renderer->pixels_drawn() == int64_t{64} * 64);
}

TEST_CASE("a texture that is no longer wanted is destroyed once it has not been used for a frame") {
    DrawRig rig(32, 32);
    const auto frame = [&] {
        rig.begin().AddRectFilled({0, 0}, {32, 32}, IM_COL32_WHITE);
        rig.render();
    };
    frame();
    CHECK(rig.texture().GetTexID() != ImTextureID_Invalid);
    rig.texture().UnusedFrames = 0;
    rig.texture().SetStatus(ImTextureStatus_WantDestroy);
    frame();
    CHECK(rig.texture().Status == ImTextureStatus_WantDestroy);
    rig.texture().UnusedFrames = 1;
    rig.begin();
    rig.render();
    CHECK(rig.texture().Status == ImTextureStatus_Destroyed);
    CHECK(rig.texture().GetTexID() == ImTextureID_Invalid);
}

}  // namespace
