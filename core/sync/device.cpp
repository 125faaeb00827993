#include "core/sync/device.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/store/checkpoints.h"
#include "core/store/given_back.h"
#include "core/store/leases.h"
#include "core/store/ledger.h"
#include "core/store/search.h"
#include "core/sync/device_streams.h"
#include "core/workflow/apply.h"
#include "core/workflow/decide.h"

namespace countersign::sync {

namespace {

// Events that this device decided for itself: not numbered yet, so they carry the last number that is known.
Event provisional(const ItemState& state, const Operation& operation, EventBody body) {
    Event event;
    event.seq = state.last_seq;
    event.at = operation.at;
    event.item = operation.item;
    event.actor = operation.actor;
    event.body = std::move(body);
    return event;
}

const Question* find_question(const Policy& policy, const ItemState& state, std::string_view id) {
    const Checklist* checklist = policy.checklist_for(state.route());
    if (checklist != nullptr) {
        for (const Question& question : checklist->questions) {
            if (question.id == id) {
                return &question;
            }
        }
    }
    return nullptr;
}

CommandContext context_of(const Operation& operation) {
    CommandContext context;
    context.actor = operation.actor;
    context.stream = operation.stream;
    context.operation = operation.id;
    context.claimed_at = operation.at;
    context.now = operation.at;
    return context;
}

// The lease under which this stream works on the item; its fence is what counts, whether it still runs or not.
std::optional<LeaseRef> lease_in(const ItemState& state, const StreamId& stream) {
    for (uint32_t slot = 0; slot < state.slots.size(); ++slot) {
        const SlotState& one = state.slots[slot];
        if (one.stream == stream && !one.ended) {
            return LeaseRef{slot, one.fence};
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Device> Device::open(store::Database& database, Clock& clock, Entropy& entropy) {
    Device device(database, clock, entropy);
    const auto known = CS_TRY(store::read_meta(database, "device"));
    device.id_ = DeviceId(known ? *known : to_hex(entropy.bytes(16)));
    if (!known) {
        CS_TRY_STATUS(store::write_meta(database, "device", device.id_.text));
    }
    device.newest_ = CS_TRY(store::newest_operation(database));
    return device;
}

void Device::saw(Instant moment) {
    if (moment <= clock_.now() + kClockTolerance) {
        newest_ = std::max(newest_, moment);
    }
}

// The newest checkpoint that was verified here, unless the stream has named it.
Result<std::optional<SeenCheckpoint>> Device::newly_seen(const store::StreamRow& stream) {
    const store::ProjectRow project = CS_TRY(store::read_project(database_, stream.project_no));
    const auto newest = CS_TRY(store::newest_checkpoint(database_, project));
    const auto said = said_.find(stream.stream.text);
    if (!newest || (said != said_.end() && said->second == newest->size)) {
        return std::optional<SeenCheckpoint>();
    }
    said_[stream.stream.text] = newest->size;
    return std::optional<SeenCheckpoint>(SeenCheckpoint{newest->epoch, newest->size, newest->root});
}

Result<Operation> Device::next_operation(const Intent& intent, const store::StreamRow& stream) {
    Operation operation;
    operation.stream = stream.stream;
    operation.seq = stream.head.seq + 1;
    operation.prev = stream.head.hash;
    operation.at = std::max(clock_.now(), newest_ + Duration{1});
    operation.mono_ms = clock_.monotonic().us / 1'000;
    if (offset_) {
        operation.offset_ms = offset_->us / 1'000;
    }
    operation.id = OperationId(make_uuid(entropy_, operation.at.us / 1'000));
    operation.project = intent.project;
    operation.item = intent.item;
    operation.actor = intent.actor;
    operation.command = intent.command;
    operation.seen = CS_TRY(newly_seen(stream));
    return operation;
}

std::vector<CommittedText> Device::commit_texts(const Policy& policy, const ItemState& state, CommandBody& command) {
    std::vector<CommittedText> texts;
    const auto commit = [&](std::string_view domain, const std::string& text) {
        texts.push_back(commit_text(domain, entropy_.bytes(kTextKey_bytes), text));
        return texts.back().commitment;
    };
    if (auto* note = std::get_if<AddNote>(&command)) {
        note->commitment = commit(kNoteDomain, note->text);
    }
    auto* submit = std::get_if<SubmitReview>(&command);
    if (submit == nullptr) {
        return texts;
    }
    submit->answer_texts.assign(submit->draft.answers.size(), std::nullopt);
    for (size_t i = 0; i < submit->draft.answers.size(); ++i) {
        const Question* question = find_question(policy, state, submit->draft.answers[i].question);
        if (question != nullptr && question->type == QuestionType::text) {
            submit->answer_texts[i] = commit(kAnswerDomain, submit->draft.answers[i].value);
        }
    }
    if (!submit->draft.rationale.text.empty()) {
        submit->text = commit(kRationaleDomain, submit->draft.rationale.text);
    }
    return texts;
}

Status Device::apply_pending(const store::ProjectRow& project, ItemState& state, int64_t item_no, bool& any) {
    const std::vector<store::OperationRow> pending = CS_TRY(store::pending_on_item(database_, item_no));
    const std::vector<CommittedText> notes =
        pending.empty() ? std::vector<CommittedText>() : CS_TRY(store::read_notes(database_, item_no));
    any = !pending.empty();
    if (!any) {
        return success();
    }
    // Conditions of checklists may read it; after erasure they do without.
    const auto stored = store::read_document(database_, item_no);
    const Json document = stored.ok() ? CS_TRY(parse_json(stored.value().text)) : Json();
    for (const store::OperationRow& row : pending) {
        const auto operation = decode_operation({row.bytes, notes});
        // One that cannot be read, or whose text was erased, is sent as it is: the server says what becomes of it.
        if (!operation.ok() || !state.known()) {
            continue;
        }
        if (operation.value().item != state.id) {
            return fail(ErrorCode::corrupt,
                        "the store is damaged: a decision that waits is kept with another item; put a copy of it in "
                        "its place",
                        concat("item '", state.id.text, "'"));
        }
        const auto policy = policies_.get(database_, project, state.route().policy);
        if (!policy.ok() && policy.error().code == ErrorCode::not_found) {
            continue;  // until it has come (SyncClient::take_policy)
        }
        if (!policy.ok()) {
            return policy.error();
        }
        CommandContext context = context_of(operation.value());
        context.document = stored.ok() ? &document : nullptr;
        auto events = decide(state, JudgingPolicies(*policy.value()), operation.value().command, context);
        // Refused on top of what the server said since: it waits, and the server's event will say so.
        for (size_t i = 0; events.ok() && i < events.value().size(); ++i) {
            apply(state, provisional(state, operation.value(), events.value()[i]));
        }
    }
    return success();
}

Result<ItemState> Device::load(const store::ProjectRow& project, const ItemId& item, int64_t item_no) {
    ItemState state = CS_TRY(store::load_held_state(database_, item, item_no));
    bool any = false;
    CS_TRY_STATUS(apply_pending(project, state, item_no, any));
    return state;
}

Status Device::refresh(const store::ProjectRow& project, const ItemId& item, int64_t item_no, Row row) {
    RowChange change;
    if (row != Row::made_just_now) {
        change.before = CS_TRY(store::read_item(database_, item_no));
    }
    ItemState state = CS_TRY(store::load_held_state(database_, item, item_no));
    bool pending = false;
    CS_TRY_STATUS(apply_pending(project, state, item_no, pending));
    if (!state.known()) {
        return CS_TRY(store::has_operations(database_, item_no)) ? hide(item_no, row) : leave(project, item, row);
    }
    CS_TRY_STATUS(store::save_item(database_, item_no, state, pending));
    CS_TRY_STATUS(store::save_leases(database_, item_no, state));
    if (row != Row::made_just_now || !state.reviews.empty()) {
        CS_TRY_STATUS(store::save_given_back(database_, item_no, state));
    }
    if (row != Row::of_other_project) {
        change.after = CS_TRY(store::read_item(database_, item_no));
        changes_.push_back(std::move(change));
    }
    return success();
}

Status Device::refresh_pending(const store::ProjectRow& project) {
    for (const auto& [item_no, item] : CS_TRY(store::pending_items(database_, project))) {
        CS_TRY_STATUS(refresh(project, item, item_no));
    }
    return success();
}

// What was done on it stays, and is decided again when it comes again.
Status Device::hide(int64_t item_no, Row row) {
    const auto before = CS_TRY(store::read_item(database_, item_no));
    CS_TRY_STATUS(store::hide_item(database_, item_no));
    if (row == Row::known) {
        changes_.push_back({before, std::nullopt});
    }
    return success();
}

Status Device::leave(const store::ProjectRow& project, const ItemId& item, Row row) {
    const int64_t item_no = CS_TRY(store::find_item(database_, project, item));
    if (item_no == 0 || CS_TRY(store::has_operations(database_, item_no))) {
        return success();
    }
    const auto before = CS_TRY(store::read_item(database_, item_no));
    CS_TRY_STATUS(store::forget_item(database_, item_no));
    if (row == Row::known) {
        changes_.push_back({before, std::nullopt});
    }
    return success();
}

Status Device::check(const ItemState& state, const Policy& policy, const Operation& operation, int64_t item_no) {
    const auto stored = store::read_document(database_, item_no);
    const Json document = stored.ok() ? CS_TRY(parse_json(stored.value().text)) : Json();
    CommandContext context = context_of(operation);
    context.document = stored.ok() ? &document : nullptr;
    CS_TRY(decide(state, JudgingPolicies(policy), operation.command, context));
    return success();
}

Status Device::store_operation(const store::ProjectRow& project, store::StreamRow& stream, const Operation& operation,
                               int64_t item_no) {
    store::OperationRow row;
    row.stream = operation.stream;
    row.seq = operation.seq;
    row.id = operation.id;
    row.item = operation.item;
    row.item_no = item_no;
    row.bytes = CS_TRY(encode_operation(operation));
    row.hash = operation_hash(row.bytes);
    row.at = operation.at;
    CS_TRY_STATUS(store::add_operation(database_, project, row));
    stream.head = {row.seq, row.hash};
    return store::save_stream(database_, stream);
}

Result<OperationId> Device::submit(const Intent& intent) {
    const store::ProjectRow project = CS_TRY(store::find_project(database_, intent.project));
    const int64_t item_no = CS_TRY(store::find_item(database_, project, intent.item));
    const ItemState state = CS_TRY(load(project, intent.item, item_no));
    if (!state.known()) {
        return fail(ErrorCode::not_found, concat("the item '", intent.item.text, "' is not on this device"), "item");
    }
    if (state.erased) {
        return fail(ErrorCode::failed_precondition, "the item was erased; nothing can be said about it any more",
                    "item");
    }
    const auto policy = CS_TRY(policies_.get(database_, project, state.route().policy));

    store::Transaction transaction(database_);
    CS_TRY_STATUS(transaction.begin());
    store::StreamRow stream = CS_TRY(ensure_stream(*this, project, intent.actor));
    Operation operation = CS_TRY(next_operation(intent, stream));
    if (auto* review = std::get_if<SubmitReview>(&operation.command)) {
        review->prediction = prediction_digest(state.current());
        review->policy = policy->digest;
        review->lease = lease_in(state, stream.stream);
    }
    const std::vector<CommittedText> texts = commit_texts(*policy, state, operation.command);
    CS_TRY_STATUS(check(state, *policy, operation, item_no));
    for (const CommittedText& text : texts) {
        CS_TRY_STATUS(store::add_note(database_, item_no, text));
    }
    CS_TRY_STATUS(store_operation(project, stream, operation, item_no));
    CS_TRY_STATUS(refresh(project, intent.item, item_no));
    CS_TRY_STATUS(transaction.commit());
    newest_ = operation.at;
    return operation.id;
}

}  // namespace countersign::sync
