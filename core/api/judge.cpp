#include "core/api/judge.h"

#include <algorithm>

#include "core/api/judge_one.h"
#include "core/base/concat.h"
#include "core/log/named_texts.h"
#include "core/store/inbox.h"
#include "core/store/items.h"
#include "core/store/record.h"

namespace countersign::api {

namespace {

// Up to `most` operations of one batch.
Result<uint64_t> judge_batch(Workspace& workspace, store::ProjectRow& project, store::InboxRow& batch,
                             const std::vector<PushedOperation>& operations, uint64_t most) {
    const store::StreamRow stream = CS_TRY(store::known_stream(workspace.database, batch.stream));
    if (operations.size() != batch.count || batch.judged > batch.count) {
        return fail(ErrorCode::corrupt,
                    concat("the store is damaged: a batch of the stream has ", operations.size(), " operations of ",
                           batch.count, "; put a copy of it in its place"),
                    batch.stream.text);
    }
    const uint64_t end = std::min(batch.count, batch.judged + most);
    const uint64_t begun = batch.judged;
    for (; batch.judged < end; ++batch.judged) {
        const auto i = static_cast<size_t>(batch.judged);
        const bool last = i + 1 == batch.count;
        const Placed placed{operations[i],
                            batch.from + i,
                            i == 0 ? batch.prev : operations[i - 1].hash,
                            last ? batch.signature : std::string(),
                            batch.doubtful,
                            batch.at};
        CS_TRY_STATUS(judge_one(workspace, project, stream, placed));
    }
    CS_TRY_STATUS(store::set_judged(workspace.database, batch));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    return end - begun;
}

bool same_batch(const store::InboxRow& a, const store::InboxRow& b) {
    return a.no == b.no && a.stream == b.stream && a.from == b.from && a.at == b.at && a.signature == b.signature;
}

// What the operation said about an item that was not known is a text of that item now.
Status adopt_texts(store::Database& database, const store::OperationRow& row, int64_t item_no) {
    const Json json = CS_TRY(parse_json(row.bytes));
    const Operation operation = CS_TRY(read_operation(json));
    for (const NamedText& named : texts_named_by(operation.command)) {
        CS_TRY_STATUS(store::adopt_note(database, named.commitment, item_no));
    }
    return success();
}

}  // namespace

// The oldest batch, opened.
Status Judge::find(store::Database& database) {
    auto bare = CS_TRY(store::first_in_inbox_bare(database));
    if (bare && batch_ && same_batch(*bare, batch_->row)) {
        batch_->row = std::move(*bare);
        return success();
    }
    batch_.reset();
    if (auto row = CS_TRY(store::first_in_inbox(database))) {
        std::vector<PushedOperation> operations = read_pushed_operations(row->body, row->prev);
        row->body.clear();
        batch_ = Batch{std::move(*row), std::move(operations)};
    }
    return success();
}

Result<uint64_t> Judge::step(Workspace& workspace, uint64_t most) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    uint64_t judged = 0;
    while (judged < most) {
        CS_TRY_STATUS(find(workspace.database));
        if (!batch_) {
            break;
        }
        store::ProjectRow project = CS_TRY(store::read_project(workspace.database, batch_->row.project_no));
        judged += CS_TRY(judge_batch(workspace, project, batch_->row, batch_->operations, most - judged));
    }
    CS_TRY_STATUS(transaction.commit());
    return judged;
}

Status judge_stream(Workspace& workspace, store::ProjectRow& project, const StreamId& stream) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    for (;;) {
        auto batch = CS_TRY(store::first_in_inbox(workspace.database, &stream));
        if (!batch) {
            break;
        }
        const std::vector<PushedOperation> operations = read_pushed_operations(batch->body, batch->prev);
        CS_TRY(judge_batch(workspace, project, *batch, operations, batch->count));
    }
    return transaction.commit();
}

Status judge_waiting_for(Workspace& workspace, store::ProjectRow& project, const ItemId& item, int64_t item_no) {
    store::Database& database = workspace.database;
    for (store::OperationRow& row : CS_TRY(store::waiting_for_item(database, project, item))) {
        if (!row.event) {
            return fail(ErrorCode::corrupt,
                        "the store is damaged: a decision that waits has no event; put a copy of it in its place",
                        row.id.text);
        }
        CS_TRY_STATUS(store::adopt_events(database, project, {*row.event}, item_no));
        ItemState state = CS_TRY(store::load_state(database, item, item_no));
        CS_TRY_STATUS(adopt_texts(database, row, item_no));
        row.item_no = item_no;
        Verdicts verdicts = CS_TRY(judge_again(workspace, project, state, item_no, row));
        if (verdicts.waits) {
            row.reason = verdicts.waits->text();
        } else {
            row.state = store::OperationState::recorded;
            row.reason.clear();
            // The review stands in the event that quarantined it; anything else has its effect now.
            std::erase_if(verdicts.bodies,
                          [](const EventBody& body) { return std::holds_alternative<ReviewSubmitted>(body); });
            verdicts.bodies.insert(verdicts.bodies.begin(), QuarantineSettled{row.hash, row.id, true, {}});
        }
        const store::Cause cause{ActorId("system"), workspace.clock.now()};
        int64_t no = item_no;
        CS_TRY(store::record_item_events(database, project, state, no, verdicts.bodies, cause));
        CS_TRY_STATUS(store::set_operation(database, row));
    }
    return success();
}

}  // namespace countersign::api
