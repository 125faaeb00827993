#include "demo/classifier/measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "core/base/check.h"
#include "demo/classifier/elementary.h"
#include "demo/classifier/linear_model.h"

namespace countersign::demo {

namespace {

struct Bin {
    double confidence_sum = 0;
    double right = 0;
};

double calibration_error_of(std::span<const Judged> judged) {
    std::array<Bin, 10> bins{};
    for (const Judged& one : judged) {
        const uint32_t predicted = largest(one.probabilities);
        const double confidence = one.probabilities[predicted];
        Bin& bin = bins[std::min<size_t>(9, static_cast<size_t>(confidence * 10))];
        bin.confidence_sum += confidence;
        bin.right += predicted == one.answer ? 1 : 0;
    }
    double gap = 0;
    for (const Bin& bin : bins) {
        gap += std::abs(bin.right - bin.confidence_sum);
    }
    return gap / static_cast<double>(judged.size());
}

std::vector<Confusion> confusions_of(const std::vector<uint32_t>& table, size_t labels) {
    std::vector<Confusion> confusions;
    for (uint32_t answer = 0; answer < labels; ++answer) {
        for (uint32_t predicted = 0; predicted < labels; ++predicted) {
            const uint32_t texts = table[(answer * labels) + predicted];
            if (answer != predicted && texts > 0) {
                confusions.push_back({answer, predicted, texts});
            }
        }
    }
    std::stable_sort(confusions.begin(), confusions.end(),
                     [](const Confusion& a, const Confusion& b) { return a.texts > b.texts; });
    return confusions;
}

}  // namespace

Measures measure(std::span<const Judged> judged, size_t labels) {
    CS_CHECK(!judged.empty());
    // The smallest probability that the log loss knows: a model that says "impossible" and errs is punished, not lost.
    static constexpr double kSmallest = 1e-15;
    Measures result;
    result.texts = static_cast<uint32_t>(judged.size());
    result.labels.resize(labels);
    result.shares = {{0.5, 0, 0}, {0.7, 0, 0}, {0.8, 0, 0}, {0.9, 0, 0}};
    std::vector<uint32_t> table(labels * labels);
    for (const Judged& one : judged) {
        CS_CHECK(one.probabilities.size() == labels && one.answer < labels);
        const uint32_t predicted = largest(one.probabilities);
        const bool right = predicted == one.answer;
        result.right += right ? 1 : 0;
        result.log_loss -= natural_log(std::max(kSmallest, one.probabilities[one.answer]));
        ++result.labels[one.answer].texts;
        ++result.labels[predicted].predicted;
        result.labels[predicted].right += right ? 1 : 0;
        ++table[(one.answer * labels) + predicted];
        for (Share& share : result.shares) {
            if (one.probabilities[predicted] >= share.floor) {
                ++share.texts;
                share.wrong += right ? 0 : 1;
            }
        }
    }
    result.log_loss /= static_cast<double>(judged.size());
    result.calibration_error = calibration_error_of(judged);
    result.confusions = confusions_of(table, labels);
    return result;
}

}  // namespace countersign::demo
