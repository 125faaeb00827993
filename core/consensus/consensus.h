#pragma once
// What several reviewers' answers on the same items add up to. One result for every method, so that whoever shows it
// need not know how it came about; majority.h, dawid_skene.h, hierarchical.h and the others each make one.
//
// Labels are numbers below the schema's count, items and reviewers below the table's (core/stats/answers.h). Nothing
// here draws lots: a tie stays a tie and says so.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/stats/answers.h"

namespace countersign::consensus {

enum class Method {
    majority,
    wawa,
    dawid_skene,
    hierarchical,
    hierarchical_with_wawa,
    one_coin,
    bayesian_confusions,
    glad,
    weighted_average,
    ordinal,
};

// "majority vote", "hierarchical Dawid-Skene": for people.
std::string_view method_name(Method method);

struct Consensus {
    Method method = Method::majority;
    size_t labels = 0;
    // Item-major, each item's summing to 1. Without an answer: what is known without one (the class prior, or each
    // label alike), which is no consensus; choose() says so.
    std::vector<double> posterior = {};
    // Share of each label among the items with answers.
    std::vector<double> class_prior = {};
    // Per reviewer the estimated probability of a right answer; of a reviewer without answers what the method
    // assumes, or 0 where it assumes nothing (Wawa).
    std::vector<double> skill = {};
    // ln P(answer | truth), ordered [reviewer][answer][truth], exactly as the posterior was computed from it. Empty for
    // methods that have no such thing: majority, Wawa, BWA; GLAD's depends on the item.
    std::vector<double> log_likelihood = {};
    // ln of what was believed of each item before its answers: one row for all, or a row an item (a model's vote, an
    // item's difficulty). Empty like log_likelihood.
    std::vector<double> log_prior = {};
    // GLAD only: of each reviewer alpha, of each item exp(b), the inverse of its difficulty. P(right) is the logistic
    // function of their product.
    std::vector<double> ability = {};
    std::vector<double> ease = {};
    size_t iterations = 0;
    bool converged = true;

    size_t items() const { return posterior.size() / labels; }

    std::span<const double> of_item(size_t item) const { return std::span(posterior).subspan(item * labels, labels); }

    // P(answer | truth) of this reviewer; CS_CHECKs that the method has confusion matrices.
    double confusion(size_t reviewer, size_t truth, size_t answer) const;
};

// Posteriors closer together than this are a tie: it is above what rounding does to equal sums in another order.
inline constexpr double kTie = 1e-9;
// No posterior is shown as more certain than this: the models know nothing of common mistakes of all reviewers.
inline constexpr double kMostShown = 0.9999;

enum class ChoiceState { chosen, tied, unanswered };

struct Choice {
    ChoiceState state = ChoiceState::unanswered;
    uint32_t label = 0;      // the lowest of those with the largest posterior
    uint32_t runner_up = 0;  // the best of the others; `label` itself when there is only one label
    uint32_t tied = 0;       // how many labels share the largest posterior
    double shown = 0;        // its posterior, at most kMostShown
};

// Tied: adjudicate, never toss a coin. An item without answers is unanswered whatever its posterior.
Choice choose(const Consensus& consensus, const stats::AnswerTable& table, size_t item);

// Items whose truth is known, because somebody planted them or adjudicated: their posterior is fixed there.
struct KnownTruth {
    uint32_t item = 0;
    uint32_t label = 0;
};

}  // namespace countersign::consensus
