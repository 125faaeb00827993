#include "core/agreement/span_sets.h"

#include <algorithm>
#include <tuple>

namespace countersign::agreement {

namespace {

auto place(const MarkedSpan& span) {
    return std::tie(span.label, span.begin, span.end);
}

bool before(const MarkedSpan& a, const MarkedSpan& b) {
    return place(a) < place(b);
}

}  // namespace

std::vector<MarkedSpan> within_text(std::span<const MarkedSpan> spans, uint32_t length) {
    std::vector<MarkedSpan> out;
    for (MarkedSpan span : spans) {
        span.end = std::min(span.end, length);
        if (span.begin < span.end) {
            out.push_back(span);
        }
    }
    std::ranges::sort(out, before);
    const auto repeats = std::ranges::unique(out, [](const auto& a, const auto& b) { return place(a) == place(b); });
    out.erase(repeats.begin(), repeats.end());
    return out;
}

std::vector<MarkedSpan> merged(std::vector<MarkedSpan> spans, Labels labels) {
    if (labels == Labels::together) {
        for (MarkedSpan& span : spans) {
            span.label = 0;
        }
        std::ranges::sort(spans, before);
    }
    std::vector<MarkedSpan> out;
    for (const MarkedSpan& span : spans) {
        if (!out.empty() && out.back().label == span.label && span.begin <= out.back().end) {
            out.back().end = std::max(out.back().end, span.end);
        } else {
            out.push_back(span);
        }
    }
    return out;
}

uint64_t characters_in(std::span<const MarkedSpan> merged) {
    uint64_t sum = 0;
    for (const MarkedSpan& span : merged) {
        sum += span.end - span.begin;
    }
    return sum;
}

uint64_t characters_in_both(std::span<const MarkedSpan> first, std::span<const MarkedSpan> second) {
    uint64_t sum = 0;
    for (size_t a = 0, b = 0; a < first.size() && b < second.size();) {
        if (first[a].label == second[b].label) {
            const uint32_t begin = std::max(first[a].begin, second[b].begin);
            const uint32_t end = std::min(first[a].end, second[b].end);
            sum += end > begin ? end - begin : 0;
        }
        // Whichever ends first meets nothing further.
        const bool a_ends = std::tie(first[a].label, first[a].end) < std::tie(second[b].label, second[b].end);
        a_ends ? ++a : ++b;
    }
    return sum;
}

}  // namespace countersign::agreement
