#pragma once
// Labels that were given and are probably wrong: confident learning (Northcutt, Jiang and Chuang, "Confident learning:
// estimating uncertainty in dataset labels", 2021), with pruning by noise rate. A model's probabilities say which
// labels it is confident of, each class by its own threshold; how often it is confident of another label than the given
// one says how many are wrong, and the most suspicious of each kind are named.
//
// Contract: probabilities of items that the model was not trained on (cross-validated); of a model that has seen the
// given labels nothing can be learnt about them. A row of at least two for each item, in [0, 1]. O(n K).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace countersign::label_errors {

struct GivenLabels {
    std::span<const uint32_t> given;        // of each item
    std::span<const double> probabilities;  // of item i from i * labels on
    size_t labels = 0;
};

struct Suspect {
    uint32_t item = 0;
    uint32_t given = 0;
    uint32_t likelier = 0;  // the most probable other label
    double margin = 0;      // probability of the given label less that of the likelier one: -1 to 1
};

// Counts of pairs of labels: how many items with the one as given have the other in truth.
class PairCounts {
public:
    explicit PairCounts(size_t labels) : labels_(labels), counts_(labels * labels, 0) {}

    size_t labels() const { return labels_; }

    int64_t& at(size_t given, size_t truth) { return counts_[(given * labels_) + truth]; }

    int64_t at(size_t given, size_t truth) const { return counts_[(given * labels_) + truth]; }

    // Those off the diagonal.
    int64_t wrong() const;

private:
    size_t labels_;
    std::vector<int64_t> counts_;
};

struct LabelErrors {
    // Mean probability of a label over the items it was given to; infinite for one that was given to none.
    std::vector<double> thresholds;
    // Items by given label and the label that the model is confident of: the most probable of those that reach their
    // thresholds. Items without such a label are not counted.
    PairCounts confident;
    // The same, each row scaled to all items with that given label (by largest remainders): the estimate.
    PairCounts estimated;
    // Of each pair of labels so many as are estimated, those with the largest p(truth) - p(given); none of labels that
    // were given to five items or fewer. Most suspicious first: by margin, then by item.
    std::vector<Suspect> suspects;
};

// CS_CHECKs the sizes.
LabelErrors find_label_errors(const GivenLabels& labels);

// Every item as if it were suspect, in the same order: for whoever wants to look at more.
std::vector<Suspect> rank_by_margin(const GivenLabels& labels);

}  // namespace countersign::label_errors
