#pragma once
// A model as one more voter, and when enough reviewers have been asked (Kerrigan, Smyth and Steyvers, "Combining human
// predictions with model probabilities via confusion matrices and calibration", NeurIPS 2021):
//   ln p(k) = ln softmax(logits / T)_k + sum over votes of ln theta_k,vote
// with theta learnt on other items. Asking goes on until one label is sure enough; that needs far fewer votes than a
// fixed number of them, and is more often right.
//
// Repeats of one model version are one vote: its errors repeat too.

#include <cstdint>
#include <span>
#include <vector>

#include "core/stats/answers.h"

namespace countersign::consensus {

// ln softmax(logits / temperature); temperature > 0. Probabilities p count as logits ln p.
void log_softmax(std::span<const double> logits, double temperature, std::span<double> out);

// P(answer | truth) of anonymous reviewers, all with the same confusions: counted on items whose truth is known,
// `smoothing` added to each entry. By [truth][answer]; add_answers may be called for any number of items.
class PooledConfusions {
public:
    explicit PooledConfusions(size_t labels, double smoothing = 1);

    void add_answers(uint32_t truth, uint32_t answer, double count = 1);

    size_t labels() const { return labels_; }

    // ln P(answer | truth); every row's probabilities sum to 1.
    double log_likelihood(uint32_t truth, uint32_t answer) const;

private:
    size_t labels_;
    std::vector<double> counts_;
    std::vector<double> rows_;
};

// What is believed of one item while votes come in.
class RunningPosterior {
public:
    // From a model's calibrated ln probabilities, or the ln of a class prior.
    explicit RunningPosterior(std::span<const double> log_prior);

    // P(vote | truth) of who voted, by truth.
    void add(std::span<const double> log_likelihood);
    void add(const PooledConfusions& confusions, uint32_t vote);

    size_t votes() const { return votes_; }

    std::vector<double> probabilities() const;
    // The largest of them, and its label (the lowest of several).
    double certainty() const;
    uint32_t label() const;

private:
    std::vector<double> logs_;
    size_t votes_ = 0;
};

struct StoppingRule {
    double certainty = 0.99;  // enough when one label is this sure,
    size_t least_votes = 0;   // and so many reviewers have been asked;
    size_t most_votes = 10;   // nobody is asked beyond these
};

enum class AskNext { enough, another, out_of_votes };

// out_of_votes: the item is as unsure as it is, and wants adjudication.
AskNext ask_next(const RunningPosterior& posterior, const StoppingRule& rule);

}  // namespace countersign::consensus
