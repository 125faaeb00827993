#pragma once
// What a model said about one item: a label with its confidence, and scores of other labels if the model gives them.

#include <vector>

#include "core/base/ids.h"
#include "core/base/ppm.h"

namespace countersign {

struct Score {
    LabelId label;
    Ppm score;

    bool operator==(const Score&) const = default;
};

struct Prediction {
    ModelId model;
    LabelId label;
    Ppm confidence;
    std::vector<Score> scores;  // best first; ties by label; may be empty

    bool operator==(const Prediction&) const = default;

    // Confidence less the best score of another label; the confidence itself when no other score is known.
    Ppm margin() const;
};

// Best first, ties by label: the order scores are stored and hashed in.
void sort_scores(std::vector<Score>& scores);

}  // namespace countersign
