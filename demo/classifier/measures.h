#pragma once
// How good a model is on texts with a known answer: right answers, honest probabilities, who is taken for whom.

#include <cstdint>
#include <span>
#include <vector>

namespace countersign::demo {

// Probabilities (one a label) of one text, and the label that a person gave it.
struct Judged {
    std::vector<double> probabilities;
    uint32_t answer = 0;
};

struct LabelMeasure {
    uint32_t texts = 0;      // with this answer
    uint32_t predicted = 0;  // as this label
    uint32_t right = 0;      // both
};

struct Confusion {
    uint32_t answer = 0;
    uint32_t predicted = 0;
    uint32_t texts = 0;
};

// The texts whose confidence is at least `floor`: what an automatic tier would take.
struct Share {
    double floor = 0;
    uint32_t texts = 0;
    uint32_t wrong = 0;
};

struct Measures {
    uint32_t texts = 0;
    uint32_t right = 0;
    double log_loss = 0;  // mean
    // Expected calibration error, ten bins of equal width (Guo et al. 2017, eq. 3).
    double calibration_error = 0;
    std::vector<LabelMeasure> labels;
    std::vector<Confusion> confusions;  // most frequent first; then by answer and prediction
    std::vector<Share> shares;          // at .5, .7, .8, .9
};

// `judged` is not empty; all have `labels` probabilities.
Measures measure(std::span<const Judged> judged, size_t labels);

}  // namespace countersign::demo
