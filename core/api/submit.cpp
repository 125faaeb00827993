#include "core/api/submit.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/workflow/apply.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

// Of the reason in a refusal's leaf: a review may lack hundreds of things, a leaf has 64 KiB.
constexpr size_t kReason_characters = 2'000;

// The policy that the reviewer saw; when that is unknown here, the one the item was routed under.
Result<std::shared_ptr<const Policy>> judging_policy(Workspace& workspace, const store::ProjectRow& project,
                                                     const Operation& operation, const ItemState& state) {
    if (const auto* review = std::get_if<SubmitReview>(&operation.command)) {
        auto seen = workspace.policies.get(workspace.database, project, review->policy);
        if (seen.ok() || seen.error().code != ErrorCode::not_found) {
            return seen;
        }
    }
    return state.known() ? workspace.policies.get(workspace.database, project, state.route.policy)
                         : workspace.policies.current(workspace.database, project);
}

// What evidence is checked against; nothing after erasure.
Result<std::optional<Json>> read_document(store::Database& database, int64_t item_no, const CommandBody& command) {
    if (item_no == 0 || !std::holds_alternative<SubmitReview>(command)) {
        return std::optional<Json>();
    }
    const auto stored = store::read_document(database, item_no);
    if (!stored.ok()) {
        return stored.error().code == ErrorCode::not_found ? Result<std::optional<Json>>(std::optional<Json>())
                                                           : stored.error();
    }
    return std::optional<Json>(CS_TRY(parse_json(stored.value().text)));
}

Status keep_texts(Workspace& workspace, int64_t item_no, const SealedOperation& sealed) {
    for (const CommittedText& text : sealed.texts) {
        CS_TRY_STATUS(store::add_note(workspace.database, item_no, text));
    }
    return success();
}

}  // namespace

Result<SubmittedOperation> submit(Workspace& workspace, store::ProjectRow& project, const Operation& operation,
                                  const SealedOperation& sealed) {
    store::Database& database = workspace.database;
    const Instant now = workspace.clock.now();
    const Digest hash = operation_hash(sealed.bytes);
    const int64_t item_no = CS_TRY(store::find_item(database, project, operation.item));
    ItemState state = CS_TRY(store::load_state(database, operation.item, item_no));
    const auto policy = CS_TRY(judging_policy(workspace, project, operation, state));
    const std::optional<Json> document = CS_TRY(read_document(database, item_no, operation.command));
    const CommandContext context{
        operation.actor, operation.stream, operation.id, operation.at, now, document ? &*document : nullptr};
    auto decided = decide(state, *policy, operation.command, context);

    SubmittedOperation out;
    out.id = operation.id;
    std::vector<EventBody> bodies;
    if (decided.ok()) {
        bodies = std::move(decided).value();
    } else {
        out.state = store::OperationState::refused;
        out.reason = utf8::shortened(decided.error().text(), kReason_characters);
        bodies.emplace_back(OperationRefused{operation.id, operation.actor, decided.error().code, out.reason});
    }
    store::Ledger ledger(database, project);
    for (EventBody& body : bodies) {
        Event event{.seq = project.head_seq + 1,
                    .at = now,
                    .item = item_no == 0 ? ItemId() : operation.item,
                    .actor = operation.actor,
                    .operation = hash,
                    .body = std::move(body)};
        if (item_no != 0) {
            apply(state, event);
        }
        out.events.push_back(CS_TRY(ledger.append(std::move(event), item_no)));
    }
    CS_TRY_STATUS(ledger.finish());
    if (item_no != 0) {
        CS_TRY_STATUS(keep_texts(workspace, item_no, sealed));
        CS_TRY_STATUS(store::save_item(database, item_no, state, false));
    }
    CS_TRY_STATUS(store::add_operation(
        database, project,
        {operation.stream, operation.seq, operation.id, item_no, hash, sealed.bytes, out.state, out.reason, now}));
    return out;
}

Result<SubmittedOperation> submitted_before(Workspace& workspace, const store::OperationRow& row) {
    SubmittedOperation out;
    out.id = row.id;
    out.state = row.state;
    out.reason = row.answer;
    if (row.item_no == 0) {
        return out;
    }
    const std::vector<store::StoredEvent> events = CS_TRY(store::read_item_events(workspace.database, row.item_no));
    for (const store::StoredEvent& stored : events) {
        const auto event = decode_leaf(stored.leaf);
        if (event.ok() && event.value().operation == row.hash) {
            out.events.push_back(stored);
        }
    }
    return out;
}

}  // namespace countersign::api
