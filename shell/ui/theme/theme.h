#pragma once
// Design tokens: every size, distance and colour that a view may use. Made for one pixel ratio: all lengths are whole
// device pixels, so that edges are crisp at any ratio (1, 1.25, 1.5, 2, 3). Views never use literals.

#include <cstdint>

#include "shell/ui/font/font_data.h"
#include "shell/ui/theme/palette.h"

namespace countersign::shell {

// How text looks: em size and line height in device pixels.
struct TextStyle {
    Face face = Face::text;
    float size = 0;
    float line = 0;
};

struct Spaces {
    float xxs = 0;   // 2
    float xs = 0;    // 4
    float s = 0;     // 8
    float m = 0;     // 12
    float l = 0;     // 16
    float xl = 0;    // 24
    float xxl = 0;   // 32
    float xxxl = 0;  // 48
};

struct Radii {
    float s = 0;  // 4: badges, keys
    float m = 0;  // 6: controls
    float l = 0;  // 10: cards, dialogs
};

struct TypeScale {
    TextStyle caption;   // 11: column heads, keys
    TextStyle small;     // 12: what explains
    TextStyle body;      // 13
    TextStyle control;   // 13 medium: buttons, names
    TextStyle strong;    // 13 semibold
    TextStyle reading;   // 15, wide lines: documents
    TextStyle card;      // 17: the one text of a quick check
    TextStyle title;     // 15 semibold
    TextStyle headline;  // 20 semibold
    TextStyle mono;      // 12: ids and values
};

struct Sizes {
    float hairline = 0;
    float focus_ring = 0;
    float icon = 0;        // 16
    float icon_small = 0;  // 14
    float control = 0;     // height of buttons and fields
    float control_small = 0;
    float row = 0;     // of a table
    float header = 0;  // of a screen
    float status_line = 0;
    float sidebar = 0;
    float badge = 0;
    float bar = 0;          // thickness of meters
    float text_column = 0;  // widest column that reads well
    float dialog = 0;
    float scrollbar = 0;
};

// Fingers need larger targets than pointers.
enum class Density : uint8_t { pointer, touch };

class Theme {
public:
    Theme(Appearance appearance, float scale, Density density);

    Colour ink(Ink i) const { return palette->ink(i); }

    Colour ground(Ground g) const { return palette->ground(g); }

    const LabelColour& label(int colour) const;

    // Any other length, from CSS pixels; whole.
    float px(float css) const;

    Appearance appearance = Appearance::light;
    Density density = Density::pointer;
    float scale = 1;
    const Palette* palette = nullptr;
    Spaces space;
    Radii radius;
    TypeScale type;
    Sizes size;
};

}  // namespace countersign::shell
