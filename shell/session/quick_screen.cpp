#include "shell/session/quick_screen.h"

#include <algorithm>

#include "core/store/given_back.h"
#include "core/store/operations.h"
#include "core/workflow/sight.h"
#include "shell/session/draft.h"
#include "shell/session/fate.h"
#include "shell/session/given_back.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kRowsPerStep = 4'096;
constexpr size_t kRecent = 10;
constexpr size_t kGivenBack = 50;
constexpr int64_t kLookAhead = 200;  // positions that may be passed over in search of a card

}  // namespace

QuickScreen::QuickScreen(const Workplace& work) : work_(work) {
    store::ListFilter filter;
    filter.kind = TierKind::quick;
    index_ =
        std::make_unique<store::ListIndex>(work_.database(), work_.project, std::move(filter), store::ListSort::due);
    work_a_little();
    refill();
}

bool QuickScreen::work_a_little() {
    if (index_->complete() || !problem_.empty()) {
        return false;
    }
    const auto complete = index_->build(kRowsPerStep);
    if (!complete.ok()) {
        problem_ = complete.error().message;
        return false;
    }
    return !complete.value();
}

QuickCard QuickScreen::card_of(const LoadedItem& item) const {
    QuickCard card;
    const Instant now = work_.clock.now();
    card.item = item.state.id.text;
    card.text = item.text;
    card.facts = fact_lines(item);
    card.blind = decides_blind(*item.policy, work_.project.id, item.state, work_.person);
    if (!card.blind) {
        card.label = label_model(*item.policy, item.state.current().label);
        card.confidence = confidence_model(item.state.current().confidence);
        card.others = other_scores(item, 3);
        card.routing = routing_model(work_.texts, item, now);
    }
    card.due = due_model(work_.texts, item.state.route().due, now);
    card.held_words = held_words(work_, item.state);
    if (const Review* back = given_back(item.state, work_.person)) {
        card.given_back = standing_sentence(work_, item.state, *back);
    }
    return card;
}

// Whether the item can be the next card, and the card. An item that cannot be shown must not stop the queue.
QuickScreen::Candidate QuickScreen::look_at(const ItemId& id, QuickCard& card) {
    const auto loaded = load_item(work_, id);
    if (!loaded.ok()) {
        notice_ = loaded.error().message;
        passed_.insert(id.text);
        return Candidate::none;
    }
    const ItemState& state = loaded.value().state;
    const bool again = given_back(state, work_.person) != nullptr;
    if (!again && decided_by(state, work_.person) != nullptr) {
        passed_.insert(id.text);  // it waits for somebody else's decision
        return Candidate::none;
    }
    card = card_of(loaded.value());
    const Instant now = work_.clock.now();
    const auto others = std::count_if(state.slots.begin(), state.slots.end(), [&](const SlotState& slot) {
        return slot.runs(now) && slot.holder != work_.person;
    });
    return others >= static_cast<ptrdiff_t>(state.route().reviewers) ? Candidate::held_by_others : Candidate::free;
}

bool QuickScreen::passes_over(const std::string& item, const std::string& after) const {
    return item == after || passed_.contains(item) || (current_ && current_->item == item);
}

// What came back comes first, what somebody else is at only when there is nothing else.
std::optional<QuickCard> QuickScreen::next_card(const std::string& after) {
    QuickCard card;
    const auto back = store::given_back_to(work_.database(), work_.project, work_.person, kGivenBack);
    for (const store::ItemRow& row : back.ok() ? back.value() : std::vector<store::ItemRow>()) {
        if (row.kind == TierKind::quick && !passes_over(row.id.text, after) &&
            look_at(row.id, card) != Candidate::none) {
            return card;
        }
    }
    std::optional<QuickCard> held;
    const int64_t end = std::min(index_->size(), kLookAhead + static_cast<int64_t>(passed_.size()));
    for (int64_t position = 0; position < end; ++position) {
        const auto row = index_->row(position);
        if (!row.ok() || row.value() == nullptr) {
            return held;
        }
        const ItemId id = row.value()->id;
        if (passes_over(id.text, after)) {
            continue;
        }
        switch (look_at(id, card)) {
            case Candidate::free: return card;
            case Candidate::held_by_others: held = held ? held : card; break;
            case Candidate::none: break;
        }
    }
    return held;
}

std::vector<ItemId> QuickScreen::working_on() const {
    std::vector<ItemId> out;
    for (const std::optional<QuickCard>* card : {&current_, &next_}) {
        if (*card) {
            out.emplace_back((*card)->item);
        }
    }
    return out;
}

void QuickScreen::refill() {
    if (!current_) {
        current_ = next_ ? std::exchange(next_, std::nullopt) : next_card("");
        shown_since_us_ = work_.clock.monotonic().us;
    }
    if (current_ && !next_) {
        next_ = next_card(current_->item);
    }
}

void QuickScreen::opened() {
    QuickCard card;
    for (std::optional<QuickCard>* shown : {&current_, &next_}) {
        if (*shown && look_at(ItemId((*shown)->item), card) == Candidate::held_by_others) {
            shown->reset();
        }
    }
    refill();
    shown_since_us_ = work_.clock.monotonic().us;
}

std::optional<std::string> QuickScreen::handle(const Intent& intent) {
    if (const auto* decided = std::get_if<intent::Decide>(&intent)) {
        return decide(*decided);
    }
    return std::get_if<intent::Undo>(&intent) != nullptr ? undo() : std::nullopt;
}

std::optional<std::string> QuickScreen::decide(const intent::Decide& intent) {
    if (!current_ || current_->item != intent.item) {
        return std::nullopt;  // the key was meant for a card that is gone
    }
    SubmitReview submit;
    submit.draft.verdict = verdict_of(intent.verdict);
    submit.draft.active_ms = std::min((work_.clock.monotonic().us - shown_since_us_) / 1000, kDay_us / 1000);
    if (intent.verdict == Verdict::correct) {
        submit.draft.label = LabelId(intent.label);
    }
    const ItemId item(intent.item);
    const auto loaded = load_item(work_, item);
    if (current_->blind && loaded.ok()) {
        if (intent.verdict == Verdict::accept) {
            return std::nullopt;  // nothing is shown that could be accepted
        }
        accept_if_predicted(loaded.value().state, submit.draft);
    }
    if (const Review* back = loaded.ok() ? given_back(loaded.value().state, work_.person) : nullptr) {
        submit.supersedes = back->id;
    }
    const auto done = work_.device.submit({work_.project.id, item, work_.person, submit});
    if (!done.ok()) {
        notice_ = done.error().message;
        return std::nullopt;
    }
    work_.sync.operation_added();
    work_.leasing.decided(item);
    notice_.clear();
    ++done_;
    passed_.insert(item.text);
    const std::string label = intent.verdict == Verdict::correct
                                  ? label_model(*work_.policy, LabelId(intent.label)).name
                                  : current_->label.name;
    recent_.push_front({item, done.value(), intent.verdict, label, {}, true});
    recent_.resize(std::min(recent_.size(), kRecent));
    current_.reset();
    refill();
    return work_.texts(Text::decided_status, item.text);
}

std::optional<std::string> QuickScreen::undo() {
    if (recent_.empty()) {
        return std::nullopt;
    }
    const auto newest = recent_.begin();
    const auto done =
        work_.device.submit({work_.project.id, newest->item, work_.person, WithdrawReview{newest->review}});
    if (!done.ok()) {
        notice_ = done.error().message;
        return std::nullopt;
    }
    work_.sync.operation_added();
    const ItemId item = newest->item;
    recent_.erase(newest);
    passed_.erase(item.text);
    --done_;
    // The item comes back as the current card; the one that was shown follows it.
    QuickCard card;
    if (look_at(item, card) != Candidate::none) {
        next_ = std::exchange(current_, std::move(card));
    }
    shown_since_us_ = work_.clock.monotonic().us;
    return work_.texts(Text::undone_status, item.text);
}

bool QuickScreen::is_given_back(const store::ItemRow& row) const {
    const auto loaded = waits_for_people(row.status) ? load_item(work_, row.id) : Result<LoadedItem>(Error{});
    return loaded.ok() && given_back(loaded.value().state, work_.person) != nullptr;
}

// Somebody else decided what lies here: another card takes its place, and says why.
void QuickScreen::card_is_gone(const store::ItemRow& row) {
    if (current_ && current_->item == row.id.text) {
        notice_ = work_.texts(Text::decided_by_other, row.id.text, row.reviewer.text);
        current_.reset();
    }
    if (next_ && next_->item == row.id.text) {
        next_.reset();
    }
}

void QuickScreen::changed(const sync::RowChange& change) {
    index_->change(change.before, change.after);
    if (!change.after) {
        return;
    }
    const std::string& item = change.after->id.text;
    for (Decided& one : recent_) {
        one.judged_anew = one.judged_anew || one.item.text == item;
    }
    if (change.after->status != ItemStatus::open && !change.after->pending) {
        card_is_gone(*change.after);
    } else if (current_ && current_->item == item) {
        QuickCard card;
        if (look_at(change.after->id, card) != Candidate::none) {
            current_ = std::move(card);
        }
    } else if (next_ && next_->item == item) {
        next_.reset();  // somebody may be at it now
    } else if (passed_.contains(item) && is_given_back(*change.after)) {
        passed_.erase(item);
        next_.reset();  // it comes before what would have been next
    }
    refill();
}

void QuickScreen::standings_changed() {
    for (Decided& one : recent_) {
        const auto row = store::find_operation(work_.database(), one.review);
        if (!row.ok() || !row.value()) {
            continue;
        }
        one.fate.level = level_of(work_, *row.value());
        if (std::exchange(one.judged_anew, false)) {
            const auto loaded = load_item(work_, one.item);
            one.fate = fate_of(work_, *row.value(), loaded.ok() ? &loaded.value().state : nullptr);
        }
    }
}

void QuickScreen::fill(QuickModel& model) {
    refill();
    model.project = work_.project.name;
    model.load.state = problem_.empty() ? LoadModel::State::ready : LoadModel::State::failed;
    model.load.problem = problem_;
    model.done = done_;
    model.total = done_ + index_->size();
    model.current = current_;
    model.next = next_;
    model.labels = label_models(*work_.policy);
    model.recent.clear();
    for (const Decided& one : recent_) {
        model.recent.push_back({one.item.text, one.verdict, one.label, one.fate});
    }
    model.can_undo = can_undo();
    model.notice = notice_;
}

}  // namespace countersign::shell
