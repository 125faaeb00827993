#pragma once
// Two models on the same items: what the candidate fixed and what it broke, and McNemar's exact tests on that. Items on
// which both are right or both wrong say nothing about which is better.

#include <cstdint>
#include <span>

namespace countersign::gate {

struct PairedItem {
    bool base_right = false;
    bool candidate_right = false;
};

struct PairedCounts {
    int64_t both_right = 0;
    int64_t fixed = 0;   // only the candidate is right
    int64_t broken = 0;  // only the base is right
    int64_t both_wrong = 0;

    int64_t items() const { return both_right + fixed + broken + both_wrong; }

    int64_t discordant() const { return fixed + broken; }

    // Of accuracy, candidate less base; items() > 0.
    double difference() const { return static_cast<double>(fixed - broken) / static_cast<double>(items()); }

    bool operator==(const PairedCounts&) const = default;
};

PairedCounts count_pairs(std::span<const PairedItem> items);
PairedCounts count_pairs(std::span<const PairedItem> items, std::span<const uint32_t> chosen);

// If neither model were better, each discordant item would be fixed or broken by the toss of a coin (McNemar 1947,
// exact: Bin(fixed + broken, 1/2)). 1 where there is none. As ln too, for those that no double holds.
struct McNemar {
    double two_sided = 1;
    double two_sided_mid = 1;  // mid-p (Lancaster 1961): half of the probability of what was seen; less conservative
    double improvement = 1;    // P(at least as many fixed)
    double regression = 1;     // P(at least as many broken)
    double log_two_sided = 0;
    double log_improvement = 0;
    double log_regression = 0;
};

McNemar mcnemar(const PairedCounts& counts);

}  // namespace countersign::gate
