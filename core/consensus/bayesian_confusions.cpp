#include "core/consensus/bayesian_confusions.h"

#include "core/consensus/dawid_skene.h"
#include "core/stats/special.h"

namespace countersign::consensus {

Consensus bayesian_confusions(const stats::AnswerTable& table, const Evidence& evidence, const IterationLimits& limits,
                              const DirichletPriors& priors) {
    Expectation em(table, evidence);
    const size_t labels = table.labels();
    auto expect = [labels, &priors](Expectation& at) {
        for (size_t j = 0; j < at.reviewers(); ++j) {
            for (size_t k = 0; k < labels; ++k) {
                double row = 0;
                for (size_t l = 0; l < labels; ++l) {
                    const double n = at.counts(j, l)[k] + (l == k ? priors.right : priors.wrong);
                    at.log_likelihood(j, l)[k] = stats::digamma(n);
                    row += n;
                }
                const double whole = stats::digamma(row);
                for (size_t l = 0; l < labels; ++l) {
                    at.log_likelihood(j, l)[k] -= whole;
                }
            }
        }
        const double whole = stats::digamma(at.answered() + (priors.classes * static_cast<double>(labels)));
        for (size_t k = 0; k < labels; ++k) {
            at.log_prior()[k] = stats::digamma(at.class_counts()[k] + priors.classes) - whole;
        }
    };
    em.run(limits, expect);
    Consensus out = std::move(em).take(Method::bayesian_confusions, {});
    out.skill = expected_skill(out);
    return out;
}

}  // namespace countersign::consensus
