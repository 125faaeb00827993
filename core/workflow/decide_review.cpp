#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/checklist/answers.h"
#include "core/rationale/reasons.h"
#include "core/routing/route.h"
#include "core/workflow/adjudicate.h"
#include "core/workflow/decide_parts.h"
#include "core/workflow/resolve.h"
#include "core/workflow/standings.h"

namespace countersign {

namespace {

// Of what a review lacks, in its leaf: it may lack hundreds of things, a leaf has 64 KiB.
constexpr size_t kLacks_characters = 1'000;

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

// What a review is judged by: the tier of the route that its author saw, or that the item has now.
struct Measure {
    const Policy& policy;
    const RouteTaken& route;
    const Prediction& seen;
    const ItemId& item;
    const Json* document;
};

AskedAbout asked_about(const Measure& by) {
    return {by.policy, by.item.text, by.document, by.seen, by.route.calibrated};
}

std::vector<Shortfall> shortfalls(const Measure& by, const ReviewDraft& draft, size_t text_length) {
    std::vector<Shortfall> out;
    check_label(by.seen.label, by.policy, draft, out);
    if (draft.verdict == Verdict::skip) {
        return out;
    }
    const TierDef* tier = by.policy.tier(by.route.tier);
    // Routed under an older policy whose tier is gone, or without a person since its reviewer saw it: nothing further
    // is demanded, and what was answered is no mistake.
    if (tier == nullptr || tier->kind == TierKind::automatic) {
        return out;
    }
    if (const Checklist* checklist = by.policy.checklist(tier->checklist)) {
        const std::vector<Shortfall> answers = checklist_shortfalls(*checklist, asked_about(by), draft);
        out.insert(out.end(), answers.begin(), answers.end());
    } else if (!draft.answers.empty()) {
        out.push_back({"checklist", concat("the tier '", tier->id, "' has no checklist to answer")});
    }
    const std::vector<Shortfall> reasons = rationale_shortfalls(by.policy, tier->rationale, draft, text_length);
    out.insert(out.end(), reasons.begin(), reasons.end());
    return out;
}

std::string all_of(const std::vector<Shortfall>& missing) {
    std::string all;
    for (const Shortfall& one : missing) {
        all += concat(all.empty() ? "" : "; ", one.message);
    }
    return all;
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

const Review* review_by_id(const ItemState& state, const OperationId& id) {
    const auto found =
        std::find_if(state.reviews.begin(), state.reviews.end(), [&](const Review& r) { return r.id == id; });
    return found == state.reviews.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Shortfall> review_shortfalls(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                         const Json& document) {
    return shortfalls({policy, state.route(), state.current(), state.id, &document}, draft,
                      utf8::length(text_at(document, policy.interface.text)));
}

std::vector<bool> questions_shown(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                  const Json& document) {
    const Checklist* checklist = policy.checklist_for(state.route());
    const Measure by{policy, state.route(), state.current(), state.id, &document};
    return checklist == nullptr ? std::vector<bool>() : shown_questions(*checklist, asked_about(by), draft);
}

namespace workflow {

namespace {

// An item's route asks for the same as long as tier and policy are the same.
bool asks_the_same(const RouteTaken& a, const RouteTaken& b) {
    return a.tier == b.tier && a.policy == b.policy;
}

// What has to be said about a review that has all its author was asked for.
Judged judge(const ItemState& state, const JudgingPolicies& policies, const SubmitReview& command,
             const CommandContext& context) {
    Judged out;
    out.clock_suspect = context.claimed_at > context.now + kClockTolerance;
    const bool automatic = state.resolution.status == ItemStatus::auto_approved;
    out.post_hoc = state.closed.has_value() || automatic;
    const Review* old = command.supersedes ? review_by_id(state, *command.supersedes) : nullptr;
    out.adjudicates = decides(command.draft.verdict) &&
                      (may_adjudicate(state, context.actor) || (old != nullptr && old->judged.adjudicates));
    const Prediction& seen = *state.prediction(command.prediction);
    const bool other_prediction = command.prediction != prediction_digest(state.current());
    out.prediction_replaced = other_prediction && seen.label != state.current().label;
    if (automatic || asks_the_same(*state.route_at(command.prediction), state.route())) {
        return out;
    }
    const std::string lacks =
        all_of(shortfalls({policies.now, state.route(), seen, state.id, context.document}, command.draft, 0));
    out.policy_changed = lacks.empty();
    out.lacks = utf8::shortened(lacks, kLacks_characters);
    return out;
}

Status check_supersedes(const ItemState& state, const SubmitReview& command, const CommandContext& context) {
    if (command.supersedes) {
        const Review* old = review_by_id(state, *command.supersedes);
        if (old == nullptr || old->reviewer != context.actor) {
            return fail(ErrorCode::failed_precondition, "only a review of one's own on this item can be replaced",
                        "supersedes");
        }
    }
    return success();
}

Review review_for(const SubmitReview& command, const CommandContext& context) {
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
    review.lease = command.lease;
    // What is committed to does not stand in the log in plain.
    review.draft.rationale.text.clear();
    for (size_t i = 0; i < review.answer_texts.size(); ++i) {
        if (review.answer_texts[i]) {
            review.draft.answers[i].value.clear();
        }
    }
    return review;
}

}  // namespace

Decision decide_review(const ItemState& state, const JudgingPolicies& policies, const SubmitReview& command,
                       const CommandContext& context) {
    if (review_by_id(state, context.operation) != nullptr) {
        return std::vector<EventBody>{};  // the same decision again
    }
    CS_TRY_STATUS(check_supersedes(state, command, context));
    const Prediction* seen = state.prediction(command.prediction);
    if (seen == nullptr) {
        return fail(ErrorCode::failed_precondition,
                    concat("the review is about a prediction that this item does not have (",
                           to_hex(command.prediction).substr(0, 12), ")"),
                    "prediction");
    }
    // By what the reviewer saw; others that came meanwhile are no reason to refuse.
    std::vector<Shortfall> missing = shortfalls(
        {policies.seen, *state.route_at(command.prediction), *seen, state.id, context.document}, command.draft, 0);
    if (context.document != nullptr) {
        check_evidence(*context.document, command.draft, missing);
    }
    // Once the item is erased its author cannot bring what is missing: the decision is kept as it is, and counts for
    // nothing.
    if (!missing.empty() && !state.erased) {
        return fail(ErrorCode::failed_precondition, all_of(missing), missing.front().place);
    }
    Review review = review_for(command, context);
    review.judged = judge(state, policies, command, context);
    std::vector<EventBody> out{ReviewSubmitted{review}};
    if (review.judged.post_hoc && !state.erased && contradicts(state, review)) {
        out.emplace_back(ContradictionFound{review.id});
    }
    return out;
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
    if (!state.erased && (command.text.empty() || command.text.size() > 10'000)) {
        return fail(ErrorCode::invalid_argument, "a note has 1 to 10000 bytes", "text");
    }
    return std::vector<EventBody>{NoteAdded{context.operation, command.commitment}};
}

}  // namespace workflow

}  // namespace countersign
