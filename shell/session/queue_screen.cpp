#include "shell/session/queue_screen.h"

#include "core/base/utf8.h"
#include "core/routing/route.h"
#include "core/store/items.h"
#include "shell/session/describe.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kRowsPerStep = 4'096;        // about a millisecond
constexpr int64_t kShownFor_us = kMinute_us;  // due times are in minutes

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

bool waits(const store::ItemRow& row) {
    return row.status == ItemStatus::open || row.status == ItemStatus::escalated;
}

}  // namespace

QueueScreen::QueueScreen(const Workplace& work) : work_(work) {
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
        if (one.status == ItemStatus::open || one.status == ItemStatus::escalated) {
            count_of(counts_, one.kind) += one.items;
            counts_.all += one.items;
        }
    }
}

void QueueScreen::rebuild() {
    store::ListFilter filter;
    filter.status = standing_ == StandingFilter::decided ? ItemStatus::resolved : ItemStatus::open;
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
    work_a_little();
}

bool QueueScreen::work_a_little() {
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

void QueueScreen::adjust_counts(const std::optional<store::ItemRow>& row, int64_t by) {
    if (row && waits(*row)) {
        count_of(counts_, row->kind) += by;
        counts_.all += by;
    }
}

void QueueScreen::changed(const sync::RowChange& change) {
    adjust_counts(change.before, -1);
    adjust_counts(change.after, 1);
    index_->change(change.before, change.after);
    shown_.clear();
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
    }
    out.tier = tier_model(row.kind);
    out.standing = standing_of(row);
    out.label = label_model(*work_.policy, row.decided_label.empty() ? row.label : row.decided_label);
    out.confidence = confidence_model(row.confidence);
    out.due = due_model(work_.texts, row.due, work_.clock.now());
    return out;
}

const QueueRow* QueueScreen::row(int64_t index) {
    const Instant now = work_.clock.now();
    if ((now - shown_at_).us > kShownFor_us || shown_.size() > 1'000) {
        shown_.clear();
        shown_at_ = now;
    }
    if (const auto known = shown_.find(index); known != shown_.end()) {
        return &known->second;
    }
    const auto row = index_->row(index);
    if (!row.ok() || row.value() == nullptr) {
        return nullptr;
    }
    return &shown_.emplace(index, describe(*row.value())).first->second;
}

std::string QueueScreen::item_at(int64_t position) {
    const auto row = index_->row(position);
    return row.ok() && row.value() != nullptr ? row.value()->id.text : std::string();
}

void QueueScreen::select(int64_t position) {
    selected_ = std::max<int64_t>(0, std::min(position, index_->size() - 1));
}

bool QueueScreen::handle(const Intent& intent) {
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
    } else if (const auto* selection = std::get_if<intent::SelectRow>(&intent)) {
        select(selection->row);
        return true;
    } else {
        return false;
    }
    rebuild();
    return true;
}

void QueueScreen::fill(QueueModel& model) {
    model.project = work_.project.name;
    model.load.state = problem_.empty() ? LoadModel::State::ready : LoadModel::State::failed;
    model.load.problem = problem_;
    model.counts = counts_;
    model.rows = this;
    model.selected = index_->size() == 0 ? -1 : selected_;
    model.tier = tier_;
    model.standing = standing_;
    model.label = label_;
    model.search = search_;
    model.labels = label_models(*work_.policy);
    model.sorted_by = sorted_by_;
    model.descending = descending_;
}

}  // namespace countersign::shell
