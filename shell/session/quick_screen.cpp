#include "shell/session/quick_screen.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/store/operations.h"
#include "shell/session/describe.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kRowsPerStep = 4'096;
constexpr size_t kRecent = 10;
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

QuickCard QuickScreen::card_of(const ItemId& id, std::string& problem) const {
    QuickCard card;
    card.item = id.text;
    const auto loaded = load_item(work_, id);
    if (!loaded.ok()) {
        problem = loaded.error().message;
        return card;
    }
    const LoadedItem& item = loaded.value();
    const Instant now = work_.clock.now();
    card.text = item.text;
    card.facts = fact_lines(item);
    card.label = label_model(*item.policy, item.state.current().label);
    card.confidence = confidence_model(item.state.current().confidence);
    card.others = other_scores(item, 3);
    card.routing = routing_model(item, now);
    card.due = due_model(work_.texts, item.state.route.due, now);
    return card;
}

std::optional<QuickCard> QuickScreen::next_card(const std::string& after) {
    const int64_t end = std::min(index_->size(), kLookAhead + static_cast<int64_t>(passed_.size()));
    for (int64_t position = 0; position < end; ++position) {
        const auto row = index_->row(position);
        if (!row.ok() || row.value() == nullptr) {
            return std::nullopt;
        }
        const ItemId id = row.value()->id;
        if (id.text != after && !passed_.contains(id.text)) {
            std::string problem;
            QuickCard card = card_of(id, problem);
            if (problem.empty()) {
                return card;
            }
            // An item that cannot be shown must not stop the queue.
            notice_ = problem;
            passed_.insert(id.text);
        }
    }
    return std::nullopt;
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
    const auto done = work_.device.submit({work_.project.id, item, work_.person, submit});
    if (!done.ok()) {
        notice_ = done.error().message;
        return std::nullopt;
    }
    work_.sync.operation_added();
    notice_.clear();
    ++done_;
    passed_.insert(item.text);
    const std::string label =
        intent.verdict == Verdict::correct ? label_model(*work_.policy, submit.draft.label).name : current_->label.name;
    recent_.push_front({item, done.value(), intent.verdict, label});
    recent_.resize(std::min(recent_.size(), kRecent));
    current_.reset();
    refill();
    return work_.texts(Text::decided_status, item.text);
}

bool QuickScreen::can_undo() const {
    return std::any_of(recent_.begin(), recent_.end(), [](const Decided& one) { return !one.undone; });
}

std::optional<std::string> QuickScreen::undo() {
    const auto newest = std::find_if(recent_.begin(), recent_.end(), [](const Decided& one) { return !one.undone; });
    if (newest == recent_.end()) {
        return std::nullopt;
    }
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
    std::string problem;
    next_ = std::exchange(current_, card_of(item, problem));
    shown_since_us_ = work_.clock.monotonic().us;
    return work_.texts(Text::undone_status, item.text);
}

void QuickScreen::changed(const sync::RowChange& change) {
    index_->change(change.before, change.after);
    if (!change.after) {
        return;
    }
    // Somebody else decided what lies here: another card takes its place, and says why.
    const bool gone = change.after->status != ItemStatus::open && !change.after->pending;
    if (gone && current_ && current_->item == change.after->id.text) {
        notice_ = work_.texts(Text::decided_by_other, change.after->id.text, change.after->reviewer.text);
        current_.reset();
    }
    if (gone && next_ && next_->item == change.after->id.text) {
        next_.reset();
    }
    refill();
}

void QuickScreen::standings_changed() {
    for (Decided& one : recent_) {
        const auto row = store::find_operation(work_.database(), one.review);
        if (row.ok() && row.value()) {
            const store::OperationState state = row.value()->state;
            one.standing = state == store::OperationState::saved     ? Standing::saved
                           : state == store::OperationState::refused ? Standing::refused
                                                                     : Standing::on_device;
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
        model.recent.push_back({one.item.text, one.verdict, one.label, one.standing});
    }
    model.can_undo = can_undo();
    model.notice = notice_;
}

}  // namespace countersign::shell
