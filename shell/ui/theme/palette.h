#pragma once
// The desk's colours, by what they are for. Four palettes: light, dark, and each with more contrast.
//
// Contract (tests/shell/ui/palette_test.cpp): every Ink reads on every Ground with a contrast of at least 4.5, and 7
// with more contrast; every fill's own ink on it likewise; the text ink on every label's tint. So a view may combine
// any ink with any ground.
//
// Labels take Okabe and Ito's eight colours ("Color Universal Design", 2008), which stay apart for people with
// colour-blindness; a letter always says the same as the colour.

#include <array>
#include <cstdint>

#include "shell/ui/theme/colour.h"

namespace countersign::shell {

enum class Ink : uint8_t { text, muted, faint, accent, good, warn, bad };
enum class Ground : uint8_t {
    canvas,
    surface,
    sunken,
    hover,
    pressed,
    selected,
    accent_soft,
    good_soft,
    warn_soft,
    bad_soft
};

inline constexpr size_t kInkCount = 7;
inline constexpr size_t kGroundCount = 10;
inline constexpr size_t kLabelColourCount = 8;

// A saturated area with the one ink that stands on it.
struct Fill {
    Colour ground = 0;
    Colour hover = 0;
    Colour pressed = 0;
    Colour ink = 0;
};

struct LabelColour {
    Colour solid = 0;  // of the badge and of the line under marked text
    Colour ink = 0;    // of the badge's letter
    Colour tint = 0;   // behind marked text; opaque
};

struct Palette {
    std::array<Colour, kInkCount> inks{};
    std::array<Colour, kGroundCount> grounds{};
    Fill accent;
    Fill danger;
    Fill inverse;          // tooltips, toasts
    Colour line = 0;       // hairlines between areas
    Colour border = 0;     // around controls
    Colour track = 0;      // the empty part of a bar
    Colour mark = 0;       // the threshold on a bar
    Colour focus = 0;      // the ring around what has the keyboard
    Colour selection = 0;  // behind selected text; the text ink reads on it
    Colour shadow = 0;     // with alpha
    Colour scrim = 0;      // over what a dialog covers, with alpha
    std::array<LabelColour, kLabelColourCount> labels{};

    Colour ink(Ink i) const { return inks[static_cast<size_t>(i)]; }

    Colour ground(Ground g) const { return grounds[static_cast<size_t>(g)]; }
};

enum class Appearance : uint8_t { light, dark, light_more_contrast, dark_more_contrast };

inline constexpr std::array kAppearances{Appearance::light, Appearance::dark, Appearance::light_more_contrast,
                                         Appearance::dark_more_contrast};

const Palette& palette_of(Appearance appearance);

}  // namespace countersign::shell
