#pragma once
// Marked spans as sets of characters. Internal to core/agreement.

#include <cstdint>
#include <span>
#include <vector>

#include "core/agreement/spans.h"

namespace countersign::agreement {

// Cut off at the end of the text, without empty ones, sorted by label and place, each once.
std::vector<MarkedSpan> within_text(std::span<const MarkedSpan> spans, uint32_t length);

enum class Labels { apart, together };

// The same characters without overlaps, label by label or under the label 0. Takes what within_text() gives.
std::vector<MarkedSpan> merged(std::vector<MarkedSpan> spans, Labels labels);

uint64_t characters_in(std::span<const MarkedSpan> merged);
uint64_t characters_in_both(std::span<const MarkedSpan> first, std::span<const MarkedSpan> second);

}  // namespace countersign::agreement
