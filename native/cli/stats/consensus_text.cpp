#include "native/cli/stats/consensus_text.h"

#include <algorithm>
#include <numeric>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using consensus::Choice;
using consensus::ChoiceState;
using consensus::ReviewerSkill;

constexpr size_t kReviewersShown = 20;
constexpr size_t kItemsShown = 10;

std::string_view state_name(ChoiceState state) {
    switch (state) {
        case ChoiceState::chosen: return "chosen";
        case ChoiceState::tied: return "tied";
        case ChoiceState::unanswered: return "unanswered";
    }
    return "";
}

struct ItemCounts {
    size_t tied = 0;
    size_t unanswered = 0;
};

ItemCounts count_items(const ConsensusOutcome& outcome) {
    ItemCounts out;
    for (size_t item = 0; item < outcome.table.items(); ++item) {
        const ChoiceState state = choose(outcome.guarded.consensus, outcome.table, item).state;
        out.tied += state == ChoiceState::tied ? 1 : 0;
        out.unanswered += state == ChoiceState::unanswered ? 1 : 0;
    }
    return out;
}

// Those with the most answers first.
std::vector<size_t> by_answers(const std::vector<ReviewerSkill>& reviewers) {
    std::vector<size_t> order(reviewers.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, std::greater(), [&reviewers](size_t i) { return reviewers[i].answers; });
    return order;
}

std::string reviewers_text(const ConsensusOutcome& outcome) {
    if (outcome.reviewers.empty()) {
        return "\nThis method knows no confusions, so it says nothing about reviewers' skill.\n";
    }
    TextTable table;
    table.row({"  reviewer", "answers", "skill", "95 % interval"});
    const std::vector<size_t> order = by_answers(outcome.reviewers);
    for (size_t i = 0; i < std::min(order.size(), kReviewersShown); ++i) {
        const ReviewerSkill& skill = outcome.reviewers[order[i]];
        table.row({concat("  ", outcome.named.reviewers.names()[order[i]]), grouped(skill.answers), fixed(skill.mean),
                   concat(fixed(skill.low), " to ", fixed(skill.high))});
    }
    const size_t rest = order.size() - std::min(order.size(), kReviewersShown);
    return concat("\nreviewers, judged by the others' answers\n", table.text(),
                  rest == 0 ? "" : concat("  and ", grouped(rest), " more (--json has all)\n"));
}

std::string overruled_text(const ConsensusOutcome& outcome) {
    const std::vector<uint32_t>& items = outcome.guarded.overruled;
    if (items.empty()) {
        return {};
    }
    std::string out =
        concat(grouped(items.size()), " items are decided against three reviewers or more who all agree:");
    for (size_t i = 0; i < std::min(items.size(), kItemsShown); ++i) {
        out += concat(i == 0 ? " '" : ", '", outcome.named.items.names()[items[i]], "'");
    }
    return out + (items.size() > kItemsShown ? ", ...\n" : "\n");
}

std::string accuracy_text(const Accuracy& accuracy) {
    if (accuracy.judged == 0) {
        return "none of the known labels is of an item that was answered\n";
    }
    std::string out = concat(percent(accuracy.right / static_cast<double>(accuracy.judged)), " of ",
                             grouped(accuracy.judged), " items with a known label are right; a tie counts its part\n");
    if (accuracy.unknown > 0) {
        out += concat(grouped(accuracy.unknown), " known labels are of items or labels that no answer has\n");
    }
    return out;
}

void write_item(JsonWriter& json, const ConsensusOutcome& outcome, size_t item) {
    const Choice choice = choose(outcome.guarded.consensus, outcome.table, item);
    json.begin_object().member("item", outcome.named.items.names()[item]);
    json.member("state", state_name(choice.state));
    if (choice.state == ChoiceState::chosen) {
        json.member("label", outcome.named.labels[choice.label]);
    }
    json.member("answers", static_cast<int64_t>(outcome.table.of_item(item).size())).name("posterior").begin_object();
    for (size_t label = 0; label < outcome.named.labels.size(); ++label) {
        member(json, outcome.named.labels[label],
               std::min(outcome.guarded.consensus.of_item(item)[label], consensus::kMostShown));
    }
    json.end_object().end_object();
}

void write_reviewer(JsonWriter& json, const ConsensusOutcome& outcome, size_t reviewer) {
    const ReviewerSkill& skill = outcome.reviewers[reviewer];
    json.begin_object().member("reviewer", outcome.named.reviewers.names()[reviewer]);
    json.member("answers", static_cast<int64_t>(skill.answers));
    member(json, "right", skill.right);
    member(json, "skill", skill.mean);
    member(json, "low", skill.low);
    member(json, "high", skill.high);
    json.end_object();
}

}  // namespace

std::string consensus_text(const ConsensusOutcome& outcome) {
    const consensus::Consensus& consensus = outcome.guarded.consensus;
    std::string out = concat(
        grouped(outcome.table.items()), " items, ", grouped(outcome.named.reviewers.names().size()), " reviewers, ",
        grouped(outcome.table.all().size()), " answers, ", outcome.named.labels.size(), " labels\n");
    if (outcome.repeats > 0) {
        out += concat(grouped(outcome.repeats),
                      " earlier answers of a reviewer on the same item are not counted: the last one is\n");
    }
    for (const consensus::Fallback& fallback : outcome.guarded.fallbacks) {
        out += concat(sentence(fallback), '\n');
    }
    out += concat("by ", method_name(consensus.method), ", ", consensus.iterations,
                  consensus.converged ? " iterations\n" : " iterations, not yet settled\n");
    const ItemCounts counts = count_items(outcome);
    out += concat(grouped(outcome.table.items() - counts.tied - counts.unanswered), " items have a label, ",
                  grouped(counts.tied), " are tied and need somebody to adjudicate\n");
    out += overruled_text(outcome);
    out += outcome.accuracy ? accuracy_text(*outcome.accuracy) : std::string();
    return out + reviewers_text(outcome);
}

std::string consensus_json(const ConsensusOutcome& outcome) {
    const consensus::Consensus& consensus = outcome.guarded.consensus;
    JsonWriter json;
    json.begin_object().member("method", method_name(consensus.method));
    json.member("iterations", static_cast<int64_t>(consensus.iterations));
    json.member_bool("converged", consensus.converged).name("fallbacks").begin_array();
    for (const consensus::Fallback& fallback : outcome.guarded.fallbacks) {
        json.text(sentence(fallback));
    }
    json.end_array().name("overruled").begin_array();
    for (const uint32_t item : outcome.guarded.overruled) {
        json.text(outcome.named.items.names()[item]);
    }
    json.end_array();
    if (outcome.accuracy) {
        json.name("truth").begin_object().member("judged", static_cast<int64_t>(outcome.accuracy->judged));
        member(json, "right", outcome.accuracy->right);
        json.end_object();
    }
    json.name("items").begin_array();
    for (size_t item = 0; item < outcome.table.items(); ++item) {
        write_item(json, outcome, item);
    }
    json.end_array().name("reviewers").begin_array();
    for (size_t reviewer = 0; reviewer < outcome.reviewers.size(); ++reviewer) {
        write_reviewer(json, outcome, reviewer);
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

std::string consensus_csv(const ConsensusOutcome& outcome) {
    std::string out = "item,label,posterior,state,answers\n";
    for (size_t item = 0; item < outcome.table.items(); ++item) {
        const Choice choice = choose(outcome.guarded.consensus, outcome.table, item);
        const bool chosen = choice.state == ChoiceState::chosen;
        out += concat(csv_field(outcome.named.items.names()[item]), ',',
                      chosen ? csv_field(outcome.named.labels[choice.label]) : "", ',', fixed(choice.shown, 6), ',',
                      state_name(choice.state), ',', outcome.table.of_item(item).size(), '\n');
    }
    return out;
}

std::string explanation_text(const ConsensusOutcome& outcome, uint32_t item) {
    const auto explanation = explain(outcome.guarded.consensus, outcome.table, item);
    const auto& labels = outcome.named.labels;
    std::string out =
        concat("item '", outcome.named.items.names()[item], "': '", labels[explanation.label_for], "' (",
               fixed(explanation.choice.shown, 4), ") before '", labels[explanation.label_against], "'\n");
    TextTable table;
    if (explanation.in_nats) {
        table.row({"  before any answer", "", fixed(explanation.prior_nats)});
    }
    for (const consensus::AnswerEvidence& evidence : explanation.answers) {
        table.row({concat("  ", outcome.named.reviewers.names()[evidence.answer.reviewer]),
                   labels[evidence.answer.label], fixed(explanation.in_nats ? evidence.nats : evidence.weight)});
    }
    if (explanation.in_nats) {
        table.row({"  together, in nats", "", fixed(explanation.total_nats)});
    }
    return out + table.text();
}

}  // namespace countersign::native
