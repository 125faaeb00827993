// What leads look at and settle.
//
// GET .../quarantine                 operations that wait:
// {"operations":[{"stream","seq","hash","op","item","account","reason","at","bytes"}]} POST .../quarantine
// {"stream","seq","hash","admit":true,"reason":".."} GET .../incidents                  copied devices, lost work,
// contradictions, restores, quarantines, rights: newest first,
//                                    {"events":[<leaf>,..],"accounts":{"<stream>":"ben"}} with whose streams are named
// POST .../close                     {"item":"msg-7","as":"withdrawn"}

#include <algorithm>
#include <set>

#include "core/api/answers.h"
#include "core/api/event_json.h"
#include "core/api/judge_one.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/log/review_json.h"
#include "core/store/items.h"
#include "core/store/record.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

constexpr size_t kMostListed = 1'000;

Result<Response> waiting(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    JsonWriter writer;
    writer.begin_object().name("operations").begin_array();
    for (const store::OperationState state : {store::OperationState::quarantined, store::OperationState::unknown}) {
        for (const store::OperationRow& row :
             CS_TRY(store::operations_in(workspace.database, project, state, kMostListed))) {
            const auto stream = CS_TRY(store::find_stream(workspace.database, row.stream));
            writer.begin_object().member("stream", row.stream.text).member("seq", static_cast<int64_t>(row.seq));
            writer.member("hash", to_hex(row.hash)).member("op", row.id.text).member("item", row.item.text);
            writer.member("account", stream ? stream->account.text : std::string()).member("reason", row.reason);
            writer.member("at", to_rfc3339(row.at)).member("bytes", row.bytes).end_object();
        }
    }
    return json_response(200, std::move(writer.end_array().end_object()).take());
}

struct Settling {
    StreamId stream;
    uint64_t seq = 0;
    Digest hash;
    bool admit = false;
    std::string reason;
};

Result<Settling> read_settling(const std::string& body) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Settling out;
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", {.min = 1})));
    out.hash = CS_TRY(read_digest(fields, "hash"));
    if (!fields.has("admit")) {
        return fields.error("admit", "is missing; true or false");
    }
    out.admit = CS_TRY(fields.boolean_or("admit", false));
    out.reason = CS_TRY(fields.text("reason", {.max_bytes = 2'000}));
    CS_TRY_STATUS(fields.done());
    return out;
}

// An admitted withdrawal or note has its effect now; a review stands in the event that quarantined it.
Result<std::vector<EventBody>> effects(Workspace& workspace, const store::ProjectRow& project, const ItemState& state,
                                       const store::OperationRow& row) {
    Verdicts verdicts = CS_TRY(judge_again(workspace, project, state, row.item_no, row));
    const bool is_review = std::any_of(state.reviews.begin(), state.reviews.end(),
                                       [&](const Review& review) { return review.id == row.id; });
    if (!is_review && verdicts.waits) {
        return *verdicts.waits;
    }
    std::erase_if(verdicts.bodies, [](const EventBody& body) { return std::holds_alternative<ReviewSubmitted>(body); });
    return std::move(verdicts.bodies);
}

Status settle_one(const Call& call, Workspace& workspace, store::ProjectRow& project, store::OperationRow& row,
                  const Settling& settling) {
    store::Database& database = workspace.database;
    ItemState state = CS_TRY(store::load_state(database, row.item, row.item_no));
    const CommittedText why = commit_text(kNoteDomain, workspace.entropy.bytes(kCommitmentKey_bytes), settling.reason);
    std::vector<EventBody> bodies{QuarantineSettled{row.hash, row.id, settling.admit, why.commitment}};
    if (settling.admit && row.item_no == 0) {
        return fail(ErrorCode::failed_precondition,
                    "it cannot be admitted: what it says cannot be read, or its item is not here", "hash");
    }
    if (settling.admit) {
        const std::vector<EventBody> more = CS_TRY(effects(workspace, project, state, row));
        bodies.insert(bodies.end(), more.begin(), more.end());
    }
    const store::Cause cause{call.principal.actor, workspace.clock.now(), {}};
    int64_t item_no = row.item_no;
    if (item_no != 0) {
        CS_TRY(store::record_item_events(database, project, state, item_no, bodies, cause));
    } else {
        CS_TRY(store::record_project_event(database, project, bodies.front(), cause));
    }
    CS_TRY_STATUS(store::save_project(database, project));
    CS_TRY_STATUS(store::add_note(database, item_no, why));
    row.state = settling.admit ? store::OperationState::recorded : store::OperationState::rejected;
    row.reason.clear();  // the lead's words are a text like others, and lie where they can be erased
    return store::set_operation(database, row);
}

Result<Response> settle(const Call& call, Workspace& workspace) {
    const Settling settling = CS_TRY(read_settling(call.body));
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    auto row = CS_TRY(store::find_operation(workspace.database, settling.stream, settling.seq, settling.hash));
    if (!row || row->project_no != project.no) {
        return fail(ErrorCode::not_found, "there is no such operation in this project", "hash");
    }
    if (row->state != store::OperationState::quarantined && row->state != store::OperationState::unknown) {
        return fail(ErrorCode::failed_precondition, "it does not wait any more", "hash");
    }
    const auto stream = CS_TRY(store::find_stream(workspace.database, row->stream));
    if (stream && stream->account == call.principal.actor) {
        return fail(ErrorCode::forbidden, "nobody settles an operation of their own; another lead has to", "hash");
    }
    CS_TRY_STATUS(settle_one(call, workspace, project, *row, settling));
    CS_TRY_STATUS(transaction.commit());
    Response response;
    response.status = 204;
    return response;
}

// A copied device's event says which stream, not whose.
Status write_accounts(JsonWriter& writer, store::Database& database, const std::vector<store::StoredEvent>& events) {
    std::set<std::string> streams;
    for (const store::StoredEvent& stored : events) {
        const auto event = decode_leaf(stored.leaf);
        const auto* forked = event.ok() ? std::get_if<StreamForked>(&event.value().body) : nullptr;
        if (forked != nullptr) {
            streams.insert(forked->stream.text);
        }
    }
    writer.begin_object();
    for (const std::string& stream : streams) {
        const auto row = CS_TRY(store::find_stream(database, StreamId(stream)));
        writer.member(stream, row ? row->account.text : std::string());
    }
    writer.end_object();
    return success();
}

Result<Response> incidents(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", 200, {1, kMostListed}));
    const std::vector<store::StoredEvent> events =
        CS_TRY(store::read_incidents(workspace.database, project, static_cast<size_t>(limit)));
    JsonWriter writer;
    writer.begin_object().name("events").begin_array();
    for (const store::StoredEvent& event : events) {
        writer.raw(event.leaf);
    }
    writer.end_array().name("accounts");
    CS_TRY_STATUS(write_accounts(writer, workspace.database, events));
    return json_response(200, std::move(writer.end_object()).take());
}

Result<Response> close_item(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const ItemId item(CS_TRY(fields.text("item", {.max_bytes = 200})));
    static const std::vector<std::string> kAs = {"withdrawn", "final"};
    const auto as = static_cast<ClosedAs>(CS_TRY(fields.choice("as", kAs)));
    CS_TRY_STATUS(fields.done());
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    int64_t item_no = CS_TRY(store::find_item(workspace.database, project, item));
    ItemState state = CS_TRY(store::load_state(workspace.database, item, item_no));
    const auto policy = state.known()
                            ? CS_TRY(workspace.policies.get(workspace.database, project, state.route().policy))
                            : CS_TRY(workspace.policies.current(workspace.database, project));
    CommandContext context;
    context.actor = call.principal.actor;
    context.now = workspace.clock.now();
    const std::vector<EventBody> bodies = CS_TRY(decide(state, JudgingPolicies(*policy), CloseItem{as}, context));
    const store::Cause cause{call.principal.actor, context.now, {}};
    CS_TRY(store::record_item_events(workspace.database, project, state, item_no, bodies, cause));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    CS_TRY_STATUS(transaction.commit());
    Response response;
    response.status = 204;
    return response;
}

}  // namespace

Response list_quarantine(const Call& call, Workspace& workspace) {
    return or_problem(waiting(call, workspace));
}

Response post_quarantine(const Call& call, Workspace& workspace) {
    return or_problem(settle(call, workspace));
}

Response list_incidents(const Call& call, Workspace& workspace) {
    return or_problem(incidents(call, workspace));
}

Response post_close(const Call& call, Workspace& workspace) {
    return or_problem(close_item(call, workspace));
}

}  // namespace countersign::api
