#include "shell/session/others.h"

#include "core/base/utf8.h"
#include "core/routing/route.h"
#include "core/workflow/adjudicate.h"
#include "core/workflow/resolve.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kQuote_characters = 160;

OthersDecision decision_of(const Workplace& work, const LoadedItem& item, const Review& review) {
    OthersDecision out;
    out.who = review.reviewer.text;
    out.when = ago_words(work.texts, std::min(review.claimed_at, review.recorded_at), work.clock.now());
    out.verdict = verdict_model(review.draft.verdict);
    if (const LabelId label = label_of(review, item.state); !label.empty()) {
        out.label = label_model(*item.policy, label);
    }
    for (const std::string& code : review.draft.rationale.codes) {
        out.reasons.push_back(item.policy->reason_path(code));
    }
    out.text = committed_text(work.database(), review.text);
    for (const Evidence& evidence : review.draft.rationale.evidence) {
        const std::string_view text = text_at(item.document, evidence.field);
        const size_t begin = utf8::byte_offset(text, evidence.begin);
        const size_t end = utf8::byte_offset(text, evidence.end);
        out.quotes.push_back(utf8::shortened(text.substr(begin, end - begin), kQuote_characters));
    }
    const Review* settled = adjudication(item.state);
    out.settled = settled != nullptr && settled->id == review.id;
    return out;
}

}  // namespace

std::vector<OthersDecision> others_decisions(const Workplace& work, const LoadedItem& item) {
    const bool settled = item.state.resolution.status == ItemStatus::resolved;
    std::vector<OthersDecision> out;
    if (!settled && !may_adjudicate(item.state, work.person)) {
        return out;
    }
    for (const Review& review : item.state.reviews) {
        const bool said = review.standing == DecisionStanding::effective || review.standing == DecisionStanding::extra;
        if (said && review.reviewer != work.person && review.draft.verdict != countersign::Verdict::skip) {
            out.push_back(decision_of(work, item, review));
        }
    }
    return out;
}

std::string waits_words(const Workplace& work, const ItemState& state) {
    if (state.resolution.status != ItemStatus::escalated) {
        return {};
    }
    if (!may_adjudicate(state, work.person)) {
        return {};  // which says why nothing can be decided here (full_screen.cpp)
    }
    const std::vector<const Review*> reviews = effective_reviews(state);
    if (!reviews.empty() && reviews.back()->draft.verdict == countersign::Verdict::escalate) {
        return work.texts(Text::settle_asked, reviews.back()->reviewer.text);
    }
    return std::string(work.texts(state.contradicted && reviews.empty() ? Text::settle_found : Text::settle_disagree));
}

}  // namespace countersign::shell
