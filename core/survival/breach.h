#pragma once
// Which open items will be late: for each the probability that it is not finished by its due time, given how long it is
// open already, from how long reviews took and which ones are not finished yet.
//
// The model: a reviewer takes a factor of what the typical one takes (core/consensus/turnaround.h), so that all times,
// divided by their reviewer's factor, are of one distribution (accelerated failure times), which is estimated by Kaplan
// and Meier. P(late) = S(due / factor) / S(age / factor). For the factors a review that is not finished counts with the
// time at which it likely will be, in five rounds (after Buckley and James 1979, with medians): the slow have more of
// them. Where items have several reviews, the items' difficulty is taken out of the factors; where no item has, it
// cannot be told from chance.
//
// Times are working time in seconds, from the same calendar, and of whatever is promised: from arrival, or from
// assignment.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/interval.h"
#include "core/survival/kaplan_meier.h"

namespace countersign::survival {

struct Turn {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    double seconds = 0;  // above 0 where it is finished, else 0 or more
    Ending ending = Ending::finished;
};

struct History {
    std::vector<double> factors;  // of each reviewer: 1 is as others, 2 takes twice as long
    Curve typical;                // of times divided by these factors
};

// Numbers of items and reviewers are below `items` and `reviewers` (CS_CHECKed).
History learn(std::span<const Turn> turns, size_t items, size_t reviewers, double confidence = 0.95);

struct OpenItem {
    std::optional<uint32_t> reviewer = {};  // none: the typical one
    double age_seconds = 0;
    double due_seconds = 0;  // since the same beginning as the age; at or before the age it is late
};

enum class Support : uint8_t {
    seen,     // by history
    at_most,  // due behind everything that history has: the probability is an upper bound
    unknown,  // open longer than anything that history has: 1, for care
};

struct LateChance {
    double probability = 0;
    stats::Interval interval = {0, 1};  // of the probability, by what is known of the curve; the factor counts as known
    Support support = Support::seen;
};

struct Forecast {
    std::vector<LateChance> items;  // as they were given
    double expected_late = 0;       // the sum of the probabilities
    // Standard deviation of the number, were the items independent: people who are ill are not.
    double deviation = 0;
};

Forecast forecast(const History& history, std::span<const OpenItem> open);

}  // namespace countersign::survival
