#include "core/consensus/reviewer_skill.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::consensus {

namespace {

// P(truth is what was said), by the others' answers alone.
class OthersOnly {
public:
    OthersOnly(const Consensus& consensus, const stats::AnswerTable& table)
        : consensus_(consensus), table_(table), whole_(consensus.labels), rest_(consensus.labels) {
        CS_CHECK(!consensus.log_likelihood.empty());
    }

    void begin(size_t item) {
        const size_t labels = consensus_.labels;
        const size_t row = consensus_.log_prior.size() > labels ? item * labels : 0;
        for (size_t k = 0; k < labels; ++k) {
            whole_[k] = consensus_.log_prior[row + k];
        }
        for (const stats::Answer& answer : table_.of_item(item)) {
            for (size_t k = 0; k < labels; ++k) {
                whole_[k] += said(answer, k);
            }
        }
    }

    double right(const stats::Answer& own) {
        for (size_t k = 0; k < rest_.size(); ++k) {
            rest_[k] = whole_[k];
        }
        // All that this reviewer said about the item, should it be more than one answer.
        for (const stats::Answer& answer : table_.of_item(own.item)) {
            for (size_t k = 0; k < rest_.size() && answer.reviewer == own.reviewer; ++k) {
                rest_[k] -= said(answer, k);
            }
        }
        return stats::exp(rest_[own.label] - stats::log_sum_exp(rest_));
    }

private:
    double said(const stats::Answer& answer, size_t truth) const {
        const size_t labels = consensus_.labels;
        return consensus_.log_likelihood[(((answer.reviewer * labels) + answer.label) * labels) + truth];
    }

    const Consensus& consensus_;
    const stats::AnswerTable& table_;
    std::vector<double> whole_;
    std::vector<double> rest_;
};

// Expected right answers per reviewer.
void count_right(const Consensus& consensus, const stats::AnswerTable& table, const SkillOptions& options,
                 std::vector<ReviewerSkill>& out) {
    std::vector<int64_t> known(table.items(), -1);
    for (const KnownTruth& truth : options.known) {
        CS_CHECK(truth.item < table.items() && truth.label < table.labels());
        known[truth.item] = truth.label;
    }
    const bool counted = options.own == OwnAnswers::counted;
    std::vector<OthersOnly> others;
    if (!counted) {
        others.emplace_back(consensus, table);
    }
    for (size_t item = 0; item < table.items(); ++item) {
        if (!counted && known[item] < 0) {
            others[0].begin(item);
        }
        for (const stats::Answer& answer : table.of_item(item)) {
            ReviewerSkill& skill = out[answer.reviewer];
            ++skill.answers;
            if (known[item] >= 0) {
                skill.right += answer.label == known[item] ? 1 : 0;
            } else {
                skill.right += counted ? consensus.of_item(item)[answer.label] : others[0].right(answer);
            }
        }
    }
}

}  // namespace

std::vector<ReviewerSkill> reviewer_skills(const Consensus& consensus, const stats::AnswerTable& table,
                                           const SkillOptions& options) {
    CS_CHECK(options.level > 0 && options.level < 1 && options.strength > 0);
    std::vector<ReviewerSkill> out(table.reviewers());
    count_right(consensus, table, options, out);
    double right = 1;
    double all = 2;
    for (const ReviewerSkill& skill : out) {
        right += skill.right;
        all += static_cast<double>(skill.answers);
    }
    const double crowd = right / all;
    for (ReviewerSkill& skill : out) {
        const double a = skill.right + (options.strength * crowd);
        // Rounding may take a hair more than the answers for right.
        const double wrong = std::max(0.0, static_cast<double>(skill.answers) - skill.right);
        const double b = wrong + (options.strength * (1 - crowd));
        skill.mean = a / (a + b);
        skill.low = stats::beta_quantile((1 - options.level) / 2, a, b);
        skill.high = stats::beta_quantile((1 + options.level) / 2, a, b);
    }
    return out;
}

std::vector<double> crowd_confusions(const Consensus& consensus, const stats::AnswerTable& table) {
    const size_t labels = consensus.labels;
    std::vector<double> answers(table.reviewers(), 0);
    for (const stats::Answer& answer : table.all()) {
        answers[answer.reviewer] += 1;
    }
    const double all = static_cast<double>(table.all().size());
    std::vector<double> out(labels * labels, all > 0 ? 0 : 1 / static_cast<double>(labels));
    for (size_t j = 0; j < answers.size(); ++j) {
        for (size_t cell = 0; cell < out.size() && answers[j] > 0; ++cell) {
            out[cell] += answers[j] / all * consensus.confusion(j, cell / labels, cell % labels);
        }
    }
    return out;
}

double bias(const Consensus& consensus, std::span<const double> crowd, size_t reviewer, size_t truth, size_t answer) {
    CS_CHECK(crowd.size() == consensus.labels * consensus.labels);
    return stats::log(consensus.confusion(reviewer, truth, answer)) -
           stats::log(crowd[(truth * consensus.labels) + answer]);
}

double leniency(const Consensus& consensus, std::span<const double> crowd, size_t reviewer, size_t label) {
    CS_CHECK(crowd.size() == consensus.labels * consensus.labels);
    double more = 0;
    double others = 0;
    for (size_t truth = 0; truth < consensus.labels; ++truth) {
        if (truth != label) {
            const double share = consensus.class_prior[truth];
            more += share * (consensus.confusion(reviewer, truth, label) - crowd[(truth * consensus.labels) + label]);
            others += share;
        }
    }
    return others > 0 ? more / others : 0;
}

}  // namespace countersign::consensus
