#include "core/consensus/dawid_skene.h"

#include <algorithm>

#include "core/stats/elementary.h"

namespace countersign::consensus {

namespace {

constexpr double kLeast = 1e-10;

void maximise(Expectation& em) {
    const size_t labels = em.labels();
    for (size_t j = 0; j < em.reviewers(); ++j) {
        for (size_t k = 0; k < labels; ++k) {
            double row = 0;
            for (size_t l = 0; l < labels; ++l) {
                row += em.counts(j, l)[k] + kLeast;
            }
            for (size_t l = 0; l < labels; ++l) {
                em.log_likelihood(j, l)[k] = stats::log((em.counts(j, l)[k] + kLeast) / row);
            }
        }
    }
    for (size_t k = 0; k < labels; ++k) {
        const double all = em.answered() + (static_cast<double>(labels) * kLeast);
        em.log_prior()[k] = stats::log((em.class_counts()[k] + kLeast) / all);
    }
}

}  // namespace

std::vector<double> expected_skill(const Consensus& consensus) {
    const size_t labels = consensus.labels;
    std::vector<double> out(consensus.log_likelihood.size() / (labels * labels), 0);
    for (size_t j = 0; j < out.size(); ++j) {
        for (size_t k = 0; k < labels; ++k) {
            out[j] += consensus.class_prior[k] * consensus.confusion(j, k, k);
        }
    }
    return out;
}

Consensus dawid_skene(const stats::AnswerTable& table, const Evidence& evidence, const IterationLimits& limits) {
    Expectation em(table, evidence);
    em.run(limits, maximise);
    Consensus out = std::move(em).take(Method::dawid_skene, {});
    out.skill = expected_skill(out);
    return out;
}

}  // namespace countersign::consensus
