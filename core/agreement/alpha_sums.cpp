#include "core/agreement/alpha_sums.h"

#include <utility>

#include "core/base/check.h"

namespace countersign::agreement {

namespace {

struct Given {
    size_t label;
    double count;
};

struct Centre {
    double count;
    double mean;
    double squares;  // sum_c n_c (v_c - mean)^2
};

template <class Counts>
Centre centre_of(const Counts& counts, std::span<const double> positions) {
    Centre out{0, 0, 0};
    for (const auto& one : counts) {
        out.count += one.count;
        out.mean += one.count * positions[one.label];
    }
    out.mean = out.count > 0 ? out.mean / out.count : 0;
    for (const auto& one : counts) {
        const double off = positions[one.label] - out.mean;
        out.squares += one.count * off * off;
    }
    return out;
}

// sum_ck n_c n_k d_ck. With positions that is 2 n sum_c n_c (v_c - mean)^2.
template <class Counts>
double disagreement(const Counts& counts, const Distance& distance, std::span<const double> positions) {
    if (distance.form() == Distance::Form::nominal) {
        double count = 0;
        double squares = 0;
        for (const auto& one : counts) {
            count += one.count;
            squares += static_cast<double>(one.count) * one.count;
        }
        return (count * count) - squares;
    }
    if (distance.form() == Distance::Form::matrix) {
        double sum = 0;
        for (const auto& a : counts) {
            for (const auto& b : counts) {
                sum += static_cast<double>(a.count) * b.count * distance.at(a.label, b.label);
            }
        }
        return sum;
    }
    const Centre centre = centre_of(counts, positions);
    return 2 * centre.count * centre.squares;
}

std::vector<Given> nonzero(std::span<const double> given) {
    std::vector<Given> out;
    for (size_t label = 0; label < given.size(); ++label) {
        if (given[label] > 0) {
            out.push_back({label, given[label]});
        }
    }
    return out;
}

std::vector<double> positions_of(const Distance& distance, std::span<const double> given) {
    const bool has = distance.form() == Distance::Form::positions || distance.form() == Distance::Form::ordinal;
    return has ? distance.positions(given) : std::vector<double>{};
}

// The derivative of D_e by the number of answers with each label, positions held.
std::vector<double> by_given(std::span<const double> given, const Distance& distance,
                             std::span<const double> positions) {
    const std::vector<Given> counts = nonzero(given);
    const bool by_position = !positions.empty();
    const Centre centre = by_position ? centre_of(counts, positions) : Centre{0, 0, 0};
    std::vector<double> out(given.size(), 0);
    for (size_t label = 0; label < out.size(); ++label) {
        if (by_position) {
            const double off = positions[label] - centre.mean;
            out[label] = 2 * ((centre.count * off * off) + centre.squares);
            continue;
        }
        const bool nominal = distance.form() == Distance::Form::nominal;
        for (const Given& other : counts) {
            const double apart = nominal ? (other.label == label ? 0 : 1) : distance.at(label, other.label);
            out[label] += 2 * other.count * apart;
        }
    }
    return out;
}

// From derivatives by positions to derivatives by answers: one more answer moves all higher labels by 1, its own by
// half.
std::vector<double> through_positions(std::span<const double> by_position, std::span<const size_t> order) {
    std::vector<double> out(by_position.size(), 0);
    double above = 0;
    for (size_t i = order.size(); i-- > 0;) {
        out[order[i]] = above + (by_position[order[i]] / 2);
        above += by_position[order[i]];
    }
    return out;
}

}  // namespace

std::optional<double> AlphaSums::alpha() const {
    if (!(expected > 0)) {
        return std::nullopt;
    }
    return 1 - ((answers - 1) * observed / expected);
}

std::vector<double> labels_given(const Patterns& patterns, std::span<const double> times) {
    std::vector<double> given(patterns.labels(), 0);
    for (size_t pattern = 0; pattern < patterns.size(); ++pattern) {
        for (const LabelCount& one : patterns[pattern]) {
            given[one.label] += times[pattern] * one.count;
        }
    }
    return given;
}

AlphaEvaluation::AlphaEvaluation(const Patterns& patterns, const Distance& distance)
    : patterns_(patterns), distance_(distance) {
    CS_CHECK(patterns.labels() == distance.labels());
    if (distance.form() == Distance::Form::ordinal) {
        return;
    }
    const std::vector<double> positions = positions_of(distance, {});
    std::vector<double> fixed;
    fixed.reserve(patterns.size());
    for (size_t pattern = 0; pattern < patterns.size(); ++pattern) {
        fixed.push_back(within(pattern, positions));
    }
    fixed_ = std::move(fixed);
}

double AlphaEvaluation::within(size_t pattern, std::span<const double> positions) const {
    if (!fixed_.empty()) {
        return fixed_[pattern];
    }
    const auto answers = static_cast<double>(answers_in(patterns_[pattern]));
    return disagreement(patterns_[pattern], distance_, positions) / (answers - 1);
}

AlphaSums AlphaEvaluation::operator()(std::span<const double> times) const {
    CS_CHECK(times.size() == patterns_.size());
    const std::vector<double> given = labels_given(patterns_, times);
    const std::vector<double> positions = positions_of(distance_, given);
    AlphaSums out;
    for (const double count : given) {
        out.answers += count;
    }
    out.expected = disagreement(nonzero(given), distance_, positions);
    for (size_t pattern = 0; pattern < patterns_.size(); ++pattern) {
        if (times[pattern] > 0) {
            out.observed += times[pattern] * within(pattern, positions);
        }
    }
    return out;
}

std::vector<double> AlphaEvaluation::influence(std::span<const double> times) const {
    const AlphaSums sums = (*this)(times);
    CS_CHECK(sums.expected > 0);
    const std::vector<double> given = labels_given(patterns_, times);
    const std::vector<double> positions = positions_of(distance_, given);
    std::vector<double> expected = by_given(given, distance_, positions);
    std::vector<double> observed(given.size(), 0);
    if (distance_.form() == Distance::Form::ordinal) {
        // A further answer also moves the labels, so that both sums change everywhere.
        std::vector<double> observed_by_position(given.size(), 0);
        for (size_t pattern = 0; pattern < patterns_.size(); ++pattern) {
            const Centre centre = centre_of(patterns_[pattern], positions);
            const double scale = times[pattern] * 4 * centre.count / (centre.count - 1);
            for (const LabelCount& one : patterns_[pattern]) {
                observed_by_position[one.label] += scale * one.count * (positions[one.label] - centre.mean);
            }
        }
        observed = through_positions(observed_by_position, distance_.order());
        const Centre centre = centre_of(nonzero(given), positions);
        std::vector<double> expected_by_position(given.size(), 0);
        for (size_t label = 0; label < given.size(); ++label) {
            expected_by_position[label] = 4 * centre.count * given[label] * (positions[label] - centre.mean);
        }
        const std::vector<double> moved = through_positions(expected_by_position, distance_.order());
        for (size_t label = 0; label < given.size(); ++label) {
            expected[label] += moved[label];
        }
    }
    const double ratio = sums.observed / sums.expected;
    std::vector<double> out;
    out.reserve(patterns_.size());
    for (size_t pattern = 0; pattern < patterns_.size(); ++pattern) {
        double up = within(pattern, positions);
        double down = 0;
        double answers = 0;
        for (const LabelCount& one : patterns_[pattern]) {
            up += one.count * observed[one.label];
            down += one.count * expected[one.label];
            answers += one.count;
        }
        out.push_back(-((answers * ratio) + ((sums.answers - 1) * (up - (ratio * down)) / sums.expected)));
    }
    return out;
}

}  // namespace countersign::agreement
