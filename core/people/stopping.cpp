#include "core/people/stopping.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::people {

QuorumDecision decide_by_quorum(std::span<const uint32_t> answers, size_t labels, const QuorumRule& rule) {
    CS_CHECK(labels > 0 && rule.equal >= 1 && rule.equal <= rule.most);
    std::vector<size_t> counts(labels, 0);
    for (const uint32_t answer : answers) {
        ++counts.at(answer);
    }
    const auto best = std::ranges::max_element(counts);
    QuorumDecision out{.stop = Stop::ask_another,
                       .label = static_cast<uint32_t>(best - counts.begin()),
                       .equal = *best,
                       .answers = answers.size()};
    const size_t left = rule.most - std::min(rule.most, answers.size());
    if (out.equal >= rule.equal) {
        out.stop = Stop::settled;
    } else if (out.equal + left < rule.equal) {
        out.stop = Stop::out_of_answers;
    }
    return out;
}

PosteriorDecision decide_by_posterior(const consensus::RunningPosterior& posterior, std::span<const double> confusions,
                                      const PosteriorRule& rule) {
    CS_CHECK(rule.least <= rule.most && rule.cost >= 0);
    PosteriorDecision out{.stop = Stop::ask_another,
                          .label = posterior.label(),
                          .certainty = posterior.certainty(),
                          .answers = posterior.votes()};
    if (out.answers < rule.least) {
        return out;
    }
    if (out.certainty >= rule.certainty) {
        out.stop = Stop::settled;
        return out;
    }
    if (out.answers >= rule.most) {
        out.stop = Stop::out_of_answers;
        return out;
    }
    if (rule.cost > 0) {
        out.next = look_ahead(posterior.probabilities(), confusions, rule.most - out.answers, rule.cost);
        out.stop = out.next.answers == 0 ? Stop::not_worth_it : Stop::ask_another;
    }
    return out;
}

std::string sentence(const QuorumDecision& decision, const QuorumRule& rule, std::span<const std::string> labels) {
    CS_CHECK(decision.label < labels.size());
    const std::string best = concat("'", labels[decision.label], "' has ", decision.equal, " of ", rule.equal,
                                    " equal answers that are needed");
    switch (decision.stop) {
        case Stop::settled: return best;
        case Stop::out_of_answers:
            return concat("after ", decision.answers, " answers no label can have ", rule.equal, " of ", rule.most,
                          " any more; somebody has to adjudicate");
        default: return decision.answers == 0 ? "nobody has answered yet" : concat(best, "; another answer is needed");
    }
}

std::string sentence(const PosteriorDecision& decision, const PosteriorRule& rule,
                     std::span<const std::string> labels) {
    CS_CHECK(decision.label < labels.size());
    const auto three = [](double p) { return fixed_text(p, 3); };
    const std::string sure = concat("'", labels[decision.label], "' is ", three(decision.certainty), " sure");
    if (decision.answers < rule.least) {
        return concat(sure, "; ", rule.least, rule.least == 1 ? " answer is" : " answers are",
                      " asked for in any case, ", decision.answers, " given");
    }
    const std::string wanted = concat(sure, ", ", three(rule.certainty), " wanted");
    switch (decision.stop) {
        case Stop::settled: return wanted;
        case Stop::out_of_answers:
            return concat(wanted, "; after ", decision.answers, " answers somebody has to adjudicate");
        case Stop::not_worth_it: return concat(wanted, "; more answers would cost more than they are worth");
        case Stop::ask_another: break;
    }
    if (decision.next.answers == 0) {
        return concat(wanted, "; another answer is needed");
    }
    return concat(wanted, "; ", decision.next.answers,
                  decision.next.answers == 1 ? " more answer would make it " : " more answers would make it ",
                  three(decision.next.certainty));
}

}  // namespace countersign::people
