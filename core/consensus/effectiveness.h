#pragma once
// What reviewing is good for: how often a reviewer's correction stands, which errors of the model pass him by, and
// what was right before he changed it. Shares with Wilson's interval, so that three corrections do not look like a
// record.

#include <cstddef>
#include <cstdint>
#include <span>

namespace countersign::consensus {

// One review of one prediction, and how it ended (adjudicated, or by consensus). Labels are numbers of the schema.
struct ReviewedPrediction {
    uint32_t predicted = 0;
    uint32_t reviewed = 0;
    uint32_t outcome = 0;
};

// `hits` of `all`. Where `all` is 0 there is nothing to say: the value is 0 and the interval all of [0, 1].
struct Share {
    size_t hits = 0;
    size_t all = 0;
    double value = 0;
    double low = 0;
    double high = 1;
};

// Wilson 1927, without continuity correction. CS_CHECKs hits <= all and 0 < level < 1.
Share wilson(size_t hits, size_t all, double level = 0.95);

struct Effectiveness {
    Share correction_precision;  // the outcome is the correction | the reviewer changed the label
    Share missed_errors;         // the reviewer kept the label | the prediction was wrong
    Share harm;                  // the reviewer changed the label | the prediction was right
    Share right_before;          // the prediction is the outcome
    Share right_after;           // the review is the outcome
};

Effectiveness effectiveness(std::span<const ReviewedPrediction> reviews, double level = 0.95);

struct Difference {
    double value = 0;
    double low = -1;
    double high = 1;
};

// a - b of two independent shares, Newcombe 1998, method 10, from the limits that they have. For anchoring: how much
// oftener wrong predictions are accepted when they are shown than when they are hidden.
Difference difference(const Share& a, const Share& b);

}  // namespace countersign::consensus
