#include "core/consensus/one_coin.h"

#include <algorithm>

#include "core/stats/elementary.h"

namespace countersign::consensus {

namespace {

constexpr double kStrength = 10;  // of the crowd's skill on a reviewer's, in answers

class Coin {
public:
    Coin(const Expectation& em, ClassPrior prior)
        : prior_(prior), skill_(em.reviewers()), right_(em.reviewers()), answers_(em.reviewers()) {}

    void operator()(Expectation& em) {
        const size_t labels = em.labels();
        double crowd_right = 1;
        double crowd = 2;
        for (size_t j = 0; j < right_.size(); ++j) {
            right_[j] = 0;
            answers_[j] = 0;
            for (size_t l = 0; l < labels; ++l) {
                right_[j] += em.counts(j, l)[l];
                for (const double n : em.counts(j, l)) {
                    answers_[j] += n;
                }
            }
            crowd_right += right_[j];
            crowd += answers_[j];
        }
        for (size_t j = 0; j < skill_.size(); ++j) {
            const double p = (right_[j] + (kStrength * crowd_right / crowd)) / (answers_[j] + kStrength);
            skill_[j] = std::clamp(p, 1e-4, 1 - 1e-4);
            fill(em, j);
        }
        for (size_t k = 0; k < labels; ++k) {
            em.log_prior()[k] = prior_ == ClassPrior::uniform
                                    ? -stats::log(static_cast<double>(labels))
                                    : stats::log((em.class_counts()[k] + 1e-10) / (em.answered() + 1e-10));
        }
    }

    std::vector<double> take_skill() && { return std::move(skill_); }

private:
    void fill(Expectation& em, size_t j) const {
        const size_t labels = em.labels();
        const double right = labels > 1 ? stats::log(skill_[j]) : 0;
        const double wrong = labels > 1 ? stats::log((1 - skill_[j]) / static_cast<double>(labels - 1)) : 0;
        for (size_t l = 0; l < labels; ++l) {
            std::ranges::fill(em.log_likelihood(j, l), wrong);
            em.log_likelihood(j, l)[l] = right;
        }
    }

    ClassPrior prior_;
    std::vector<double> skill_;
    std::vector<double> right_;
    std::vector<double> answers_;
};

}  // namespace

Consensus one_coin(const stats::AnswerTable& table, const Evidence& evidence, const IterationLimits& limits,
                   ClassPrior prior) {
    Expectation em(table, evidence);
    Coin coin(em, prior);
    em.run(limits, coin);
    return std::move(em).take(Method::one_coin, std::move(coin).take_skill());
}

}  // namespace countersign::consensus
