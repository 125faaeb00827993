#include "shell/ui/theme/palette.h"

namespace countersign::shell {
namespace {

// Okabe and Ito: orange, sky blue, bluish green, yellow, blue, vermilion, reddish purple, black.
constexpr std::array<uint32_t, kLabelColourCount> kOkabeIto{0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442,
                                                            0x0072b2, 0xd55e00, 0xcc79a7, 0x1a1c20};
constexpr uint32_t kBlackOnDark = 0xc9ccd4;  // the eighth colour where the ground is dark

struct LabelStyle {
    Colour behind = 0;  // what tints are laid over
    uint32_t strength = 0;
    bool dark = false;
};

std::array<LabelColour, kLabelColourCount> label_colours(const LabelStyle& style) {
    std::array<LabelColour, kLabelColourCount> out;
    for (size_t i = 0; i < kLabelColourCount; i++) {
        const bool black = i == kLabelColourCount - 1;
        const Colour solid = rgb(black && style.dark ? kBlackOnDark : kOkabeIto[i]);
        const Colour dark_ink = rgb(0x0b0c0e);
        const Colour light_ink = rgb(0xffffff);
        out[i].solid = solid;
        out[i].ink = contrast(solid, dark_ink) >= contrast(solid, light_ink) ? dark_ink : light_ink;
        out[i].tint = over(with_alpha(solid, style.strength), style.behind);
    }
    return out;
}

Palette light() {
    Palette p;
    p.inks = {rgb(0x1a1c20), rgb(0x4c5058), rgb(0x61656d), rgb(0x3a49c9), rgb(0x126440), rgb(0x7a4f06), rgb(0xa92a21)};
    p.grounds = {rgb(0xf7f7f9), rgb(0xffffff), rgb(0xf3f3f6), rgb(0xf4f4f7), rgb(0xeaebef),
                 rgb(0xeef0fd), rgb(0xeef0fd), rgb(0xe9f6ef), rgb(0xfdf3df), rgb(0xfdeeec)};
    p.accent = {rgb(0x3e4ecf), rgb(0x3645c0), rgb(0x2e3bad), rgb(0xffffff)};
    p.danger = {rgb(0xb42e24), rgb(0xa3281f), rgb(0x92221a), rgb(0xffffff)};
    p.inverse = {rgb(0x24262c), rgb(0x2c2f36), rgb(0x353841), rgb(0xf4f4f6)};
    p.line = rgb(0xe7e8ec);
    p.border = rgb(0xd7d9df);
    p.track = rgb(0xe4e5ea);
    p.mark = rgb(0x4c5058);
    p.focus = rgb(0x3e4ecf);
    p.selection = rgb(0xd5dafb);
    p.shadow = with_alpha(rgb(0x14161c), 20);
    p.scrim = with_alpha(rgb(0x14161c), 76);
    p.labels = label_colours({p.ground(Ground::surface), 46, false});
    return p;
}

Palette dark() {
    Palette p;
    p.inks = {rgb(0xe9eaee), rgb(0xafb3bc), rgb(0x979ca6), rgb(0xa3acff), rgb(0x63cf98), rgb(0xe5b55c), rgb(0xff9188)};
    p.grounds = {rgb(0x0d0e10), rgb(0x151619), rgb(0x101114), rgb(0x1b1c20), rgb(0x25272c),
                 rgb(0x1f2340), rgb(0x1f2340), rgb(0x11291d), rgb(0x2d2310), rgb(0x331a18)};
    p.accent = {rgb(0x5360de), rgb(0x5a67e6), rgb(0x4854cc), rgb(0xffffff)};
    p.danger = {rgb(0xc03a30), rgb(0xcb4238), rgb(0xac3128), rgb(0xffffff)};
    p.inverse = {rgb(0x2c2e35), rgb(0x34373f), rgb(0x3d4049), rgb(0xf1f2f4)};
    p.line = rgb(0x222429);
    p.border = rgb(0x34373e);
    p.track = rgb(0x2a2c32);
    p.mark = rgb(0xafb3bc);
    p.focus = rgb(0x8d98ff);
    p.selection = rgb(0x333b78);
    p.shadow = with_alpha(rgb(0x000000), 90);
    p.scrim = with_alpha(rgb(0x000000), 150);
    p.labels = label_colours({p.ground(Ground::surface), 62, true});
    return p;
}

Palette light_more_contrast() {
    Palette p = light();
    p.inks = {rgb(0x000000), rgb(0x26282d), rgb(0x35383e), rgb(0x1f2c9c), rgb(0x06422a), rgb(0x4f3202), rgb(0x7a140d)};
    p.grounds = {rgb(0xffffff), rgb(0xffffff), rgb(0xf5f5f7), rgb(0xf0f0f3), rgb(0xe4e5ea),
                 rgb(0xe6e9fd), rgb(0xe6e9fd), rgb(0xe3f4ea), rgb(0xfdf0d5), rgb(0xfde8e6)};
    p.accent = {rgb(0x1f2c9c), rgb(0x182385), rgb(0x111a6c), rgb(0xffffff)};
    p.danger = {rgb(0x8a170f), rgb(0x76110a), rgb(0x620c06), rgb(0xffffff)};
    p.inverse = {rgb(0x000000), rgb(0x1a1b1e), rgb(0x2a2c31), rgb(0xffffff)};
    p.line = rgb(0x8d9199);
    p.border = rgb(0x35383e);
    p.track = rgb(0xcfd2d9);
    p.mark = rgb(0x000000);
    p.focus = rgb(0x1f2c9c);
    return p;
}

Palette dark_more_contrast() {
    Palette p = dark();
    p.inks = {rgb(0xffffff), rgb(0xe3e5ea), rgb(0xd0d3da), rgb(0xc3c9ff), rgb(0x8ff0bd), rgb(0xffd88a), rgb(0xffbdb7)};
    p.grounds = {rgb(0x000000), rgb(0x000000), rgb(0x0b0b0d), rgb(0x17181b), rgb(0x24262b),
                 rgb(0x1a1e44), rgb(0x1a1e44), rgb(0x0a2417), rgb(0x281e0a), rgb(0x2e1210)};
    p.accent = {rgb(0xc3c9ff), rgb(0xd5d9ff), rgb(0xaab3ff), rgb(0x000000)};
    p.danger = {rgb(0xffb3ac), rgb(0xffc7c2), rgb(0xff9d94), rgb(0x000000)};
    p.inverse = {rgb(0xffffff), rgb(0xe9eaee), rgb(0xd7d9df), rgb(0x000000)};
    p.line = rgb(0x6f737c);
    p.border = rgb(0xd0d3da);
    p.track = rgb(0x3b3e46);
    p.mark = rgb(0xffffff);
    p.focus = rgb(0xc3c9ff);
    p.selection = rgb(0x2b337a);
    p.labels = label_colours({p.ground(Ground::surface), 62, true});
    return p;
}

}  // namespace

const Palette& palette_of(Appearance appearance) {
    static const std::array<Palette, 4> palettes{light(), dark(), light_more_contrast(), dark_more_contrast()};
    return palettes[static_cast<size_t>(appearance)];
}

}  // namespace countersign::shell
