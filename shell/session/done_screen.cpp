#include "shell/session/done_screen.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/log/operation.h"
#include "core/store/items.h"
#include "core/workflow/resolve.h"
#include "shell/session/describe.h"
#include "shell/session/fate.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostOperations = 2'000;
constexpr size_t kSearchedPerStep = 40;
constexpr int64_t kDescribedFor_us = kMinute_us;  // "5 min ago"

// Canonical bytes: what else could read like this is read as an operation later and left out then.
bool may_be_review(const store::OperationRow& row) {
    return row.bytes.find(R"("type":"submit_review")") != std::string::npos;
}

std::optional<SubmitReview> read_review(const store::OperationRow& row) {
    const auto json = parse_json(row.bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes});
    const auto operation = json.ok() ? read_operation(json.value()) : Result<Operation>(json.error());
    const auto* submit = operation.ok() ? std::get_if<SubmitReview>(&operation.value().command) : nullptr;
    return submit == nullptr ? std::nullopt : std::optional<SubmitReview>(*submit);
}

LabelId label_meant(const SubmitReview& submit, const ItemState& state) {
    if (submit.draft.verdict != countersign::Verdict::accept) {
        return submit.draft.label;
    }
    const Prediction* seen = state.prediction(submit.prediction);
    return seen == nullptr ? LabelId() : seen->label;
}

}  // namespace

void DoneScreen::load() {
    stale_ = false;
    decisions_.clear();
    described_.clear();
    problem_.clear();
    auto operations = store::recent_operations(work_.database(), work_.person, work_.project, kMostOperations);
    if (!operations.ok()) {
        problem_ = operations.error().message;
        return;
    }
    decisions_ = std::move(operations).value();
    std::erase_if(decisions_, [](const store::OperationRow& row) { return !may_be_review(row); });
    search_anew();
}

void DoneScreen::search_anew() {
    found_.clear();
    searched_ = 0;
    work_a_little();
}

bool DoneScreen::work_a_little() {
    if (stale_ || search_.empty() || searched_ >= decisions_.size()) {
        return false;
    }
    const size_t end = std::min(decisions_.size(), searched_ + kSearchedPerStep);
    for (; searched_ < end; ++searched_) {
        const store::OperationRow& decision = decisions_[searched_];
        const bool by_name = decision.item.text.find(search_) != std::string::npos;
        const auto item = by_name ? Result<LoadedItem>(LoadedItem()) : load_item(work_, decision.item);
        if (by_name || (item.ok() && item.value().text.find(search_) != std::string::npos)) {
            found_.push_back(searched_);
        }
    }
    return searched_ < decisions_.size();
}

DoneRow DoneScreen::describe(const store::OperationRow& decision) const {
    DoneRow row;
    row.review = decision.id.text;
    row.item = decision.item.text;
    row.when = ago_words(work_.texts, decision.at, work_.clock.now());
    const auto item = load_item(work_, decision.item);
    row.text = item.ok() ? utf8::shortened(item.value().text, 160) : std::string();
    row.fate = fate_of(work_, decision, item.ok() ? &item.value().state : nullptr);
    if (const auto submit = read_review(decision)) {
        row.verdict = verdict_model(submit->draft.verdict);
        const LabelId label = item.ok() ? label_meant(*submit, item.value().state) : submit->draft.label;
        row.label = label.empty() ? LabelModel() : label_model(*work_.policy, label);
    }
    const bool here = item.ok() && row.fate.standing == Standing::effective;
    row.can_undo = here && row.fate.level == Level::on_device;
    const bool again = item.ok() && row.fate.standing == Standing::reconfirm;
    row.can_amend = again || (here && row.fate.level != Level::on_device);
    return row;
}

const DoneRow* DoneScreen::row(int64_t index) {
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    const auto at = static_cast<size_t>(index);
    const size_t which = search_.empty() ? at : found_[at];
    const auto known = described_.find(which);
    return known != described_.end() ? &known->second
                                     : &described_.emplace(which, describe(decisions_[which])).first->second;
}

DoneScreen::Outcome DoneScreen::undo(const DoneRow& row) {
    const ItemId item(row.item);
    const auto done =
        work_.device.submit({work_.project.id, item, work_.person, WithdrawReview{OperationId(row.review)}});
    Outcome outcome;
    outcome.mine = true;
    outcome.status = done.ok() ? work_.texts(Text::undone_status, item.text) : done.error().text();
    work_.sync.operation_added();
    stale_ = true;
    return outcome;
}

DoneScreen::Outcome DoneScreen::open(int64_t index) {
    Outcome outcome;
    outcome.mine = true;
    if (const DoneRow* at = row(index)) {
        outcome.open = ItemId(at->item);
    }
    return outcome;
}

DoneScreen::Outcome DoneScreen::handle(const Intent& intent) {
    Outcome outcome;
    const auto find = [&](const std::string& review) -> const DoneRow* {
        for (int64_t i = 0; i < count(); ++i) {
            const size_t which = search_.empty() ? static_cast<size_t>(i) : found_[static_cast<size_t>(i)];
            if (decisions_[which].id.text == review) {
                return row(i);
            }
        }
        return nullptr;
    };
    if (const auto* undone = std::get_if<intent::UndoReview>(&intent)) {
        const DoneRow* at = find(undone->review);
        return at == nullptr ? outcome : undo(*at);
    }
    if (const auto* opened = std::get_if<intent::OpenRow>(&intent)) {
        return open(opened->row);
    }
    if (const auto* amended = std::get_if<intent::AmendReview>(&intent)) {
        outcome.mine = true;
        if (const DoneRow* at = find(amended->review)) {
            outcome.open = ItemId(at->item);
            outcome.supersedes = OperationId(at->review);
        }
    } else if (const auto* selection = std::get_if<intent::SelectRow>(&intent)) {
        outcome.mine = true;
        selected_ = std::max<int64_t>(0, std::min(selection->row, count() - 1));
    } else if (const auto* search = std::get_if<intent::Search>(&intent)) {
        outcome.mine = true;
        search_ = search->text;
        search_anew();
    }
    return outcome;
}

void DoneScreen::fill(DoneModel& model) {
    const Instant now = work_.clock.now();
    if (stale_) {
        load();
    }
    if ((now - described_at_).us > kDescribedFor_us) {
        described_.clear();
        described_at_ = now;
    }
    model.project = work_.project.name;
    model.load.state = problem_.empty() ? LoadModel::State::ready : LoadModel::State::failed;
    model.load.problem = problem_;
    model.rows = this;
    model.selected = count() == 0 ? -1 : std::min<int64_t>(selected_, count() - 1);
    model.search = search_;
}

}  // namespace countersign::shell
