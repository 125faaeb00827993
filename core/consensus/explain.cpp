#include "core/consensus/explain.h"

#include "core/base/check.h"
#include "core/stats/elementary.h"

namespace countersign::consensus {

namespace {

double nats(const Consensus& consensus, const stats::Answer& answer, uint32_t in_favour, uint32_t against) {
    if (!consensus.log_likelihood.empty()) {
        const size_t begin = ((answer.reviewer * consensus.labels) + answer.label) * consensus.labels;
        return consensus.log_likelihood[begin + in_favour] - consensus.log_likelihood[begin + against];
    }
    if (!consensus.ability.empty()) {
        // GLAD: ln p - ln((1 - p)/(C - 1)) for the label that was said.
        const double said = (consensus.ability[answer.reviewer] * consensus.ease[answer.item]) +
                            stats::log(static_cast<double>(consensus.labels - 1));
        return answer.label == in_favour ? said : answer.label == against ? -said : 0;
    }
    return 0;
}

}  // namespace

Explanation explain(const Consensus& consensus, const stats::AnswerTable& table, size_t item) {
    const Choice choice = choose(consensus, table, item);
    return explain(consensus, table, item, choice.label, choice.runner_up);
}

Explanation explain(const Consensus& consensus, const stats::AnswerTable& table, size_t item, uint32_t label_for,
                    uint32_t label_against) {
    CS_CHECK(label_for < consensus.labels && label_against < consensus.labels);
    Explanation out{.choice = choose(consensus, table, item),
                    .label_for = label_for,
                    .label_against = label_against,
                    .in_nats = !consensus.log_prior.empty(),
                    .answers = {}};
    if (out.in_nats) {
        const size_t row = consensus.log_prior.size() > consensus.labels ? item * consensus.labels : 0;
        out.prior_nats = consensus.log_prior[row + label_for] - consensus.log_prior[row + label_against];
    }
    out.total_nats = out.prior_nats;
    for (const stats::Answer& answer : table.of_item(item)) {
        AnswerEvidence& part = out.answers.emplace_back(AnswerEvidence{.answer = answer});
        part.nats = label_for == label_against ? 0 : nats(consensus, answer, label_for, label_against);
        part.weight = consensus.method == Method::majority ? 1 : consensus.skill[answer.reviewer];
        out.total_nats += part.nats;
    }
    return out;
}

}  // namespace countersign::consensus
