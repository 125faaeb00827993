#pragma once
// Overlapping spans, each with a layer of its own: the lines under them stand one above the other.

#include <span>
#include <vector>

#include "shell/ui/text_view/text_view.h"

namespace countersign::shell {

struct LayeredSpan {
    const TextSpan* span = nullptr;
    int layer = 0;  // 0 to 3: how far its line stands above the lowest
};

// In drawing order: by where they begin, wider ones first.
std::vector<LayeredSpan> layered(std::span<const TextSpan> spans);

}  // namespace countersign::shell
