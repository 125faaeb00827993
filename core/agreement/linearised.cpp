#include "core/agreement/linearised.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/stats/special.h"

namespace countersign::agreement {

double agreeing_pairs(std::span<const LabelCount> unit, const Weights& weights) {
    double sum = 0;
    for (const LabelCount& a : unit) {
        double weighted = -1;
        for (const LabelCount& b : unit) {
            weighted += weights.at(a.label, b.label) * b.count;
        }
        sum += a.count * weighted;
    }
    return sum;
}

Observed observe(const Ratings& ratings, const Weights& weights) {
    CS_CHECK(weights.labels() == ratings.labels());
    Observed out;
    out.units.assign(ratings.units(), 0);
    double sum = 0;
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto answers = static_cast<double>(answers_in(ratings.of_unit(unit)));
        if (answers >= 2) {
            out.units[unit] = agreeing_pairs(ratings.of_unit(unit), weights) / (answers * (answers - 1));
            sum += out.units[unit];
            ++out.pairable;
        }
    }
    out.mean = out.pairable > 0 ? sum / static_cast<double>(out.pairable) : 0;
    return out;
}

std::optional<Undefined> why_undefined(const Ratings& ratings) {
    std::optional<uint32_t> seen;
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        if (counts.size() > 1 || (seen && answers_in(counts) >= 2 && *seen != counts[0].label)) {
            return std::nullopt;
        }
        if (answers_in(counts) >= 2) {
            seen = counts[0].label;
        }
    }
    return seen ? Undefined::one_value_only : Undefined::no_pairable_unit;
}

std::vector<double> mean_shares(const Ratings& ratings) {
    std::vector<double> shares(ratings.labels(), 0);
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        const auto answers = static_cast<double>(answers_in(counts));
        for (const LabelCount& one : counts) {
            shares[one.label] += one.count / answers;
        }
    }
    for (double& share : shares) {
        share /= static_cast<double>(ratings.units());
    }
    return shares;
}

std::optional<Spread> spread_of(std::span<const double> values, double coefficient, double confidence) {
    CS_CHECK(confidence > 0 && confidence < 1);
    if (values.size() < 2) {
        return std::nullopt;
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - coefficient) * (value - coefficient);
    }
    const auto n = static_cast<double>(values.size());
    const double error = std::sqrt(squares / (n * (n - 1)));
    const double width = stats::student_t_quantile((1 + confidence) / 2, n - 1) * error;
    return Spread{error, {coefficient - width, std::min(1.0, coefficient + width)}};
}

Outcome corrected(const Ratings& ratings, const Observed& observed, double expected,
                  std::span<const double> expected_units, double confidence) {
    if (const auto reason = why_undefined(ratings)) {
        return *reason;
    }
    // Weights of 1 everywhere leave nothing; what is left of rounding is no disagreement.
    const double room = 1 - expected;
    if (room < 1e-14) {
        return Undefined::no_expected_disagreement;
    }
    const double value = (observed.mean - expected) / room;
    const double scale = static_cast<double>(ratings.units()) / static_cast<double>(observed.pairable);
    std::vector<double> linear(ratings.units());
    for (size_t unit = 0; unit < linear.size(); ++unit) {
        const bool pairable = answers_in(ratings.of_unit(unit)) >= 2;
        linear[unit] = scale * (observed.units[unit] - (pairable ? expected : 0)) / room;
        linear[unit] -= 2 * (1 - value) * (expected_units[unit] - expected) / room;
    }
    return Coefficient{value, observed.mean, expected, spread_of(linear, value, confidence)};
}

}  // namespace countersign::agreement
