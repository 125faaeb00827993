#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/checklist/answers.h"
#include "core/rationale/reasons.h"
#include "core/routing/route.h"
#include "core/workflow/decide_parts.h"

namespace countersign {

namespace {

void check_label(const LabelId& predicted, const Policy& policy, const ReviewDraft& draft,
                 std::vector<Shortfall>& out) {
    if (draft.verdict != Verdict::correct) {
        if (!draft.label.empty()) {
            out.push_back({"label", concat("a label goes with correct only, not with ", verdict_name(draft.verdict))});
        }
        return;
    }
    if (draft.label.empty()) {
        out.push_back({"label", "choose the right label"});
    } else if (policy.label(draft.label) == nullptr) {
        out.push_back({"label", concat("the policy has no label '", draft.label.text, "'")});
    } else if (draft.label == predicted) {
        out.push_back({"label", "this is the predicted label; accept it, or choose another"});
    }
}

// `predicted`: the label that the reviewer looked at.
std::vector<Shortfall> shortfalls(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                  const LabelId& predicted, size_t text_length) {
    std::vector<Shortfall> out;
    check_label(predicted, policy, draft, out);
    if (draft.verdict == Verdict::skip) {
        return out;
    }
    const TierDef* tier = policy.tier(state.route.tier);
    if (tier == nullptr) {
        return out;  // routed under an older policy whose tier is gone: nothing further is demanded
    }
    if (const Checklist* checklist = policy.checklist(tier->checklist)) {
        const std::vector<Shortfall> answers = checklist_shortfalls(*checklist, draft);
        out.insert(out.end(), answers.begin(), answers.end());
    } else if (!draft.answers.empty()) {
        out.push_back({"checklist", concat("the tier '", tier->id, "' has no checklist to answer")});
    }
    const std::vector<Shortfall> reasons = rationale_shortfalls(policy, tier->rationale, draft, text_length);
    out.insert(out.end(), reasons.begin(), reasons.end());
    return out;
}

// Marked places must be in a text that the document has; offsets are code points.
void check_evidence(const Json& document, const ReviewDraft& draft, std::vector<Shortfall>& out) {
    for (const Evidence& span : draft.rationale.evidence) {
        const std::string_view text = text_at(document, span.field);
        const size_t length = utf8::length(text);
        if (text.empty()) {
            out.push_back({"rationale.evidence", concat("the item has no text '", span.field, "' to mark")});
        } else if (span.end > length) {
            out.push_back(
                {"rationale.evidence", concat("the marked place ", span.begin, " to ", span.end, " is not in '",
                                              span.field, "', which has ", length, " characters")});
        }
    }
}

const Prediction* prediction_by_digest(const ItemState& state, const Digest& digest) {
    const auto found = std::find_if(state.predictions.begin(), state.predictions.end(),
                                    [&](const Prediction& one) { return prediction_digest(one) == digest; });
    return found == state.predictions.end() ? nullptr : &*found;
}

const Review* review_by_id(const ItemState& state, const OperationId& id) {
    const auto found =
        std::find_if(state.reviews.begin(), state.reviews.end(), [&](const Review& r) { return r.id == id; });
    return found == state.reviews.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Shortfall> review_shortfalls(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                         size_t text_length) {
    return shortfalls(state, policy, draft, state.current().label, text_length);
}

namespace workflow {

Decision decide_review(const ItemState& state, const Policy& policy, const SubmitReview& command,
                       const CommandContext& context) {
    if (review_by_id(state, context.operation) != nullptr) {
        return std::vector<EventBody>{};  // the same operation again
    }
    if (command.supersedes) {
        const Review* old = review_by_id(state, *command.supersedes);
        if (old == nullptr || old->reviewer != context.actor) {
            return fail(ErrorCode::failed_precondition, "only a review of one's own on this item can be replaced",
                        "supersedes");
        }
    }
    const Prediction* seen = prediction_by_digest(state, command.prediction);
    if (seen == nullptr) {
        return fail(ErrorCode::failed_precondition,
                    concat("the review is about a prediction that this item does not have (",
                           to_hex(command.prediction).substr(0, 12), ")"),
                    "prediction");
    }
    // Judged by the policy and the prediction that the reviewer saw; others that came meanwhile are no reason to refuse
    // (`policy` is the one that was seen).
    std::vector<Shortfall> missing = shortfalls(state, policy, command.draft, seen->label, 0);
    if (context.document != nullptr) {
        check_evidence(*context.document, command.draft, missing);
    }
    if (!missing.empty()) {
        std::string all;
        for (const Shortfall& one : missing) {
            all += concat(all.empty() ? "" : "; ", one.message);
        }
        return fail(ErrorCode::failed_precondition, std::move(all), missing.front().place);
    }
    Review review;
    review.id = context.operation;
    review.reviewer = context.actor;
    review.stream = context.stream;
    review.draft = command.draft;
    review.text = command.text;
    review.answer_texts = command.answer_texts;
    review.prediction = command.prediction;
    review.policy = command.policy;
    review.claimed_at = context.claimed_at;
    review.supersedes = command.supersedes;
    // What is committed to does not stand in the log in plain.
    review.draft.rationale.text.clear();
    for (size_t i = 0; i < review.answer_texts.size(); ++i) {
        if (review.answer_texts[i]) {
            review.draft.answers[i].value.clear();
        }
    }
    return std::vector<EventBody>{ReviewSubmitted{std::move(review)}};
}

Decision decide_withdraw(const ItemState& state, const WithdrawReview& command, const CommandContext& context) {
    const Review* review = review_by_id(state, command.review);
    if (review == nullptr) {
        return fail(ErrorCode::not_found, "there is no such review on this item", "review");
    }
    if (review->reviewer != context.actor) {
        return fail(ErrorCode::forbidden, "only the reviewer can withdraw a review", "review");
    }
    if (review->withdrawn) {
        return std::vector<EventBody>{};
    }
    return std::vector<EventBody>{ReviewWithdrawn{command.review, context.actor}};
}

Decision decide_note(const ItemState& state, const AddNote& command, const CommandContext& context) {
    for (const Note& note : state.notes) {
        if (note.id == context.operation) {
            return std::vector<EventBody>{};
        }
    }
    if (command.text.empty() || command.text.size() > 10'000) {
        return fail(ErrorCode::invalid_argument, "a note has 1 to 10000 bytes", "text");
    }
    return std::vector<EventBody>{NoteAdded{context.operation, command.commitment}};
}

Decision decide_claim(const ItemState& state, const CommandContext& context) {
    const bool taken =
        state.assignment && state.assignment->reviewer != context.actor && state.assignment->expires > context.now;
    if (taken) {
        return fail(ErrorCode::conflict, concat("'", state.assignment->reviewer.text, "' is working on this item"),
                    "item");
    }
    const uint64_t fence = state.last_fence + 1;
    return std::vector<EventBody>{ItemAssigned{context.actor, context.stream, fence, context.now + kClaimTime}};
}

}  // namespace workflow

}  // namespace countersign
