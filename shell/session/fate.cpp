#include "shell/session/fate.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/workflow/resolve.h"
#include "shell/session/describe.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

Standing standing_model(const Review& review) {
    switch (review.standing) {
        case DecisionStanding::effective: return Standing::effective;
        case DecisionStanding::extra: return Standing::extra;
        case DecisionStanding::reconfirm: return Standing::reconfirm;
        case DecisionStanding::withdrawn: return Standing::withdrawn;
        case DecisionStanding::superseded: return Standing::superseded;
        case DecisionStanding::quarantined:
            return review.reason == StandingReason::rejected_by_lead ? Standing::rejected : Standing::quarantined;
    }
    return Standing::effective;
}

// Without its full stop: it stands within a sentence.
std::string clause(std::string_view sentence) {
    while (sentence.ends_with('.') || sentence.ends_with(' ')) {
        sentence.remove_suffix(1);
    }
    return std::string(sentence);
}

// Who has decided under the slot's highest fence, or has it now.
std::string who_has_slot(const Workplace& work, const ItemState& state, const Review& review) {
    const Review* top = nullptr;
    for (const Review& other : state.reviews) {
        const bool same = other.lease && review.lease && other.lease->slot == review.lease->slot;
        if (same && other.reviewer != review.reviewer && review.lease->fence < other.lease->fence &&
            (top == nullptr || top->lease->fence < other.lease->fence)) {
            top = &other;
        }
    }
    if (top != nullptr) {
        return top->reviewer.text;
    }
    const bool held = review.lease && review.lease->slot < state.slots.size() &&
                      state.slots[review.lease->slot].holder != review.reviewer;
    return held ? state.slots[review.lease->slot].holder.text : std::string(work.texts(Text::somebody_else));
}

std::string label_name(const Workplace& work, const LabelId& label) {
    return label_model(*work.policy, label).name;
}

std::string prediction_sentence(const Workplace& work, const ItemState& state, const Review& review) {
    const Prediction* seen = state.prediction(review.prediction);
    return work.texts(Text::why_prediction_replaced, label_name(work, seen == nullptr ? LabelId() : seen->label),
                      label_name(work, state.current().label));
}

// What the lead wrote, when the words are here.
std::string lead_sentence(const Workplace& work, const ItemState& state, const OperationId& id) {
    const auto item_no = store::find_item(work.database(), work.project, state.id);
    const auto events = item_no.ok() ? store::read_item_events(work.database(), item_no.value())
                                     : Result<std::vector<store::StoredEvent>>(item_no.error());
    std::string words;
    for (const store::StoredEvent& stored : events.ok() ? events.value() : std::vector<store::StoredEvent>()) {
        const auto event = decode_leaf(stored.leaf);
        const auto* settled = event.ok() ? std::get_if<QuarantineSettled>(&event.value().body) : nullptr;
        if (settled == nullptr || settled->id != id || !settled->text) {
            continue;
        }
        const auto note = store::read_note(work.database(), *settled->text);
        words = note.ok() && note.value() ? note.value()->text : std::string();
    }
    return words.empty() ? std::string(work.texts(Text::why_rejected_unsaid))
                         : work.texts(Text::why_rejected, utf8::shortened(words, 400));
}

std::string with_contradiction(const Workplace& work, const ItemState& state, Text why) {
    const std::string sentence(work.texts(why));
    return state.contradicted ? work.texts(Text::why_contradicts, sentence) : sentence;
}

const Review* find_review(const ItemState& state, const OperationId& id) {
    const auto found =
        std::find_if(state.reviews.begin(), state.reviews.end(), [&](const Review& one) { return one.id == id; });
    return found == state.reviews.end() ? nullptr : &*found;
}

// Of an operation whose review the item's state does not have.
FateModel fate_by_row(const Workplace& work, const store::OperationRow& row) {
    FateModel out;
    out.level = level_of(work, row);
    switch (row.state) {
        case store::OperationState::quarantined:
            out.standing = Standing::quarantined;
            out.why = work.texts(Text::why_quarantined, clause(row.reason));
            break;
        case store::OperationState::unknown:
            out.standing = Standing::quarantined;
            out.why = work.texts(Text::why_unknown);
            break;
        case store::OperationState::rejected:
            out.standing = Standing::rejected;
            out.why = row.reason.empty() ? std::string(work.texts(Text::why_rejected_unsaid))
                                         : work.texts(Text::why_rejected, row.reason);
            break;
        case store::OperationState::pending: out.why = work.texts(Text::why_not_clear); break;
        case store::OperationState::recorded: break;
    }
    return out;
}

}  // namespace

Level level_model(store::Level level) {
    switch (level) {
        case store::Level::on_device: return Level::on_device;
        case store::Level::saved: return Level::saved;
        case store::Level::sealed: return Level::sealed;
        case store::Level::stable: return Level::stable;
    }
    return Level::on_device;
}

Level level_of(const Workplace& work, const store::OperationRow& row) {
    const auto stream = store::find_stream(work.database(), row.stream);
    return stream.ok() && stream.value() ? level_model(store::level_of(*stream.value(), row.seq)) : Level::on_device;
}

std::string standing_sentence(const Workplace& work, const ItemState& state, const Review& review) {
    const Texts& texts = work.texts;
    if (review.standing == DecisionStanding::withdrawn) {
        return std::string(texts(Text::why_withdrawn));
    }
    if (review.standing == DecisionStanding::superseded && review.reason == StandingReason::none) {
        return std::string(texts(Text::why_superseded));
    }
    if (review.standing == DecisionStanding::quarantined && review.reason != StandingReason::rejected_by_lead) {
        return texts(Text::why_quarantined, clause(review.quarantine_reason));
    }
    switch (review.reason) {
        case StandingReason::none: return {};
        case StandingReason::late: return std::string(texts(Text::why_late));
        case StandingReason::passed_on:
            return texts(
                review.standing == DecisionStanding::effective ? Text::why_passed_on_counts : Text::why_passed_on_waits,
                who_has_slot(work, state, review));
        case StandingReason::lower_fence: return texts(Text::why_lower_fence, who_has_slot(work, state, review));
        case StandingReason::no_free_slot: return std::string(texts(Text::why_no_free_slot));
        case StandingReason::policy_changed: return std::string(texts(Text::why_policy_changed));
        case StandingReason::lacks_for_policy: return texts(Text::why_lacks_for_policy, clause(review.judged.lacks));
        case StandingReason::prediction_replaced: return prediction_sentence(work, state, review);
        case StandingReason::item_withdrawn: return with_contradiction(work, state, Text::why_item_withdrawn);
        case StandingReason::item_auto_approved: return with_contradiction(work, state, Text::why_item_auto_approved);
        case StandingReason::item_closed: return with_contradiction(work, state, Text::why_item_closed);
        case StandingReason::decided_twice: return std::string(texts(Text::why_decided_twice));
        case StandingReason::said_again: return std::string(texts(Text::why_said_again));
        case StandingReason::rejected_by_lead: return lead_sentence(work, state, review.id);
    }
    return {};
}

FateModel fate_of(const Workplace& work, const store::OperationRow& row, const ItemState* state) {
    const Review* review = state == nullptr ? nullptr : find_review(*state, row.id);
    if (review == nullptr) {
        return fate_by_row(work, row);
    }
    return {level_of(work, row), standing_model(*review), standing_sentence(work, *state, *review)};
}

std::vector<OwnDecision> own_decisions(const Workplace& work, const ItemState& state) {
    std::vector<OwnDecision> out;
    for (auto review = state.reviews.rbegin(); review != state.reviews.rend(); ++review) {
        if (review->reviewer != work.person) {
            continue;
        }
        OwnDecision one;
        one.verdict = verdict_model(review->draft.verdict);
        const LabelId label = label_of(*review, state);
        one.label = label.empty() ? LabelModel() : label_model(*work.policy, label);
        one.when = ago_words(work.texts, std::min(review->claimed_at, review->recorded_at), work.clock.now());
        const auto row = store::find_operation(work.database(), review->id);
        const bool here = row.ok() && row.value() && row.value()->project_no == work.project.no;
        // What another device of the same person sent has at least been saved: it came from the server.
        one.fate = {here ? level_of(work, *row.value()) : Level::saved, standing_model(*review),
                    standing_sentence(work, state, *review)};
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace countersign::shell
