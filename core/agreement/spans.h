#pragma once
// How far reviewers agree about marked passages of texts.
//
// Positions are code points, `begin` inclusive and `end` exclusive; what lies beyond the end of a text is cut off, and
// an empty span is none. A reviewer who marked nothing has an empty list, and that is an answer: two empty lists agree
// fully. Characters are compared label by label: the same character under two labels is two things.

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/agreement/alpha_bootstrap.h"

namespace countersign::agreement {

struct MarkedSpan {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t label = 0;
};

struct MarkedText {
    uint32_t length = 0;                           // code points
    std::vector<std::vector<MarkedSpan>> reviews;  // one a reviewer
};

// Two reviews of a text, each number 0 to 1.
struct SpanPair {
    double character_f1 = 0;   // 2 |A and B| / (|A| + |B|)
    double character_iou = 0;  // |A and B| / |A or B|
    double same = 0;           // 1 when the marked characters are the same
    double span_f1 = 0;        // spans with the same ends and label
    double near_span_f1 = 0;   // ends within the tolerance; the largest one-to-one matching
};

SpanPair compare_spans(std::span<const MarkedSpan> first, std::span<const MarkedSpan> second, uint32_t length,
                       uint32_t tolerance);

struct SpanAgreement {
    size_t texts = 0;  // with two or more reviews
    size_t pairs = 0;  // of reviews of the same text
    SpanPair mean;     // over these pairs
};

// Pairs are those within each text. Undefined without any.
std::variant<SpanAgreement, Undefined> span_agreement(std::span<const MarkedText> texts, uint32_t tolerance);

// Krippendorff's nominal alpha with characters as units: marked or not, under whatever label. `units` and `answers` of
// the alpha count characters. Its spread is drawn over texts: characters of a text do not vary on their own.
struct CharacterAlpha {
    AlphaOutcome alpha = Undefined::no_pairable_unit;
    SpreadOutcome spread = Undefined::no_pairable_unit;
};

// Cost: spans and their sorting, and resamples * texts.
CharacterAlpha character_alpha(std::span<const MarkedText> texts, const BootstrapOptions& options);

}  // namespace countersign::agreement
