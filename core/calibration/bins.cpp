#include "core/calibration/bins.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace countersign::calibration {

namespace {

bool never_falls(std::span<const Bin> bins) {
    return std::ranges::is_sorted(bins, [](const Bin& a, const Bin& b) { return a.accuracy < b.accuracy; });
}

}  // namespace

size_t equal_width_index(double confidence, size_t count) {
    CS_CHECK(count > 0 && confidence >= 0 && confidence <= 1);
    const auto edge = [count](size_t k) { return static_cast<double>(k) / static_cast<double>(count); };
    auto k = static_cast<size_t>(confidence * static_cast<double>(count));
    // The product is rounded, 0.7 * 10 is above 7; the edges decide.
    while (k > 0 && confidence <= edge(k)) {
        --k;
    }
    while (confidence > edge(k + 1)) {
        ++k;
    }
    return k;
}

std::vector<Bin> equal_width_bins(const SortedOutcomes& outcomes, size_t count) {
    std::vector<Bin> out;
    for (size_t begin = 0; begin < outcomes.size();) {
        const size_t index = equal_width_index(outcomes[begin].confidence, count);
        const auto behind = std::ranges::partition_point(
            outcomes.all().subspan(begin),
            [index, count](const Outcome& one) { return equal_width_index(one.confidence, count) == index; });
        const auto end = static_cast<size_t>(behind - outcomes.all().begin());
        out.push_back(outcomes.bin(begin, end));
        begin = end;
    }
    return out;
}

std::vector<Bin> equal_count_bins(const SortedOutcomes& outcomes, size_t count) {
    CS_CHECK(count > 0);
    std::vector<Bin> out;
    const size_t bins = std::min(count, outcomes.size());
    size_t begin = 0;
    for (size_t i = 0; i < bins; ++i) {
        const size_t end = begin + (outcomes.size() / bins) + (i < outcomes.size() % bins ? 1 : 0);
        out.push_back(outcomes.bin(begin, end));
        begin = end;
    }
    return out;
}

double expected_calibration_error(std::span<const Bin> bins) {
    double sum = 0;
    double weight = 0;
    for (const Bin& bin : bins) {
        sum += bin.weight * std::abs(bin.gap());
        weight += bin.weight;
    }
    return weight > 0 ? sum / weight : 0;
}

double maximum_calibration_error(std::span<const Bin> bins) {
    double most = 0;
    for (const Bin& bin : bins) {
        most = std::max(most, std::abs(bin.gap()));
    }
    return most;
}

double debiased_squared_error(std::span<const Bin> bins) {
    double sum = 0;
    double weight = 0;
    for (const Bin& bin : bins) {
        if (bin.items() > 1) {
            const double by_chance = bin.accuracy * (1 - bin.accuracy) / (bin.effective_items - 1);
            sum += bin.weight * ((bin.gap() * bin.gap()) - by_chance);
            weight += bin.weight;
        }
    }
    return weight > 0 ? sum / weight : 0;
}

Sweep sweep_calibration_error(const SortedOutcomes& outcomes) {
    Sweep out;
    std::vector<Bin> bins = equal_count_bins(outcomes, 1);
    for (size_t count = 2; count <= outcomes.size(); ++count) {
        std::vector<Bin> finer = equal_count_bins(outcomes, count);
        if (!never_falls(finer)) {
            break;
        }
        bins = std::move(finer);
        out.bins = count;
    }
    out.error = expected_calibration_error(bins);
    return out;
}

}  // namespace countersign::calibration
