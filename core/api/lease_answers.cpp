// Leases: who works on what, so that two people do not do the same. They keep nobody from deciding.
//
// POST .../leases  {"stream":"..","items":["msg-7"]}                         one by one, for half an hour, renewed the
// same way
//                  {"stream":"..","take":25,"tier":"quick","for":"8h"}       a pack to take along
//   {"leases":[{"item","slot","fence","expires","ttl_ms"}],"refused":[{"item","reason"}]}  ("by":"staff" where the
//   staff document says so)
// POST .../leases/end  {"leases":[{"item","slot","fence"}]}                  given back; a lead may take away anybody's
// GET .../leases                                                              all that run

#include "core/api/answers.h"
#include "core/api/staffing.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"
#include "core/store/identity.h"
#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/record.h"
#include "core/store/streams.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

struct Wish {
    StreamId stream;
    std::vector<ItemId> items;
    size_t take = 0;
    std::string tier;
    Duration time;
    bool offline = false;
};

Result<Wish> read_wish(const std::string& body, const ApiLimits& limits) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Wish out;
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    for (std::string& item : CS_TRY(fields.text_list("items", limits.leases))) {
        out.items.emplace_back(std::move(item));
    }
    out.take = static_cast<size_t>(
        CS_TRY(fields.integer_or("take", 0, {.min = 0, .max = static_cast<int64_t>(limits.leases)})));
    out.tier = CS_TRY(fields.text_or("tier", "", {.min_bytes = 0, .max_bytes = 100}));
    out.time = limits.lease;
    if (fields.has("for")) {
        auto time = parse_duration(CS_TRY(fields.text("for", {.max_bytes = 40})));
        if (!time.ok() || time.value() > limits.longest_lease || time.value().us < kMinute_us) {
            return fields.error("for", concat("must be a time from 1m to ", to_text(limits.longest_lease)));
        }
        out.time = time.value();
        out.offline = true;
    }
    CS_TRY_STATUS(fields.done());
    if (out.items.empty() && out.take == 0) {
        return fields.error("items", "name items, or say how many to take");
    }
    return out;
}

class Leasing {
public:
    Leasing(const Call& call, Workspace& workspace, store::ProjectRow project, store::ServerIdentity server)
        : call_(call), workspace_(workspace), project_(std::move(project)), server_(std::move(server)) {}

    Status take(const ItemId& item, const TakeLease& command);
    Status end(const ItemId& item, const LeaseRef& lease, bool revoke);
    enum class By : uint8_t { state, staff };
    void refuse(const ItemId& item, const Error& why, By by = By::state);
    Result<std::string> finish();

private:
    void begin();
    Result<std::vector<EventBody>> decide_on(const ItemState& state, const CommandBody& command);
    void write_lease(const ItemId& item, const ItemState& state, const LeaseRef& lease);

    const Call& call_;
    Workspace& workspace_;
    store::ProjectRow project_;
    store::ServerIdentity server_;
    JsonWriter leases_;
    JsonWriter refused_;
    bool begun_ = false;
};

Result<std::vector<EventBody>> Leasing::decide_on(const ItemState& state, const CommandBody& command) {
    if (!state.known()) {
        return fail(ErrorCode::not_found, concat("there is no item '", state.id.text.substr(0, 80), "'"), "item");
    }
    const auto policy = CS_TRY(workspace_.policies.get(workspace_.database, project_, state.route().policy));
    CommandContext context;
    context.actor = call_.principal.actor;
    context.now = workspace_.clock.now();
    context.claimed_at = context.now;
    context.epoch = server_.epoch;
    return decide(state, JudgingPolicies(*policy), command, context);
}

void Leasing::begin() {
    if (!begun_) {
        leases_.begin_array();
        refused_.begin_array();
        begun_ = true;
    }
}

void Leasing::refuse(const ItemId& item, const Error& why, By by) {
    begin();
    refused_.begin_object().member("item", item.text).member("reason", why.message);
    if (by == By::staff) {
        refused_.member("by", "staff");
    }
    refused_.end_object();
}

void Leasing::write_lease(const ItemId& item, const ItemState& state, const LeaseRef& lease) {
    const SlotState& slot = state.slots[lease.slot];
    leases_.begin_object().member("item", item.text).member("slot", int64_t{lease.slot});
    leases_.member("fence", to_text(lease.fence)).member("expires", to_rfc3339(slot.expires));
    leases_.member("ttl_ms", (slot.expires - workspace_.clock.now()).us / 1'000).end_object();
}

Status Leasing::take(const ItemId& item, const TakeLease& command) {
    begin();
    int64_t item_no = CS_TRY(store::find_item(workspace_.database, project_, item));
    ItemState state = CS_TRY(store::load_state(workspace_.database, item, item_no));
    const auto bodies = decide_on(state, command);
    if (!bodies.ok()) {
        refuse(item, bodies.error());
        return success();
    }
    const store::Cause cause{call_.principal.actor, workspace_.clock.now(), {}};
    CS_TRY(store::record_item_events(workspace_.database, project_, state, item_no, bodies.value(), cause));
    for (const EventBody& body : bodies.value()) {
        if (const auto* granted = std::get_if<LeaseGranted>(&body)) {
            write_lease(item, state, granted->lease);
        } else if (const auto* renewed = std::get_if<LeaseRenewed>(&body)) {
            write_lease(item, state, renewed->lease);
        }
    }
    return success();
}

Status Leasing::end(const ItemId& item, const LeaseRef& lease, bool revoke) {
    int64_t item_no = CS_TRY(store::find_item(workspace_.database, project_, item));
    ItemState state = CS_TRY(store::load_state(workspace_.database, item, item_no));
    const std::vector<EventBody> bodies = CS_TRY(decide_on(state, EndLease{lease, revoke}));
    const store::Cause cause{call_.principal.actor, workspace_.clock.now(), {}};
    CS_TRY(store::record_item_events(workspace_.database, project_, state, item_no, bodies, cause));
    return success();
}

Result<std::string> Leasing::finish() {
    CS_TRY_STATUS(store::save_project(workspace_.database, project_));
    if (!begun_) {
        return std::string("{}");
    }
    leases_.end_array();
    refused_.end_array();
    return concat(R"({"leases":)", std::move(leases_).take(), R"(,"refused":)", std::move(refused_).take(), '}');
}

// By the plan where the project has staff, else by what is due first.
Result<std::vector<ItemId>> items_to_take(const Call& call, Workspace& workspace, const store::ProjectRow& project,
                                          const Wish& wish) {
    auto staff = CS_TRY(staff_of(workspace, project));
    if (!staff) {
        return store::free_items(workspace.database, project, wish.tier, workspace.clock.now(), wish.take);
    }
    const Staffing staffing =
        CS_TRY(staffing_of(workspace, project, std::move(*staff), call.principal.actor, wish.tier));
    const std::optional<Instant> back = wish.offline ? std::optional(staffing.now + wish.time) : std::nullopt;
    return items_for(staffing, call.principal.actor, wish.take, back);
}

Result<Response> take_leases(const Call& call, Workspace& workspace) {
    Wish wish = CS_TRY(read_wish(call.body, workspace.settings.limits));
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const auto stream = CS_TRY(store::find_stream(workspace.database, wish.stream));
    if (!stream || stream->account != call.principal.actor || stream->project_no != project.no) {
        return fail(ErrorCode::not_found, "this stream has not said hello in this project", "stream");
    }
    if (wish.take > 0) {
        wish.items = CS_TRY(items_to_take(call, workspace, project, wish));
    }
    Leasing leasing(call, workspace, project, CS_TRY(store::read_identity(workspace.database)));
    const auto staff = CS_TRY(staff_of(workspace, project));
    for (const ItemId& item : wish.items) {
        const std::string hindered =
            staff ? CS_TRY(hindrance(workspace, project, *staff, item, call.principal.actor)) : std::string();
        if (!hindered.empty()) {
            leasing.refuse(item, fail(ErrorCode::failed_precondition, hindered), Leasing::By::staff);
            continue;
        }
        CS_TRY_STATUS(leasing.take(item, TakeLease{wish.stream, wish.time, wish.offline}));
    }
    std::string body = wish.items.empty() ? R"({"leases":[],"refused":[]})" : CS_TRY(leasing.finish());
    CS_TRY_STATUS(transaction.commit());
    return json_response(200, std::move(body));
}

Result<Response> end_leases(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* leases = CS_TRY(fields.list("leases", workspace.settings.limits.leases));
    CS_TRY_STATUS(fields.done());
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    Leasing leasing(call, workspace, project, CS_TRY(store::read_identity(workspace.database)));
    const bool revoke = may(call.principal, Right::settle, project.id.text);
    for (size_t i = 0; i < leases->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*leases)[i], element_path("leases", i)));
        const ItemId item(CS_TRY(one.text("item", {.max_bytes = 200})));
        const LeaseRef lease = CS_TRY(read_lease(one));
        CS_TRY_STATUS(one.done());
        auto ended = leasing.end(item, lease, revoke);
        if (!ended.ok()) {
            return ended.error().at(element_path("leases", i));
        }
    }
    CS_TRY(leasing.finish());
    CS_TRY_STATUS(transaction.commit());
    Response response;
    response.status = 204;
    return response;
}

Result<Response> running(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const std::vector<store::LeaseRow> rows = CS_TRY(
        store::running_leases(workspace.database, project, workspace.clock.now(), workspace.settings.limits.leases));
    JsonWriter writer;
    writer.begin_object().name("leases").begin_array();
    for (const store::LeaseRow& row : rows) {
        writer.begin_object().member("item", row.item.text).member("slot", int64_t{row.lease.slot});
        writer.member("fence", to_text(row.lease.fence)).member("holder", row.holder.text);
        writer.member("expires", to_rfc3339(row.expires)).member_bool("offline", row.offline).end_object();
    }
    return json_response(200, std::move(writer.end_array().end_object()).take());
}

}  // namespace

Response post_leases(const Call& call, Workspace& workspace) {
    return or_problem(take_leases(call, workspace));
}

Response post_leases_end(const Call& call, Workspace& workspace) {
    return or_problem(end_leases(call, workspace));
}

Response list_leases(const Call& call, Workspace& workspace) {
    return or_problem(running(call, workspace));
}

}  // namespace countersign::api
