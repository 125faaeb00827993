#include "core/consensus/hierarchical.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/consensus/error_spread.h"
#include "core/consensus/majority.h"
#include "core/stats/elementary.h"
#include "core/stats/logistic.h"

namespace countersign::consensus {

namespace {

// The maximisation step, with what it needs between two rounds allocated once.
class Hierarchy {
public:
    Hierarchy(const Expectation& em, const HierarchicalOptions& options)
        : options_(options),
          labels_(em.labels()),
          skill_(em.reviewers()),
          ease_logit_(labels_),
          pooled_(labels_ * labels_),
          spread_(em.reviewers(), labels_) {}

    void operator()(Expectation& em) {
        pool(em);
        rate(em);
        if (options_.confusions == Confusions::of_the_crowd) {
            spread_.learn_crowd(pooled_);
        } else {
            spread_.learn_distances(em);
        }
        for (size_t j = 0; j < em.reviewers(); ++j) {
            for (size_t k = 0; k < labels_; ++k) {
                fill_row(em, j, k);
            }
        }
        const double all = em.answered() + static_cast<double>(labels_);
        for (size_t k = 0; k < labels_; ++k) {
            em.log_prior()[k] = stats::log((em.class_counts()[k] + 1) / all);
        }
    }

    std::vector<double> take_skill() && { return std::move(skill_); }

private:
    // N_kl, by [truth][answer].
    void pool(const Expectation& em) {
        std::ranges::fill(pooled_, 0);
        for (size_t j = 0; j < em.reviewers(); ++j) {
            for (size_t l = 0; l < labels_; ++l) {
                const std::span<const double> n = em.counts(j, l);
                for (size_t k = 0; k < labels_; ++k) {
                    pooled_[(k * labels_) + l] += n[k];
                }
            }
        }
    }

    // g, d_k and p_j.
    void rate(const Expectation& em) {
        double right = 0;
        double all = 0;
        for (size_t k = 0; k < labels_; ++k) {
            double row = 0;
            for (size_t l = 0; l < labels_; ++l) {
                row += pooled_[(k * labels_) + l];
            }
            const double diagonal = pooled_[(k * labels_) + k];
            ease_logit_[k] = stats::logit((diagonal + 1) / (row + 2));
            right += diagonal;
            all += row;
        }
        if (!options_.skill.reviewers.empty()) {
            crowd_logit_ = stats::logit(std::clamp(options_.skill.crowd, 1e-4, 1 - 1e-4));
            std::ranges::copy(options_.skill.reviewers, skill_.begin());
            return;
        }
        const double crowd = (right + 1) / (all + 2);
        crowd_logit_ = stats::logit(crowd);
        for (size_t j = 0; j < skill_.size(); ++j) {
            double own_right = 0;
            double own = 0;
            for (size_t l = 0; l < labels_; ++l) {
                const std::span<const double> n = em.counts(j, l);
                own_right += n[l];
                for (const double count : n) {
                    own += count;
                }
            }
            const double strength = options_.skill_strength;
            skill_[j] = std::clamp((own_right + (strength * crowd)) / (own + strength), 1e-4, 1 - 1e-4);
        }
    }

    void fill_row(Expectation& em, size_t j, size_t k) {
        const double right = stats::sigmoid(stats::logit(skill_[j]) + ease_logit_[k] - crowd_logit_);
        double row = 0;
        for (size_t l = 0; l < labels_; ++l) {
            const double expected = l == k ? right : (1 - right) * spread_.share(j, k, l);
            const double theta = em.counts(j, l)[k] + (options_.strength * expected);
            em.log_likelihood(j, l)[k] = theta;
            row += theta;
        }
        const double log_row = stats::log(row);
        for (size_t l = 0; l < labels_; ++l) {
            double& entry = em.log_likelihood(j, l)[k];
            entry = stats::log(entry) - log_row;
        }
    }

    const HierarchicalOptions& options_;
    size_t labels_;
    double crowd_logit_ = 0;
    std::vector<double> skill_;
    std::vector<double> ease_logit_;
    std::vector<double> pooled_;
    ErrorSpread spread_;
};

}  // namespace

Consensus hierarchical(const stats::AnswerTable& table, const Evidence& evidence, const HierarchicalOptions& options) {
    CS_CHECK(options.skill.reviewers.empty() || options.skill.reviewers.size() == table.reviewers());
    Expectation em(table, evidence);
    Hierarchy model(em, options);
    em.run(options.limits, model);
    const bool ordered = options.confusions == Confusions::of_neighbours;
    return std::move(em).take(ordered ? Method::ordinal : Method::hierarchical, std::move(model).take_skill());
}

Consensus hierarchical_with_wawa(const stats::AnswerTable& table, const Evidence& evidence,
                                 const HierarchicalOptions& options) {
    Consensus out = hierarchical(table, evidence, options);
    out.method = Method::hierarchical_with_wawa;
    const Consensus weighted = wawa(table);
    for (size_t i = 0; i < out.posterior.size(); ++i) {
        if (!table.of_item(i / out.labels).empty()) {
            out.posterior[i] = (out.posterior[i] + weighted.posterior[i]) / 2;
        }
    }
    for (const KnownTruth& known : evidence.known) {
        for (size_t k = 0; k < out.labels; ++k) {
            out.posterior[(known.item * out.labels) + k] = k == known.label ? 1 : 0;
        }
    }
    return out;
}

}  // namespace countersign::consensus
