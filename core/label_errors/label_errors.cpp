#include "core/label_errors/label_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/check.h"

namespace countersign::label_errors {

namespace {

// A probability may miss its threshold by rounding: the mean of equal ones is not always the same.
constexpr double kRounding = 1e-6;
// Of fewer items nothing can be estimated.
constexpr int64_t kLeastGiven = 6;

std::span<const double> row(const GivenLabels& labels, size_t item) {
    return labels.probabilities.subspan(item * labels.labels, labels.labels);
}

void check(const GivenLabels& labels) {
    CS_CHECK(labels.labels >= 2 && labels.probabilities.size() == labels.given.size() * labels.labels);
    CS_CHECK(std::ranges::all_of(labels.given, [&](uint32_t given) { return given < labels.labels; }));
}

std::vector<int64_t> count_given(const GivenLabels& labels) {
    std::vector<int64_t> out(labels.labels, 0);
    for (const uint32_t given : labels.given) {
        ++out[given];
    }
    return out;
}

std::vector<double> thresholds_of(const GivenLabels& labels, std::span<const int64_t> given) {
    std::vector<double> sums(labels.labels, 0);
    for (size_t item = 0; item < labels.given.size(); ++item) {
        sums[labels.given[item]] += row(labels, item)[labels.given[item]];
    }
    for (size_t k = 0; k < sums.size(); ++k) {
        sums[k] = given[k] > 0 ? sums[k] / static_cast<double>(given[k]) : std::numeric_limits<double>::infinity();
    }
    return sums;
}

PairCounts confident_pairs(const GivenLabels& labels, std::span<const double> thresholds) {
    PairCounts out(labels.labels);
    for (size_t item = 0; item < labels.given.size(); ++item) {
        const auto probabilities = row(labels, item);
        size_t best = labels.labels;
        for (size_t k = 0; k < labels.labels; ++k) {
            const bool confident = probabilities[k] >= thresholds[k] - kRounding;
            if (confident && (best == labels.labels || probabilities[k] > probabilities[best])) {
                best = k;
            }
        }
        if (best < labels.labels) {
            ++out.at(labels.given[item], best);
        }
    }
    return out;
}

// Whole numbers in the proportions of `parts` that sum to `total`; what is left over goes to the largest remainders,
// the first of equal ones.
std::vector<int64_t> in_proportion(std::span<const int64_t> parts, int64_t total) {
    const int64_t whole = std::accumulate(parts.begin(), parts.end(), int64_t{0});
    std::vector<int64_t> out;
    std::vector<size_t> order(parts.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::vector<int64_t> remainders;
    int64_t left = total;
    for (const int64_t part : parts) {
        out.push_back(part * total / whole);
        remainders.push_back(part * total % whole);
        left -= out.back();
    }
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
    for (size_t i = 0; i < static_cast<size_t>(left); ++i) {
        ++out[order[i]];
    }
    return out;
}

PairCounts estimate(const PairCounts& confident, std::span<const int64_t> given) {
    PairCounts out(confident.labels());
    for (size_t k = 0; k < confident.labels(); ++k) {
        std::vector<int64_t> parts;
        for (size_t truth = 0; truth < confident.labels(); ++truth) {
            const int64_t count = confident.at(k, truth);
            // A label that the model is never confident of is still sometimes right.
            parts.push_back(truth == k ? std::max<int64_t>(count, 1) : count);
        }
        const std::vector<int64_t> scaled = in_proportion(parts, given[k]);
        for (size_t truth = 0; truth < confident.labels(); ++truth) {
            out.at(k, truth) = scaled[truth];
        }
    }
    return out;
}

Suspect suspect_of(const GivenLabels& labels, uint32_t item) {
    const auto probabilities = row(labels, item);
    const uint32_t given = labels.given[item];
    uint32_t likelier = given == 0 ? 1 : 0;
    for (uint32_t k = 0; k < labels.labels; ++k) {
        if (k != given && probabilities[k] > probabilities[likelier]) {
            likelier = k;
        }
    }
    return {item, given, likelier, probabilities[given] - probabilities[likelier]};
}

void sort_by_margin(std::vector<Suspect>& suspects) {
    std::ranges::sort(suspects, [](const Suspect& a, const Suspect& b) {
        return a.margin != b.margin ? a.margin < b.margin : a.item < b.item;
    });
}

// Marks the `count` items of one given label that look most like the other one.
void mark(const GivenLabels& labels, std::vector<uint32_t>& items, uint32_t truth, int64_t count,
          std::vector<char>& marked) {
    const auto excess = [&](uint32_t item) {
        const auto probabilities = row(labels, item);
        return probabilities[truth] - probabilities[labels.given[item]];
    };
    const auto first = [&](uint32_t a, uint32_t b) {
        const double of_a = excess(a);
        const double of_b = excess(b);
        return of_a != of_b ? of_a > of_b : a < b;
    };
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(items.begin(), end, items.end(), first);
    for (auto item = items.begin(); item != end; ++item) {
        marked[*item] = 1;
    }
}

}  // namespace

int64_t PairCounts::wrong() const {
    int64_t out = 0;
    for (size_t given = 0; given < labels_; ++given) {
        for (size_t truth = 0; truth < labels_; ++truth) {
            out += given == truth ? 0 : at(given, truth);
        }
    }
    return out;
}

LabelErrors find_label_errors(const GivenLabels& labels) {
    check(labels);
    const std::vector<int64_t> given = count_given(labels);
    LabelErrors out{.thresholds = thresholds_of(labels, given),
                    .confident = PairCounts(labels.labels),
                    .estimated = PairCounts(labels.labels),
                    .suspects = {}};
    out.confident = confident_pairs(labels, out.thresholds);
    out.estimated = estimate(out.confident, given);
    std::vector<std::vector<uint32_t>> items_of(labels.labels);
    for (uint32_t item = 0; item < labels.given.size(); ++item) {
        items_of[labels.given[item]].push_back(item);
    }
    std::vector<char> marked(labels.given.size(), 0);
    for (uint32_t k = 0; k < labels.labels; ++k) {
        for (uint32_t truth = 0; truth < labels.labels; ++truth) {
            const int64_t count = truth == k || given[k] < kLeastGiven ? 0 : out.estimated.at(k, truth);
            if (count > 0) {
                mark(labels, items_of[k], truth, count, marked);
            }
        }
    }
    for (uint32_t item = 0; item < labels.given.size(); ++item) {
        if (marked[item] != 0) {
            out.suspects.push_back(suspect_of(labels, item));
        }
    }
    sort_by_margin(out.suspects);
    return out;
}

std::vector<Suspect> rank_by_margin(const GivenLabels& labels) {
    check(labels);
    std::vector<Suspect> out;
    out.reserve(labels.given.size());
    for (uint32_t item = 0; item < labels.given.size(); ++item) {
        out.push_back(suspect_of(labels, item));
    }
    sort_by_margin(out);
    return out;
}

}  // namespace countersign::label_errors
