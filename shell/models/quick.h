#pragma once
// One card, one key a decision.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

struct QuickCard {
    std::string item;  // id
    std::string text;
    std::vector<std::string> facts;  // "received 11:58", "web form"
    LabelModel label;                // predicted
    ConfidenceModel confidence;
    std::vector<ScoreModel> others;  // runners-up, best first
    RoutingModel routing;
    DueModel due;
    std::vector<std::string> notes;  // contextual notes of the policy
    std::string given_back;          // a sentence: why one is asked again; empty: one is not
    std::string held_words;          // a sentence: somebody else is at it; empty: nobody
    bool blind = false;              // the prediction is hidden: label, confidence, others and routing are empty
};

struct RecentDecision {
    std::string item;
    Verdict verdict = Verdict::accept;
    std::string label;  // what it came to
    FateModel fate;
};

struct QuickModel {
    std::string project;
    LoadModel load;
    int64_t done = 0;
    int64_t total = 0;
    std::optional<QuickCard> current;
    std::optional<QuickCard> next;       // shown in the same frame in which the current one is decided
    std::vector<LabelModel> labels;      // to correct to; the first ten by key
    std::vector<RecentDecision> recent;  // newest first
    bool can_undo = false;
    bool can_reject = true;
    bool can_escalate = true;
    std::string notice;  // a sentence that stands above the card: an item was withdrawn, a decision was refused
};

}  // namespace countersign::shell
