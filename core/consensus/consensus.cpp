#include "core/consensus/consensus.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/elementary.h"

namespace countersign::consensus {

std::string_view method_name(Method method) {
    switch (method) {
        case Method::majority: return "majority vote";
        case Method::wawa: return "vote weighted by agreement (Wawa)";
        case Method::dawid_skene: return "Dawid-Skene";
        case Method::hierarchical: return "hierarchical Dawid-Skene";
        case Method::hierarchical_with_wawa: return "hierarchical Dawid-Skene with Wawa";
        case Method::one_coin: return "one coin a reviewer";
        case Method::bayesian_confusions: return "independent Bayesian classifier combination (iBCC)";
        case Method::glad: return "abilities and difficulties (GLAD)";
        case Method::weighted_average: return "Bayesian weighted average (BWA)";
        case Method::ordinal: return "ordinal hierarchical Dawid-Skene";
    }
    CS_CHECK(false);
}

double Consensus::confusion(size_t reviewer, size_t truth, size_t answer) const {
    CS_CHECK(!log_likelihood.empty());
    // Expected logarithms (iBCC) are no logarithms of probabilities: the row is normalised here.
    double sum = 0;
    double asked = 0;
    for (size_t said = 0; said < labels; ++said) {
        const double p = stats::exp(log_likelihood[(((reviewer * labels) + said) * labels) + truth]);
        sum += p;
        asked = said == answer ? p : asked;
    }
    return asked / sum;
}

Choice choose(const Consensus& consensus, const stats::AnswerTable& table, size_t item) {
    const std::span<const double> z = consensus.of_item(item);
    const double most = *std::ranges::max_element(z);
    Choice out{.label = static_cast<uint32_t>(z.size()), .shown = std::min(most, kMostShown)};
    for (size_t k = 0; k < z.size(); ++k) {
        if (z[k] >= most - kTie) {
            out.label = std::min(out.label, static_cast<uint32_t>(k));
            ++out.tied;
        }
    }
    out.runner_up = out.label;
    for (size_t k = 0; k < z.size(); ++k) {
        if (k != out.label && (out.runner_up == out.label || z[k] > z[out.runner_up])) {
            out.runner_up = static_cast<uint32_t>(k);
        }
    }
    if (!table.of_item(item).empty()) {
        out.state = out.tied > 1 ? ChoiceState::tied : ChoiceState::chosen;
    }
    return out;
}

}  // namespace countersign::consensus
