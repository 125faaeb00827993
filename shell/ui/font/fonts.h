#pragma once
// The desk's fonts in Dear ImGui's atlas. Sizes given anywhere in the shell are em sizes in device pixels, as designers
// count them, not Dear ImGui's line heights.
//
// Contract: load once per atlas. A code point that no font has is drawn as a box with its number, so that a reviewer
// sees that something stands there and what; a platform can put a font of its own before that box (the browser's
// canvas can draw any script of the system).

#include <array>
#include <cstdint>

#include "shell/ui/font/font_data.h"

struct ImFont;
struct ImFontAtlas;
struct ImFontLoader;

namespace countersign::shell {

class Fonts {
public:
    // `platform`: asked for code points that our fonts lack; may be null.
    Fonts(ImFontAtlas& atlas, const ImFontLoader* platform);

    ImFont* of(Face face) const { return fonts_[static_cast<size_t>(face)]; }

    // Dense screens need fewer positions within a pixel. Takes effect for sizes not drawn before.
    void fit_scale(float scale);

private:
    std::array<ImFont*, kFaceCount> fonts_{};
};

// Distances from the baseline for one em, the same for all weights of the text face.
inline constexpr float kCapitalHeight = 0.727F;

// Dear ImGui places text by the top of its line; this is where the baseline is below it, in whole pixels.
float baseline_offset(const ImFont& font, float size);

// Draws a box with the code point's hexadecimal digits. A merged source behind all others.
const ImFontLoader& missing_glyph_loader();

}  // namespace countersign::shell
