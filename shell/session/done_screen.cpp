#include "shell/session/done_screen.h"

#include <algorithm>
#include <set>

#include "core/base/utf8.h"
#include "core/log/operation.h"
#include "core/store/items.h"
#include "core/store/operations.h"
#include "shell/session/describe.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr size_t kMostOperations = 2'000;

Standing standing_of_operation(store::OperationState state) {
    return state == store::OperationState::saved     ? Standing::saved
           : state == store::OperationState::refused ? Standing::refused
                                                     : Standing::on_device;
}

// The operation without its texts: enough to say what it did.
std::optional<Operation> read_operation(store::Database& database, const store::OperationRow& row) {
    const auto notes = store::read_notes(database, row.item_no);
    if (!notes.ok()) {
        return std::nullopt;
    }
    auto operation = decode_operation({row.bytes, notes.value()});
    return operation.ok() ? std::optional<Operation>(std::move(operation).value()) : std::nullopt;
}

}  // namespace

void DoneScreen::refresh() {
    stale_ = true;
}

void DoneScreen::load() {
    stale_ = false;
    rows_.clear();
    problem_.clear();
    const auto stream = work_.device.stream_of(work_.person);
    const auto operations = stream.ok() ? store::recent_operations(work_.database(), stream.value(), kMostOperations)
                                        : Result<std::vector<store::OperationRow>>(stream.error());
    if (!operations.ok()) {
        problem_ = operations.error().message;
        return;
    }
    std::set<std::string> withdrawn;
    for (const store::OperationRow& one : operations.value()) {
        const std::optional<Operation> operation = read_operation(work_.database(), one);
        if (!operation || operation->project != work_.project.id) {
            continue;
        }
        if (const auto* withdraw = std::get_if<WithdrawReview>(&operation->command)) {
            withdrawn.insert(withdraw->review.text);
            continue;
        }
        const auto* submit = std::get_if<SubmitReview>(&operation->command);
        if (submit == nullptr || withdrawn.contains(one.id.text)) {
            continue;
        }
        DoneRow row;
        row.review = one.id.text;
        row.item = operation->item.text;
        const auto item = load_item(work_, operation->item);
        row.text = item.ok() ? utf8::shortened(item.value().text, 160) : std::string();
        row.verdict = verdict_model(submit->draft.verdict);
        const LabelId predicted = item.ok() ? item.value().state.current().label : LabelId();
        row.label = label_model(*work_.policy, submit->draft.label.empty() ? predicted : submit->draft.label);
        row.when = ago_words(work_.texts, operation->at, work_.clock.now());
        row.standing = standing_of_operation(one.state);
        row.refusal = one.state == store::OperationState::refused ? one.answer : std::string();
        row.can_undo = one.state == store::OperationState::on_device;
        row.can_amend = one.state == store::OperationState::saved;
        rows_.push_back(std::move(row));
    }
}

const DoneRow* DoneScreen::row(int64_t index) {
    return index >= 0 && static_cast<size_t>(index) < rows_.size() ? &rows_[static_cast<size_t>(index)] : nullptr;
}

bool DoneScreen::can_undo() const {
    return std::any_of(rows_.begin(), rows_.end(), [](const DoneRow& row) { return row.can_undo; });
}

DoneScreen::Outcome DoneScreen::undo(const std::string& review) {
    Outcome outcome{.mine = true, .status = {}, .amend = std::nullopt, .supersedes = std::nullopt};
    const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const DoneRow& one) { return one.review == review; });
    if (row == rows_.end()) {
        return outcome;
    }
    const ItemId item(row->item);
    const auto done = work_.device.submit({work_.project.id, item, work_.person, WithdrawReview{OperationId(review)}});
    outcome.status = done.ok() ? work_.texts(Text::undone_status, item.text) : done.error().text();
    work_.sync.operation_added();
    stale_ = true;
    return outcome;
}

DoneScreen::Outcome DoneScreen::handle(const Intent& intent) {
    Outcome outcome;
    if (const auto* undone = std::get_if<intent::UndoReview>(&intent)) {
        return undo(undone->review);
    }
    if (std::get_if<intent::Undo>(&intent) != nullptr) {
        const auto newest = std::find_if(rows_.begin(), rows_.end(), [](const DoneRow& row) { return row.can_undo; });
        return newest == rows_.end() ? outcome : undo(newest->review);
    }
    if (const auto* amended = std::get_if<intent::AmendReview>(&intent)) {
        outcome.mine = true;
        for (const DoneRow& row : rows_) {
            if (row.review == amended->review) {
                outcome.amend = ItemId(row.item);
                outcome.supersedes = OperationId(row.review);
            }
        }
    } else if (const auto* selection = std::get_if<intent::SelectRow>(&intent)) {
        outcome.mine = true;
        selected_ = std::max<int64_t>(0, std::min(selection->row, count() - 1));
    } else if (const auto* search = std::get_if<intent::Search>(&intent)) {
        outcome.mine = true;
        search_ = search->text;
        stale_ = true;
    }
    return outcome;
}

void DoneScreen::fill(DoneModel& model) {
    if (stale_) {
        load();
        if (!search_.empty()) {
            std::erase_if(rows_, [&](const DoneRow& row) {
                return row.text.find(search_) == std::string::npos && row.item.find(search_) == std::string::npos;
            });
        }
    }
    model.project = work_.project.name;
    model.load.state = problem_.empty() ? LoadModel::State::ready : LoadModel::State::failed;
    model.load.problem = problem_;
    model.rows = this;
    model.selected = rows_.empty() ? -1 : std::min<int64_t>(selected_, count() - 1);
    model.search = search_;
}

}  // namespace countersign::shell
