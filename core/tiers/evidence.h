#pragma once
// What a certificate may rest on: items that were drawn with one and the same probability, in the order of their
// arrival, each with what people found.
//
// Drawing. Shares change (a tier opens, a policy is edited); an item's coin does not. Of those that were drawn with a
// higher share, the ones whose coin lies below a lower one are as if drawn with that. Of all shares the one is taken
// that leaves most items. Neither this nor the order depends on what people found.
//
// Contract: pure; `drawn` of one tier and model, under promises of the same basis, in order of arrival.

#include <span>
#include <vector>

#include "core/tiers/board.h"
#include "core/tiers/drawn.h"

namespace countersign::tiers {

struct Evidence {
    std::vector<DrawnItem> items;  // but dropped ones
    Ppm propensity;                // with which all of them were drawn
    int64_t waiting = 0;           // of them
    int64_t dropped = 0;           // left out
    size_t decided = 0;            // so many of the first have all been decided
};

struct EvidenceRule {
    std::string_view evidence_key;
    // Of the same tier and model: of evidence that they placed anew only a share counts, and none from before an alarm.
    std::span<const Certification> certifications;
};

Evidence gather_evidence(std::span<const DrawnItem> drawn, const EvidenceRule& rule);

}  // namespace countersign::tiers
