#include "core/agreement/chance_corrected.h"

#include <algorithm>
#include <cmath>

#include "core/agreement/linearised.h"

namespace countersign::agreement {

namespace {

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

// For each unit the mean, over its answers, of what `of_label` says about their label.
std::vector<double> mean_of_answers(const Ratings& ratings, std::span<const double> of_label) {
    std::vector<double> out(ratings.units(), 0);
    for (size_t unit = 0; unit < out.size(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        for (const LabelCount& one : counts) {
            out[unit] += one.count * of_label[one.label];
        }
        out[unit] /= static_cast<double>(answers_in(counts));
    }
    return out;
}

}  // namespace

Outcome percent_agreement(const Ratings& ratings, const Weights& weights, double confidence) {
    const Observed observed = observe(ratings, weights);
    if (observed.pairable == 0) {
        return Undefined::no_pairable_unit;
    }
    std::vector<double> shares;
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        if (answers_in(ratings.of_unit(unit)) >= 2) {
            shares.push_back(observed.units[unit]);
        }
    }
    return Coefficient{observed.mean, observed.mean, 0, spread_of(shares, observed.mean, confidence)};
}

Outcome fleiss_kappa(const Ratings& ratings, const Weights& weights, double confidence) {
    const std::vector<double> shares = mean_shares(ratings);
    const std::vector<double> weighted = weights.times(shares);
    return corrected(ratings, observe(ratings, weights), dot(shares, weighted), mean_of_answers(ratings, weighted),
                     confidence);
}

Outcome brennan_prediger(const Ratings& ratings, const Weights& weights, double confidence) {
    const auto labels = static_cast<double>(ratings.labels());
    const double expected = weights.total() / (labels * labels);
    const std::vector<double> units(ratings.units(), expected);
    return corrected(ratings, observe(ratings, weights), expected, units, confidence);
}

Outcome gwet_ac(const Ratings& ratings, const Weights& weights, double confidence) {
    if (const auto reason = why_undefined(ratings)) {
        return *reason;
    }
    const auto labels = static_cast<double>(ratings.labels());
    const double scale = weights.total() / (labels * (labels - 1));
    const std::vector<double> shares = mean_shares(ratings);
    std::vector<double> others;
    others.reserve(shares.size());
    for (const double share : shares) {
        others.push_back(scale * (1 - share));
    }
    return corrected(ratings, observe(ratings, weights), dot(shares, others), mean_of_answers(ratings, others),
                     confidence);
}

Outcome weighted_alpha(const Ratings& ratings, const Weights& weights, double confidence) {
    if (const auto reason = why_undefined(ratings)) {
        return *reason;
    }
    std::vector<std::span<const LabelCount>> units;
    double answers = 0;
    std::vector<double> shares(ratings.labels(), 0);
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        if (answers_in(counts) < 2) {
            continue;
        }
        units.push_back(counts);
        answers += static_cast<double>(answers_in(counts));
        for (const LabelCount& one : counts) {
            shares[one.label] += one.count;
        }
    }
    for (double& share : shares) {
        share /= answers;
    }
    const std::vector<double> weighted = weights.times(shares);
    const double expected = dot(shares, weighted);
    const double room = 1 - expected;
    if (room < 1e-14) {
        return Undefined::no_expected_disagreement;
    }
    const double mean_answers = answers / static_cast<double>(units.size());
    std::vector<double> agreeing;
    agreeing.reserve(units.size());
    double raw = 0;
    for (const auto& unit : units) {
        const auto size = static_cast<double>(answers_in(unit));
        agreeing.push_back(agreeing_pairs(unit, weights) / (mean_answers * (size - 1)));
        raw += agreeing.back();
    }
    raw /= static_cast<double>(units.size());
    const double observed = ((1 - (1 / answers)) * raw) + (1 / answers);
    const double value = (observed - expected) / room;
    // The spread is that of the coefficient without the correction for few answers.
    const double plain = (raw - expected) / room;
    std::vector<double> linear;
    linear.reserve(units.size());
    for (size_t i = 0; i < units.size(); ++i) {
        const double excess = (static_cast<double>(answers_in(units[i])) - mean_answers) / mean_answers;
        double chance = -expected * excess;
        for (const LabelCount& one : units[i]) {
            chance += one.count * weighted[one.label] / mean_answers;
        }
        linear.push_back(((agreeing[i] - (observed * excess) - expected) / room) -
                         (2 * (1 - plain) * (chance - expected) / room));
    }
    auto spread = spread_of(linear, plain, confidence);
    if (spread) {
        const double width = plain - spread->interval.low;
        spread->interval = {value - width, std::min(1.0, value + width)};
    }
    return Coefficient{value, observed, expected, spread};
}

}  // namespace countersign::agreement
