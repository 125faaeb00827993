#include "shell/ui/text_view/span_layers.h"

#include <algorithm>
#include <array>

namespace countersign::shell {

std::vector<LayeredSpan> layered(std::span<const TextSpan> spans) {
    std::vector<LayeredSpan> out;
    out.reserve(spans.size());
    for (const TextSpan& span : spans) {
        out.push_back({&span, 0});
    }
    std::stable_sort(out.begin(), out.end(), [](const LayeredSpan& a, const LayeredSpan& b) {
        return a.span->begin != b.span->begin ? a.span->begin < b.span->begin : a.span->end > b.span->end;
    });
    std::array<size_t, 4> free_from{};  // per layer, the first code point without a span
    for (LayeredSpan& one : out) {
        size_t layer = 0;
        while (layer + 1 < free_from.size() && free_from[layer] > one.span->begin) {
            layer++;
        }
        free_from[layer] = std::max(free_from[layer], one.span->end);
        one.layer = static_cast<int>(layer);
    }
    return out;
}

}  // namespace countersign::shell
