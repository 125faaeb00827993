#include "shell/session/queue_screen.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/routing/route.h"
#include "core/store/given_back.h"
#include "core/store/leases.h"
#include "core/store/operations.h"
#include "core/workflow/sight.h"
#include "shell/session/describe.h"
#include "shell/session/fate.h"
#include "shell/session/given_back.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kRowsPerStep = 4'096;        // about a millisecond
constexpr int64_t kShownFor_us = kMinute_us;  // due times are in minutes
constexpr size_t kMostPinned = 50;

store::ListSort sort_of(QueueColumn column, bool descending) {
    switch (column) {
        case QueueColumn::confidence: return descending ? store::ListSort::sure : store::ListSort::confidence;
        case QueueColumn::item: return descending ? store::ListSort::newest : store::ListSort::oldest;
        default: return descending ? store::ListSort::due_last : store::ListSort::due;
    }
}

std::optional<TierKind> kind_of(TierFilter tier) {
    switch (tier) {
        case TierFilter::full: return TierKind::full;
        case TierFilter::quick: return TierKind::quick;
        case TierFilter::automatic: return TierKind::automatic;
        case TierFilter::all: return std::nullopt;
    }
    return std::nullopt;
}

int64_t& count_of(QueueCounts& counts, TierKind kind) {
    return kind == TierKind::full ? counts.full : kind == TierKind::quick ? counts.quick : counts.automatic;
}

ItemStatus status_of(StandingFilter standing) {
    switch (standing) {
        case StandingFilter::open: return ItemStatus::open;
        case StandingFilter::escalated: return ItemStatus::escalated;
        case StandingFilter::decided: return ItemStatus::resolved;
    }
    return ItemStatus::open;
}

}  // namespace

QueueScreen::QueueScreen(const Workplace& work) : work_(work), take_along_(work) {
    count_again();
    rebuild();
}

void QueueScreen::count_again() {
    counts_ = {};
    const auto counts = store::count_items(work_.database(), work_.project);
    if (!counts.ok()) {
        problem_ = counts.error().message;
        return;
    }
    for (const store::TierCount& one : counts.value()) {
        if (waits_for_people(one.status)) {
            count_of(counts_, one.kind) += one.items;
            counts_.all += one.items;
            counts_.escalated += one.status == ItemStatus::escalated ? one.items : 0;
        }
    }
}

void QueueScreen::rebuild() {
    store::ListFilter filter;
    filter.status = status_of(standing_);
    filter.kind = kind_of(tier_);
    filter.search = search_;
    if (label_ >= 0 && static_cast<size_t>(label_) < work_.policy->labels.size()) {
        filter.label = work_.policy->labels[static_cast<size_t>(label_)].id;
    }
    index_ = std::make_unique<store::ListIndex>(work_.database(), work_.project, std::move(filter),
                                                sort_of(sorted_by_, descending_));
    shown_.clear();
    problem_.clear();
    selected_ = 0;
    pins_stale_ = true;
    work_a_little();
}

// Only where one looks for work; a search finds what it finds.
void QueueScreen::pin() {
    pins_stale_ = false;
    pinned_.clear();
    if (standing_ != StandingFilter::open || !search_.empty()) {
        return;
    }
    auto rows = store::given_back_to(work_.database(), work_.project, work_.person, kMostPinned);
    for (store::ItemRow& row : rows.ok() ? rows.value() : std::vector<store::ItemRow>()) {
        store::ListFilter filter = index_->filter();
        filter.status = row.status;  // one that is escalated waits as well
        if (store::matches(filter, row)) {
            const auto position = index_->position_of(row);
            pinned_.push_back({std::move(row), position.ok() ? position.value() : -1});
        }
    }
}

int64_t QueueScreen::count() const {
    const auto outside =
        std::count_if(pinned_.begin(), pinned_.end(), [](const Pinned& one) { return one.position < 0; });
    return index_->size() + outside;
}

const store::ItemRow* QueueScreen::at(int64_t position) {
    if (position < 0) {
        return nullptr;
    }
    if (static_cast<size_t>(position) < pinned_.size()) {
        return &pinned_[static_cast<size_t>(position)].row;
    }
    // What stands first is left out at its own place.
    std::vector<int64_t> out;
    for (const Pinned& one : pinned_) {
        if (one.position >= 0) {
            out.push_back(one.position);
        }
    }
    std::sort(out.begin(), out.end());
    int64_t in_list = position - static_cast<int64_t>(pinned_.size());
    for (const int64_t left_out : out) {
        in_list += left_out <= in_list ? 1 : 0;
    }
    const auto row = index_->row(in_list);
    return row.ok() ? row.value() : nullptr;
}

bool QueueScreen::work_a_little() {
    if (index_->complete() || !problem_.empty()) {
        return false;
    }
    pins_stale_ = true;
    const auto complete = index_->build(kRowsPerStep);
    if (!complete.ok()) {
        problem_ = complete.error().message;
        return false;
    }
    return !complete.value();
}

void QueueScreen::adjust_counts(const std::optional<store::ItemRow>& row, int64_t by) {
    if (row && waits_for_people(row->status)) {
        count_of(counts_, row->kind) += by;
        counts_.all += by;
        counts_.escalated += row->status == ItemStatus::escalated ? by : 0;
    }
}

void QueueScreen::changed(const sync::RowChange& change) {
    adjust_counts(change.before, -1);
    adjust_counts(change.after, 1);
    index_->change(change.before, change.after);
    shown_.clear();
    pins_stale_ = true;
    take_along_.refresh();
    if (index_->complete()) {
        select(selected_);
    }
}

QueueRow QueueScreen::describe(const store::ItemRow& row) const {
    QueueRow out;
    out.id = row.id.text;
    const auto document = store::read_document(work_.database(), row.no);
    const auto json = document.ok() ? parse_json(document.value().text) : Result<Json>(document.error());
    if (json.ok()) {
        std::string text = utf8::shortened(text_at(json.value(), work_.policy->interface.text), 200);
        std::replace(text.begin(), text.end(), '\n', ' ');
        out.text = std::move(text);
    } else if (!document.ok() && document.error().code == ErrorCode::not_found) {
        out.text = work_.texts(Text::text_erased);
    }
    out.tier = tier_model(row.kind);
    describe_mark(row, out);
    out.held_by = held_by(row);
    const bool blind = row.status == ItemStatus::open && !row.pending &&
                       !is_prediction_shown(*work_.policy, work_.project.id, row.tier, row.id, work_.person);
    if (!blind) {
        out.label = label_model(*work_.policy, row.decided_label.empty() ? row.label : row.decided_label);
        out.confidence = confidence_model(row.confidence);
    }
    out.due = due_model(work_.texts, row.due, work_.clock.now());
    return out;
}

void QueueScreen::describe_mark(const store::ItemRow& row, QueueRow& out) const {
    const bool back =
        std::any_of(pinned_.begin(), pinned_.end(), [&](const Pinned& one) { return one.row.no == row.no; });
    if (back) {
        out.mark = RowMark::given_back;
        const auto item = load_item(work_, row.id);
        const Review* review = item.ok() ? given_back(item.value().state, work_.person) : nullptr;
        out.reason = review == nullptr ? std::string() : standing_sentence(work_, item.value().state, *review);
        return;
    }
    const auto pending = row.pending ? store::pending_on_item(work_.database(), row.no)
                                     : Result<std::vector<store::OperationRow>>(std::vector<store::OperationRow>());
    if (pending.ok() && !pending.value().empty()) {
        out.mark = RowMark::own;
        out.level = level_of(work_, pending.value().back());
        return;
    }
    out.mark = row.status == ItemStatus::escalated ? RowMark::escalated
               : row.status == ItemStatus::open    ? RowMark::open
                                                   : RowMark::decided;
}

std::string QueueScreen::held_by(const store::ItemRow& row) const {
    std::string out;
    const auto leases = store::leases_on(work_.database(), row.no, work_.clock.now());
    for (const store::LeaseRow& lease : leases.ok() ? leases.value() : std::vector<store::LeaseRow>()) {
        if (lease.holder != work_.person) {
            out += out.empty() ? lease.holder.text : ", " + lease.holder.text;
        }
    }
    return out;
}

const QueueRow* QueueScreen::row(int64_t index) {
    const Instant now = work_.clock.now();
    if ((now - shown_at_).us > kShownFor_us || shown_.size() > 1'000) {
        shown_.clear();
        shown_at_ = now;
        take_along_.refresh();  // leases run out
    }
    if (const auto known = shown_.find(index); known != shown_.end()) {
        return &known->second;
    }
    const store::ItemRow* row = at(index);
    return row == nullptr ? nullptr : &shown_.emplace(index, describe(*row)).first->second;
}

std::string QueueScreen::item_at(int64_t position) {
    if (pins_stale_) {
        pin();
    }
    const store::ItemRow* row = at(position);
    return row == nullptr ? std::string() : row->id.text;
}

void QueueScreen::select(int64_t position) {
    selected_ = std::max<int64_t>(0, std::min(position, count() - 1));
}

std::optional<std::string> QueueScreen::handle(const Intent& intent) {
    if (const auto* selection = std::get_if<intent::SelectRow>(&intent)) {
        select(selection->row);
        return std::string();
    }
    if (filter_by(intent)) {
        rebuild();
        return std::string();
    }
    return take_along_.handle(intent);
}

bool QueueScreen::filter_by(const Intent& intent) {
    if (const auto* tier = std::get_if<intent::FilterTier>(&intent)) {
        tier_ = tier->tier;
    } else if (const auto* standing = std::get_if<intent::FilterStanding>(&intent)) {
        standing_ = standing->standing;
    } else if (const auto* label = std::get_if<intent::FilterLabel>(&intent)) {
        label_ = label->label;
    } else if (const auto* search = std::get_if<intent::Search>(&intent)) {
        search_ = search->text;
    } else if (std::get_if<intent::ClearFilters>(&intent) != nullptr) {
        tier_ = TierFilter::all;
        standing_ = StandingFilter::open;
        label_ = -1;
        search_.clear();
    } else if (const auto* sort = std::get_if<intent::SortBy>(&intent)) {
        sorted_by_ = sort->column;
        descending_ = sort->descending;
    } else {
        return false;
    }
    return true;
}

void QueueScreen::fill(QueueModel& model) {
    if (pins_stale_) {
        pin();
        shown_.clear();
    }
    model.project = work_.project.name;
    model.load.state = problem_.empty() ? LoadModel::State::ready : LoadModel::State::failed;
    model.load.problem = problem_;
    model.counts = counts_;
    model.rows = this;
    model.selected = count() == 0 ? -1 : selected_;
    model.given_back = static_cast<int64_t>(pinned_.size());
    model.taken_along = take_along_.taken();
    model.take_along = take_along_.model();
    model.tier = tier_;
    model.standing = standing_;
    model.label = label_;
    model.search = search_;
    model.labels = label_models(*work_.policy);
    model.sorted_by = sorted_by_;
    model.descending = descending_;
}

}  // namespace countersign::shell
