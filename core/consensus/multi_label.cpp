#include "core/consensus/multi_label.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/consensus/collapse.h"
#include "core/consensus/hierarchical.h"

namespace countersign::consensus {

namespace {

// As an answer to `question`: 1 where `label` is among those said, else 0.
void ask(const LabelSet& said, uint32_t label, uint32_t question, std::vector<stats::Answer>& out) {
    const bool present = std::ranges::find(said.labels, label) != said.labels.end();
    out.push_back({question, said.reviewer, present ? 1U : 0U});
}

}  // namespace

MultiLabelConsensus multi_label(std::span<const LabelSet> answers, size_t items, size_t reviewers, size_t labels,
                                const IterationLimits& limits) {
    const auto count = static_cast<uint32_t>(labels);
    std::vector<stats::Answer> rows;
    rows.reserve(answers.size() * labels);
    for (const LabelSet& said : answers) {
        CS_CHECK(std::ranges::all_of(said.labels, [count](uint32_t label) { return label < count; }));
        for (uint32_t label = 0; label < count; ++label) {
            ask(said, label, (said.item * count) + label, rows);
        }
    }
    // 1. All questions at once: how good each reviewer is.
    const stats::AnswerTable all(rows, items * labels, reviewers, 2);
    const Consensus together = hierarchical(all, {}, {.limits = limits});
    const SharedSkill shared{.reviewers = together.skill, .crowd = mean_skill(together, all)};
    // 2. Each label on its own, with that.
    MultiLabelConsensus out{.labels = labels, .present = std::vector<double>(items * labels), .skill = together.skill};
    for (uint32_t label = 0; label < count; ++label) {
        rows.clear();
        for (const LabelSet& said : answers) {
            ask(said, label, said.item, rows);
        }
        const stats::AnswerTable one(rows, items, reviewers, 2);
        const Consensus found =
            hierarchical(one, {}, {.skill = all.all().empty() ? SharedSkill{} : shared, .limits = limits});
        for (size_t item = 0; item < items; ++item) {
            out.present[(item * labels) + label] = found.of_item(item)[1];
        }
    }
    return out;
}

}  // namespace countersign::consensus
