#include "shell/ui/theme/palette.h"

#include <cmath>
#include <string>

#include <catch_amalgamated.hpp>

#include "shell/ui/theme/theme.h"

namespace {

using namespace countersign::shell;

double wanted_contrast(Appearance a) {
    return a == Appearance::light || a == Appearance::dark ? 4.5 : 7;
}

TEST_CASE("every ink reads on every ground in every appearance") {
    for (const Appearance appearance : kAppearances) {
        const Palette& p = palette_of(appearance);
        for (size_t ink = 0; ink < kInkCount; ink++) {
            for (size_t ground = 0; ground < kGroundCount; ground++) {
                INFO("appearance " << static_cast<int>(appearance) << ", ink " << ink << " on ground " << ground);
                CHECK(contrast(p.inks[ink], p.grounds[ground]) >= wanted_contrast(appearance));
            }
        }
    }
}

TEST_CASE("what stands on a filled area reads, at rest, hovered and pressed") {
    for (const Appearance appearance : kAppearances) {
        const Palette& p = palette_of(appearance);
        for (const Fill& fill : {p.accent, p.danger, p.inverse}) {
            for (const Colour ground : {fill.ground, fill.hover, fill.pressed}) {
                INFO("appearance " << static_cast<int>(appearance) << ", ground " << std::hex << ground);
                CHECK(contrast(fill.ink, ground) >= wanted_contrast(appearance));
            }
        }
        CHECK(contrast(p.ink(Ink::text), p.selection) >= wanted_contrast(appearance));
    }
}

TEST_CASE("text reads on a label's tint and the letter on its badge") {
    for (const Appearance appearance : kAppearances) {
        const Palette& p = palette_of(appearance);
        for (size_t i = 0; i < kLabelColourCount; i++) {
            INFO("appearance " << static_cast<int>(appearance) << ", label colour " << i);
            CHECK(contrast(p.ink(Ink::text), p.labels[i].tint) >= wanted_contrast(appearance));
            CHECK(contrast(p.labels[i].ink, p.labels[i].solid) >= 4.5);
        }
    }
}

TEST_CASE("the focus ring stands out from every ground by at least 3") {
    for (const Appearance appearance : kAppearances) {
        const Palette& p = palette_of(appearance);
        for (const Colour ground : p.grounds) {
            INFO("appearance " << static_cast<int>(appearance) << ", ground " << std::hex << ground);
            CHECK(contrast(p.focus, ground) >= 3);
        }
    }
}

TEST_CASE("with more contrast the edges of controls stand out by at least 3") {
    for (const Appearance appearance : {Appearance::light_more_contrast, Appearance::dark_more_contrast}) {
        const Palette& p = palette_of(appearance);
        CHECK(contrast(p.border, p.ground(Ground::surface)) >= 3);
        CHECK(contrast(p.line, p.ground(Ground::surface)) >= 3);
    }
}

TEST_CASE("every length of a theme is whole device pixels at any pixel ratio, and a hairline is never less than one") {
    for (const float scale : {1.0F, 1.25F, 1.5F, 2.0F, 3.0F}) {
        const Theme theme(Appearance::light, scale, Density::pointer);
        const auto whole = [](float v) { return v == std::floor(v) && v >= 1; };
        INFO("scale " << scale);
        CHECK(whole(theme.space.xxs));
        CHECK(whole(theme.space.m));
        CHECK(whole(theme.size.hairline));
        CHECK(whole(theme.size.control));
        CHECK(whole(theme.size.row));
        CHECK(whole(theme.type.body.size));
        CHECK(whole(theme.type.body.line));
        CHECK(theme.size.hairline <= scale);
    }
}

}  // namespace
