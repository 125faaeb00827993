#include "core/agreement/patterns.h"

#include <algorithm>

namespace countersign::agreement {

namespace {

std::vector<size_t> begins_of(const Ratings& ratings) {
    std::vector<size_t> out{0};
    out.reserve(ratings.units() + 1);
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        out.push_back(out.back() + ratings.of_unit(unit).size());
    }
    return out;
}

std::vector<LabelCount> counts_of(const Ratings& ratings) {
    std::vector<LabelCount> out;
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        out.insert(out.end(), counts.begin(), counts.end());
    }
    return out;
}

}  // namespace

Patterns::Patterns(const Ratings& ratings) : Patterns(counts_of(ratings), begins_of(ratings), ratings.labels()) {}

Patterns::Patterns(std::span<const LabelCount> counts, std::span<const size_t> begins, size_t labels)
    : labels_(labels) {
    std::vector<std::span<const LabelCount>> units;
    for (size_t unit = 0; unit + 1 < begins.size(); ++unit) {
        const auto one = counts.subspan(begins[unit], begins[unit + 1] - begins[unit]);
        if (answers_in(one) >= 2) {
            units.push_back(one);
        }
    }
    std::vector<uint32_t> order(units.size());
    for (size_t i = 0; i < order.size(); ++i) {
        order[i] = static_cast<uint32_t>(i);
    }
    std::ranges::sort(
        order, [&units](uint32_t a, uint32_t b) { return std::ranges::lexicographical_compare(units[a], units[b]); });
    of_units_.resize(units.size());
    for (const uint32_t unit : order) {
        if (size() == 0 || !std::ranges::equal((*this)[size() - 1], units[unit])) {
            counts_.insert(counts_.end(), units[unit].begin(), units[unit].end());
            begins_.push_back(counts_.size());
        }
        of_units_[unit] = static_cast<uint32_t>(size() - 1);
    }
}

std::vector<double> Patterns::times() const {
    std::vector<double> out(size(), 0);
    for (const uint32_t pattern : of_units_) {
        ++out[pattern];
    }
    return out;
}

}  // namespace countersign::agreement
