#include "core/sync/device.h"

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/store/ledger.h"
#include "core/workflow/apply.h"
#include "core/workflow/decide.h"

namespace countersign::sync {

namespace {

// Events that this device decided for itself: not numbered yet, so they carry the last number that is known.
Event provisional(const ItemState& state, const Operation& operation, EventBody body) {
    return Event{.seq = state.last_seq,
                 .at = operation.at,
                 .item = operation.item,
                 .actor = operation.actor,
                 .operation = std::nullopt,
                 .body = std::move(body)};
}

const Question* find_question(const Policy& policy, const ItemState& state, std::string_view id) {
    const Checklist* checklist = policy.checklist_for(state.route);
    if (checklist != nullptr) {
        for (const Question& question : checklist->questions) {
            if (question.id == id) {
                return &question;
            }
        }
    }
    return nullptr;
}

}  // namespace

Result<Device> Device::open(store::Database& database, Clock& clock, Entropy& entropy) {
    Device device(database, clock, entropy);
    const auto known = CS_TRY(store::read_meta(database, "device"));
    device.id_ = DeviceId(known ? *known : to_hex(entropy.bytes(16)));
    if (!known) {
        CS_TRY_STATUS(store::write_meta(database, "device", device.id_.text));
    }
    return device;
}

Result<StreamId> Device::stream_of(const ActorId& actor) {
    const std::string key = "stream/" + actor.text;
    const auto known = CS_TRY(store::read_meta(database_, key));
    if (known) {
        return StreamId(*known);
    }
    StreamId stream(concat(id_.text, '.', to_hex(entropy_.bytes(8))));
    CS_TRY_STATUS(store::write_meta(database_, key, stream.text));
    return stream;
}

Result<StreamId> Device::stream_of(const ActorId& actor, const ProjectId& project) {
    const StreamId account = CS_TRY(stream_of(actor));
    return StreamId(concat(account.text, '.', to_hex(sha256(project.text)).substr(0, 16)));
}

Result<Operation> Device::next_operation(const Intent& intent) {
    Operation operation;
    operation.stream = CS_TRY(stream_of(intent.actor, intent.project));
    const store::StreamHead head = CS_TRY(store::stream_head(database_, operation.stream));
    operation.seq = head.seq + 1;
    operation.prev = head.hash;
    operation.at = clock_.now();
    operation.id = OperationId(make_uuid(entropy_, operation.at.us / 1000));
    operation.project = intent.project;
    operation.item = intent.item;
    operation.actor = intent.actor;
    operation.command = intent.command;
    return operation;
}

SealedOperation Device::commit_texts(const Policy& policy, const ItemState& state, SubmitReview& submit) {
    SealedOperation sealed;
    const auto commit = [&](std::string_view domain, const std::string& text) {
        sealed.texts.push_back(commit_text(domain, entropy_.bytes(kCommitmentKey_bytes), text));
        return sealed.texts.back().commitment;
    };
    if (!submit.draft.rationale.text.empty()) {
        submit.text = commit(kRationaleDomain, submit.draft.rationale.text);
    }
    submit.answer_texts.assign(submit.draft.answers.size(), std::nullopt);
    for (size_t i = 0; i < submit.draft.answers.size(); ++i) {
        const Question* question = find_question(policy, state, submit.draft.answers[i].question);
        if (question != nullptr && question->type == QuestionType::text) {
            submit.answer_texts[i] = commit(kAnswerDomain, submit.draft.answers[i].value);
        }
    }
    return sealed;
}

Status Device::apply_waiting(const store::ProjectRow& project, ItemState& state, int64_t item_no, bool& any) {
    const std::vector<store::OperationRow> waiting = CS_TRY(store::waiting_on_item(database_, item_no));
    const std::vector<CommittedText> notes =
        waiting.empty() ? std::vector<CommittedText>() : CS_TRY(store::read_notes(database_, item_no));
    any = !waiting.empty();
    for (const store::OperationRow& row : waiting) {
        const Operation operation = CS_TRY(decode_operation({row.bytes, notes}));
        if (operation.item != state.id) {
            return fail(
                ErrorCode::corrupt,
                "the store is damaged: a decision that waits is kept with another item; put a copy of it in its "
                "place",
                concat("item '", state.id.text, "'"));
        }
        const auto policy = CS_TRY(policies_.get(database_, project, state.route.policy));
        const CommandContext context{operation.actor, operation.stream, operation.id, operation.at, operation.at};
        auto events = decide(state, *policy, operation.command, context);
        // Refused on top of what the server said since: it waits, and the server's answer will say so.
        for (size_t i = 0; events.ok() && i < events.value().size(); ++i) {
            apply(state, provisional(state, operation, events.value()[i]));
        }
    }
    return success();
}

Result<ItemState> Device::load(const store::ProjectRow& project, const ItemId& item, int64_t item_no) {
    ItemState state = CS_TRY(store::load_state(database_, item, item_no));
    bool any = false;
    CS_TRY_STATUS(apply_waiting(project, state, item_no, any));
    return state;
}

Status Device::refresh(const store::ProjectRow& project, const ItemId& item, int64_t item_no, Row row) {
    RowChange change;
    if (row != Row::made_just_now) {
        change.before = CS_TRY(store::read_item(database_, item_no));
    }
    ItemState state = CS_TRY(store::load_state(database_, item, item_no));
    bool pending = false;
    CS_TRY_STATUS(apply_waiting(project, state, item_no, pending));
    CS_TRY_STATUS(store::save_item(database_, item_no, state, pending));
    if (row != Row::of_other_project) {
        change.after = CS_TRY(store::read_item(database_, item_no));
        changes_.push_back(std::move(change));
    }
    return success();
}

Result<OperationId> Device::submit(const Intent& intent) {
    const store::ProjectRow project = CS_TRY(store::find_project(database_, intent.project));
    const int64_t item_no = CS_TRY(store::find_item(database_, project, intent.item));
    const ItemState state = CS_TRY(load(project, intent.item, item_no));
    if (!state.known()) {
        return fail(ErrorCode::not_found, concat("the item '", intent.item.text, "' is not on this device"), "item");
    }
    const auto policy = CS_TRY(policies_.get(database_, project, state.route.policy));

    store::Transaction transaction(database_);
    CS_TRY_STATUS(transaction.begin());
    Operation operation = CS_TRY(next_operation(intent));
    SealedOperation sealed;
    if (auto* review = std::get_if<SubmitReview>(&operation.command)) {
        review->prediction = prediction_digest(state.current());
        review->policy = policy->digest;
        sealed = commit_texts(*policy, state, *review);
    }
    if (auto* note = std::get_if<AddNote>(&operation.command)) {
        sealed.texts.push_back(commit_text(kNoteDomain, entropy_.bytes(kCommitmentKey_bytes), note->text));
        note->commitment = sealed.texts.back().commitment;
    }
    const auto stored = store::read_document(database_, item_no);
    const Json document = stored.ok() ? CS_TRY(parse_json(stored.value().text)) : Json();
    const CommandContext context{operation.actor, operation.stream, operation.id,
                                 operation.at,    operation.at,     stored.ok() ? &document : nullptr};
    CS_TRY(decide(state, *policy, operation.command, context));
    sealed.bytes = CS_TRY(encode_operation(operation));
    for (const CommittedText& text : sealed.texts) {
        CS_TRY_STATUS(store::add_note(database_, item_no, text));
    }
    CS_TRY_STATUS(
        store::add_operation(database_, project,
                             {operation.stream, operation.seq, operation.id, item_no, operation_hash(sealed.bytes),
                              sealed.bytes, store::OperationState::on_device, "", operation.at}));
    CS_TRY_STATUS(refresh(project, intent.item, item_no));
    CS_TRY_STATUS(transaction.commit());
    return operation.id;
}

}  // namespace countersign::sync
