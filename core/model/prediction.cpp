#include "core/model/prediction.h"

#include <algorithm>

namespace countersign {

Ppm Prediction::margin() const {
    int32_t other = 0;
    for (const Score& score : scores) {
        if (score.label != label) {
            other = std::max(other, score.score.value);
        }
    }
    return Ppm{std::max(0, confidence.value - other)};
}

void sort_scores(std::vector<Score>& scores) {
    std::sort(scores.begin(), scores.end(), [](const Score& a, const Score& b) {
        return a.score != b.score ? a.score > b.score : a.label < b.label;
    });
}

}  // namespace countersign
