#include "core/api/judge_one.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/json/canonical.h"
#include "core/log/leaf.h"
#include "core/log/named_texts.h"
#include "core/store/items.h"
#include "core/store/record.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

// Of the reason in a leaf: a review may lack hundreds of things, a leaf has 64 KiB.
constexpr size_t kReason_characters = 2'000;

using SharedPolicy = std::shared_ptr<const Policy>;

// The policy that the reviewer saw; where that is unknown here, the one the item is under.
Result<SharedPolicy> policy_seen(Workspace& workspace, const store::ProjectRow& project, const CommandBody& command,
                                 const SharedPolicy& now) {
    if (const auto* review = std::get_if<SubmitReview>(&command)) {
        auto seen = workspace.policies.get(workspace.database, project, review->policy);
        if (seen.ok() || seen.error().code != ErrorCode::not_found) {
            return seen;
        }
    }
    return now;
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

// Errors of the store end the judging; what the operation itself lacks is its own matter.
bool concerns_operation(ErrorCode code) {
    return code == ErrorCode::invalid_argument || code == ErrorCode::failed_precondition ||
           code == ErrorCode::not_found || code == ErrorCode::conflict || code == ErrorCode::forbidden ||
           code == ErrorCode::unimplemented || code == ErrorCode::already_exists;
}

Result<std::vector<EventBody>> decide_operation(Workspace& workspace, const store::ProjectRow& project,
                                                const ItemState& state, int64_t item_no, const Operation& operation) {
    if (!state.known()) {
        return fail(ErrorCode::not_found, concat("there is no item '", operation.item.text, "' here yet"), "item");
    }
    const SharedPolicy now = CS_TRY(workspace.policies.get(workspace.database, project, state.route().policy));
    const SharedPolicy seen = CS_TRY(policy_seen(workspace, project, operation.command, now));
    const std::optional<Json> document = CS_TRY(read_document(workspace.database, item_no, operation.command));
    CommandContext context;
    context.actor = operation.actor;
    context.stream = operation.stream;
    context.operation = operation.id;
    context.claimed_at = operation.at;
    context.now = workspace.clock.now();
    context.document = document ? &*document : nullptr;
    return decide(state, JudgingPolicies(*seen, *now), operation.command, context);
}

// Whether the envelope says what its place says.
Status check_place(const Envelope& envelope, const store::ProjectRow& project, const store::StreamRow& stream,
                   const Placed& placed) {
    const bool chained = envelope.stream == stream.stream && envelope.seq == placed.seq && envelope.prev == placed.prev;
    if (!chained) {
        return fail(ErrorCode::invalid_argument,
                    concat("it says that it is operation ", envelope.seq, " of '", envelope.stream.text, "' after ",
                           to_hex(envelope.prev).substr(0, 12), ", but it came as operation ", placed.seq),
                    "seq");
    }
    if (envelope.actor != stream.account) {
        return fail(ErrorCode::forbidden, concat("the stream is '", stream.account.text, "'s"), "actor");
    }
    if (envelope.project != project.id) {
        return fail(ErrorCode::invalid_argument, concat("it is of the project '", envelope.project.text, "'"),
                    "project");
    }
    return success();
}

Status check_right(const store::StreamRow& stream, const Placed& placed) {
    if (placed.doubtful) {
        return fail(ErrorCode::forbidden, "it is not signed by the device that it names");
    }
    if (stream.cut && placed.seq > *stream.cut) {
        return fail(ErrorCode::forbidden, "the right to review had been taken away before anybody knew of it");
    }
    return success();
}

class One {
public:
    One(Workspace& workspace, store::ProjectRow& project, const store::StreamRow& stream, const Placed& placed)
        : workspace_(workspace), project_(project), stream_(stream), placed_(placed) {}

    Status judge();

private:
    Status judge_readable(const Json& json);
    Status quarantine(const Error& why);
    Status record(const std::vector<EventBody>& bodies, store::OperationState state, std::string reason);
    Status keep_texts();
    Result<bool> known_already() const;

    Workspace& workspace_;
    store::ProjectRow& project_;
    const store::StreamRow& stream_;
    const Placed& placed_;
    bool readable_ = false;  // its bytes can stand in the log
    Envelope envelope_;
    CommandBody command_ = UnknownCommand{};
    ItemState state_;
    int64_t item_no_ = 0;
    bool waits_for_item_ = false;  // the only thing that is wrong
};

Status One::judge() {
    const auto json = parse_json(placed_.operation.bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes});
    auto envelope = json.ok() ? read_envelope(json.value()) : Result<Envelope>(json.error());
    if (!envelope.ok()) {
        return quarantine(fail(ErrorCode::invalid_argument, concat("it cannot be read: ", envelope.error().text())));
    }
    // Only what is canonical can stand in a leaf without being changed.
    readable_ = CanonicalJson().read(placed_.operation.bytes).ok();
    if (!readable_) {
        return quarantine(fail(ErrorCode::invalid_argument, "its bytes are not in canonical form"));
    }
    envelope_ = std::move(envelope).value();
    item_no_ = CS_TRY(store::find_item(workspace_.database, project_, envelope_.item));
    state_ = CS_TRY(store::load_state(workspace_.database, envelope_.item, item_no_));
    // What it is, even if it is to wait: what stands in the log is judged by what stands in the log.
    if (auto operation = read_operation(json.value()); operation.ok()) {
        command_ = operation.value().command;
    }
    if (auto placed = check_place(envelope_, project_, stream_, placed_); !placed.ok()) {
        return quarantine(placed.error());
    }
    return judge_readable(json.value());
}

Status One::judge_readable(const Json& json) {
    if (CS_TRY(known_already())) {
        return record({OperationRepeated{envelope_.id}}, store::OperationState::recorded, {});
    }
    auto operation = read_operation(json);
    if (!operation.ok()) {
        return quarantine(operation.error());
    }
    if (auto right = check_right(stream_, placed_); !right.ok()) {
        return quarantine(right.error());
    }
    if (auto opened = open_texts(operation.value(), placed_.operation.texts); !opened.ok()) {
        return quarantine(opened.error());
    }
    auto bodies = decide_operation(workspace_, project_, state_, item_no_, operation.value());
    if (!bodies.ok()) {
        return concerns_operation(bodies.error().code) ? quarantine(bodies.error()) : Status(bodies.error());
    }
    if (bodies.value().empty()) {
        bodies.value().emplace_back(OperationRepeated{envelope_.id});
    }
    return record(bodies.value(), store::OperationState::recorded, {});
}

Result<bool> One::known_already() const {
    const auto known = CS_TRY(store::find_operation(workspace_.database, envelope_.id));
    return known && known->project_no == project_.no && known->event.has_value();
}

Status One::quarantine(const Error& why) {
    OperationQuarantined body;
    body.stream = stream_.stream;
    body.seq = placed_.seq;
    body.hash = placed_.operation.hash;
    body.code = why.code;
    body.reason = utf8::shortened(why.text(), kReason_characters);
    if (readable_) {
        Operation operation;
        static_cast<Envelope&>(operation) = envelope_;
        operation.command = command_;
        body.review = review_waiting(body, operation, stream_.account, project_.id);
    }
    const bool unknown = why.code == ErrorCode::unimplemented;
    waits_for_item_ = why.code == ErrorCode::not_found && why.field == "item" && item_no_ == 0;
    std::string reason = body.reason;
    return record({std::move(body)}, unknown ? store::OperationState::unknown : store::OperationState::quarantined,
                  std::move(reason));
}

// Only texts that the operation names, and that are what it names; others are kept nowhere.
Status One::keep_texts() {
    const std::vector<NamedText> named = texts_named_by(command_);
    for (const CommittedText& text : placed_.operation.texts) {
        const NamedText* as = find_named(named, text.commitment);
        if (as != nullptr && opens(text, as->domain)) {
            CS_TRY_STATUS(store::add_note(workspace_.database, item_no_, text));
        }
    }
    return success();
}

Status One::record(const std::vector<EventBody>& bodies, store::OperationState state, std::string reason) {
    const RecordedOperation recorded{placed_.operation.hash, readable_ ? placed_.operation.bytes : std::string(),
                                     placed_.signature};
    const store::Cause cause{stream_.account, workspace_.clock.now(), recorded};
    store::OperationRow row;
    if (readable_ && !envelope_.item.empty()) {
        const auto seqs =
            CS_TRY(store::record_item_events(workspace_.database, project_, state_, item_no_, bodies, cause));
        row.event = seqs.front();
    } else {
        row.event = CS_TRY(store::record_project_event(workspace_.database, project_, bodies.front(), cause));
    }
    CS_TRY_STATUS(keep_texts());
    row.stream = stream_.stream;
    row.seq = placed_.seq;
    row.hash = placed_.operation.hash;
    row.id = envelope_.id;
    row.item = item_no_ != 0 || waits_for_item_ ? envelope_.item : ItemId();
    row.item_no = item_no_;
    row.bytes = placed_.operation.bytes;
    row.state = state;
    row.reason = std::move(reason);
    row.at = placed_.at;
    return store::add_operation(workspace_.database, project_, row);
}

}  // namespace

Status judge_one(Workspace& workspace, store::ProjectRow& project, const store::StreamRow& stream,
                 const Placed& placed) {
    return One(workspace, project, stream, placed).judge();
}

Result<Verdicts> judge_again(Workspace& workspace, const store::ProjectRow& project, const ItemState& state,
                             int64_t item_no, const store::OperationRow& row) {
    std::vector<CommittedText> texts;
    const std::vector<CommittedText> notes = CS_TRY(store::read_notes(workspace.database, item_no));
    texts.insert(texts.end(), notes.begin(), notes.end());
    const auto operation = decode_operation({row.bytes, texts});
    if (!operation.ok()) {
        return Verdicts{{}, operation.error()};
    }
    auto bodies = decide_operation(workspace, project, state, item_no, operation.value());
    if (bodies.ok()) {
        return Verdicts{std::move(bodies).value(), {}};
    }
    return concerns_operation(bodies.error().code) ? Result<Verdicts>(Verdicts{{}, bodies.error()}) : bodies.error();
}

}  // namespace countersign::api
