#include "shell/session/given_back.h"

#include <algorithm>

#include "core/rationale/reasons.h"
#include "core/store/items.h"
#include "core/workflow/resolve.h"

namespace countersign::shell {

namespace {

const Review* newest(const ItemState& state, const ActorId& person, DecisionStanding standing) {
    const auto found = std::find_if(state.reviews.rbegin(), state.reviews.rend(), [&](const Review& review) {
        return review.reviewer == person && review.standing == standing &&
               review.draft.verdict != countersign::Verdict::skip;
    });
    return found == state.reviews.rend() ? nullptr : &*found;
}

// Accepting and correcting are said of a prediction, which may be another by now: what stays is the label.
void choose_label(const LoadedItem& item, const Review& review, Draft& draft) {
    const LabelId meant = label_of(review, item.state);
    draft.review.label = {};
    if (meant.empty()) {
        return;
    }
    if (meant == item.state.current().label) {
        draft.verdict = countersign::Verdict::accept;
    } else if (item.policy->label(meant) != nullptr) {
        draft.verdict = countersign::Verdict::correct;
        draft.review.label = meant;
    } else {
        draft.verdict.reset();
    }
}

void keep_answers(store::Database& database, const LoadedItem& item, const Review& review, Draft& draft) {
    draft.review.answers.clear();
    const Checklist* checklist = item.policy->checklist_for(item.state.route());
    for (size_t i = 0; checklist != nullptr && i < review.draft.answers.size(); ++i) {
        countersign::Answer answer = review.draft.answers[i];
        const bool asked = std::any_of(checklist->questions.begin(), checklist->questions.end(),
                                       [&](const Question& question) { return question.id == answer.question; });
        if (i < review.answer_texts.size() && review.answer_texts[i]) {
            answer.value = committed_text(database, review.answer_texts[i]);
        }
        if (asked && !answer.value.empty()) {
            draft.review.answers.push_back(std::move(answer));
        }
    }
}

}  // namespace

const Review* given_back(const ItemState& state, const ActorId& person) {
    return newest(state, person, DecisionStanding::reconfirm);
}

const Review* decided_by(const ItemState& state, const ActorId& person) {
    return newest(state, person, DecisionStanding::effective);
}

Draft draft_again(store::Database& database, const LoadedItem& item, const Review& review) {
    Draft out;
    out.verdict = review.draft.verdict;
    out.review = review.draft;
    out.review.active_ms = 0;
    choose_label(item, review, out);
    keep_answers(database, item, review, out);
    const std::vector<const countersign::ReasonCode*> usable =
        usable_codes(*item.policy, out.verdict.value_or(countersign::Verdict::accept));
    std::erase_if(out.review.rationale.codes, [&](const std::string& code) {
        return std::none_of(usable.begin(), usable.end(),
                            [&](const countersign::ReasonCode* one) { return one->id == code; });
    });
    out.review.rationale.text = committed_text(database, review.text);
    return out;
}

}  // namespace countersign::shell
