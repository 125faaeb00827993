#include "shell/ui/font/fonts.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/check.h"

namespace countersign::shell {
namespace {

constexpr float kReferenceSize = 16;

// Positions within a pixel at which glyphs are kept: a quarter at normal density, half on dense screens.
constexpr ImS8 kFinePositions = 4;
constexpr ImS8 kCoarsePositions = 2;

ImFont* add_face(ImFontAtlas& atlas, Face face) {
    const auto data = font_data(face);
    ImFontConfig config;
    // Dear ImGui copies data that it does not own; it never writes to it.
    config.FontData = const_cast<unsigned char*>(data.data());
    config.FontDataSize = static_cast<int>(data.size());
    config.FontDataOwnedByAtlas = false;
    // A negative size asks the loader to scale by the em square; for everything later the size must be positive.
    config.SizePixels = -kReferenceSize;
    config.OversampleH = kFinePositions;
    ImFont* font = atlas.AddFont(&config);
    CS_CHECK(font != nullptr);
    font->Sources[0]->SizePixels = kReferenceSize;
    return font;
}

void merge(ImFontAtlas& atlas, const ImFontLoader& loader) {
    ImFontConfig config;
    config.MergeMode = true;
    config.FontLoader = &loader;
    config.SizePixels = kReferenceSize;
    CS_CHECK(atlas.AddFont(&config) != nullptr);
}

}  // namespace

Fonts::Fonts(ImFontAtlas& atlas, const ImFontLoader* platform) {
    for (int i = 0; i < kFaceCount; i++) {
        const auto face = static_cast<Face>(i);
        fonts_[static_cast<size_t>(i)] = add_face(atlas, face);
        if (face == Face::icons) {
            continue;
        }
        if (platform != nullptr) {
            merge(atlas, *platform);
        }
        merge(atlas, missing_glyph_loader());
    }
}

void Fonts::fit_scale(float scale) {
    for (ImFont* font : fonts_) {
        font->Sources[0]->OversampleH = scale < 1.5F ? kFinePositions : kCoarsePositions;
    }
}

float baseline_offset(const ImFont& font, float size) {
    return IM_ROUND(const_cast<ImFont&>(font).GetFontBaked(size)->Ascent);
}

}  // namespace countersign::shell
