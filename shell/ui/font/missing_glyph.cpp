// What stands for a code point that no font has: a box with its number in hexadecimal digits, or nothing for code
// points that are invisible by nature.

#include <algorithm>
#include <array>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/ui/font/fonts.h"

namespace countersign::shell {
namespace {

// Hexadecimal digits of 3 by 5 dots, rows from the top, the left dot in the highest bit.
constexpr std::array<uint16_t, 16> kDigits{
    0b111'101'101'101'111, 0b010'110'010'010'111, 0b111'001'111'100'111, 0b111'001'011'001'111,
    0b101'101'111'001'001, 0b111'100'111'001'111, 0b111'100'111'101'111, 0b111'001'010'010'010,
    0b111'101'111'101'111, 0b111'101'111'001'111, 0b111'101'111'101'101, 0b110'101'110'101'110,
    0b111'100'100'100'111, 0b110'101'101'101'110, 0b111'100'110'100'111, 0b111'100'110'100'100,
};

// Unicode's default ignorable code points that occur in real text: joiners, marks of direction, variation selectors.
bool invisible(ImWchar c) {
    return c < 0x20 || c == 0x7f || c == 0xad || c == 0x34f || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) ||
           c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

class Box {
public:
    Box(ImWchar code_point, float size) {
        dot_ = std::max(1, static_cast<int>(size / 14));
        columns_ = code_point > 0xffff ? 3 : 2;
        const int margin = dot_ * 2;
        width_ = columns_ * 4 * dot_ - dot_ + 2 * margin;
        height_ = 11 * dot_ + 2 * margin;
        pixels_.assign(static_cast<size_t>(width_) * static_cast<size_t>(height_), 0);
        frame();
        for (int i = 0; i < columns_ * 2; i++) {
            const ImWchar digit = (code_point >> (4 * (columns_ * 2 - 1 - i))) & 15;
            draw_digit(kDigits[digit], margin + (i % columns_) * 4 * dot_, margin + (i / columns_) * 6 * dot_);
        }
    }

    int width() const { return width_; }

    int height() const { return height_; }

    const unsigned char* data() const { return pixels_.data(); }

private:
    void fill(int x0, int y0, int w, int h) {
        for (int y = y0; y < y0 + h; y++) {
            for (int x = x0; x < x0 + w; x++) {
                pixels_[static_cast<size_t>(y) * static_cast<size_t>(width_) + static_cast<size_t>(x)] = 255;
            }
        }
    }

    void frame() {
        fill(0, 0, width_, dot_);
        fill(0, height_ - dot_, width_, dot_);
        fill(0, 0, dot_, height_);
        fill(width_ - dot_, 0, dot_, height_);
    }

    void draw_digit(uint16_t dots, int x, int y) {
        for (int i = 0; i < 15; i++) {
            if (((dots >> (14 - i)) & 1) != 0) {
                fill(x + (i % 3) * dot_, y + (i / 3) * dot_, dot_, dot_);
            }
        }
    }

    int dot_ = 1;
    int columns_ = 2;
    int width_ = 0;
    int height_ = 0;
    std::vector<unsigned char> pixels_;
};

bool contains(ImFontAtlas* /*atlas*/, ImFontConfig* /*source*/, ImWchar /*code_point*/) {
    return true;
}

// The signature is Dear ImGui's (ImFontLoader::FontBakedLoadGlyph).
bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* /*data*/, ImWchar code_point,
          ImFontGlyph* glyph, float* advance) {
    const bool seen = !invisible(code_point);
    const Box box(code_point, baked->Size);
    const int gap = std::max(1, static_cast<int>(baked->Size / 14));
    const auto width = static_cast<float>(seen ? box.width() + 2 * gap : 0);
    if (advance != nullptr) {
        *advance = width;
        return true;
    }
    glyph->Codepoint = code_point & 0x3ffffffU;
    glyph->AdvanceX = width;
    if (!seen) {
        return true;
    }
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, box.width(), box.height());
    if (id == ImFontAtlasRectId_Invalid) {
        return false;
    }
    ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, id);
    const float middle = IM_ROUND(baked->Ascent) - IM_ROUND(kCapitalHeight * baked->Size / 2);
    glyph->X0 = static_cast<float>(gap);
    glyph->Y0 = middle - IM_TRUNC(static_cast<float>(box.height()) / 2);
    glyph->X1 = glyph->X0 + static_cast<float>(box.width());
    glyph->Y1 = glyph->Y0 + static_cast<float>(box.height());
    glyph->Visible = true;
    glyph->PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, box.data(), ImTextureFormat_Alpha8,
                                       box.width());
    return true;
}

}  // namespace

const ImFontLoader& missing_glyph_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "missing glyphs";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    return loader;
}

}  // namespace countersign::shell
