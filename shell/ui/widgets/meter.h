#pragma once
// Bars that show a share: a model's confidence with its threshold, and progress.

#include <string_view>

#include "shell/ui/core/text.h"
#include "shell/ui/widgets/badge.h"

namespace countersign::shell {

// Parts per million, as everywhere; drawing is the only place where they become pixels.
struct MeterSpec {
    std::string_view name;   // "Confidence"
    std::string_view words;  // "73 %"
    int32_t value_ppm = 0;
    int32_t threshold_ppm = -1;  // none below 0
    Tone tone = Tone::accent;
};

// A bar across the rectangle, `words` not drawn (views place them).
void meter(Ui& ui, const Rect& rect, const MeterSpec& spec);

void progress_bar(Ui& ui, const Rect& rect, std::string_view name, int64_t done, int64_t total);

// Work of unknown length. Still, so that waiting costs nothing: says that it works instead of moving.
void busy_line(Ui& ui, const Rect& rect, std::string_view words);

}  // namespace countersign::shell
