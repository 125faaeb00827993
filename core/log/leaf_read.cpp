#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/leaf.h"
#include "core/log/review_json.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

constexpr IntegerRule kCount{.min = 0, .max = INT64_MAX};

Result<RouteTaken> read_route(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    RouteTaken out;
    if (fields.has("due")) {
        out.due = Instant{CS_TRY(fields.integer("due"))};
    }
    const std::optional<TierKind> kind = tier_kind_from_name(CS_TRY(fields.text("kind")));
    if (!kind) {
        return fields.error("kind", "must be auto, quick or full");
    }
    out.kind = *kind;
    out.policy = CS_TRY(read_digest(fields, "policy"));
    out.reviewers = static_cast<uint32_t>(CS_TRY(fields.integer("reviewers", {.min = 1, .max = 100})));
    out.route = CS_TRY(fields.text("route"));
    out.tier = CS_TRY(fields.text("tier"));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<EventBody> read_project_created(Fields& fields) {
    return EventBody(ProjectCreated{CS_TRY(fields.text("name", {.min_bytes = 0}))});
}

Result<EventBody> read_policy_activated(Fields& fields) {
    const Digest policy = CS_TRY(read_digest(fields, "policy"));
    return EventBody(PolicyActivated{policy, CS_TRY(fields.integer("version", {.min = 1}))});
}

Result<EventBody> read_item_ingested(Fields& fields) {
    ItemIngested out;
    out.document = CS_TRY(read_digest(fields, "document"));
    const Json* prediction = CS_TRY(fields.object("prediction"));
    out.prediction = CS_TRY(read_prediction_json(*prediction, fields.path_of("prediction")));
    const Json* route = CS_TRY(fields.object("route"));
    out.route = CS_TRY(read_route(*route, fields.path_of("route")));
    return EventBody(std::move(out));
}

Result<EventBody> read_prediction_added(Fields& fields) {
    PredictionAdded out;
    const Json* prediction = CS_TRY(fields.object("prediction"));
    out.prediction = CS_TRY(read_prediction_json(*prediction, fields.path_of("prediction")));
    if (const Json* route = fields.optional("route")) {
        out.route = CS_TRY(read_route(*route, fields.path_of("route")));
    }
    return EventBody(std::move(out));
}

Result<EventBody> read_item_assigned(Fields& fields) {
    ItemAssigned out;
    out.expires.us = CS_TRY(fields.integer("expires"));
    out.fence = static_cast<uint64_t>(CS_TRY(fields.integer("fence", kCount)));
    out.reviewer = ActorId(CS_TRY(fields.text("reviewer")));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.min_bytes = 0})));
    return EventBody(std::move(out));
}

Result<EventBody> read_review_withdrawn(Fields& fields) {
    ReviewWithdrawn out;
    out.review = OperationId(CS_TRY(fields.text("review")));
    out.reviewer = ActorId(CS_TRY(fields.text("reviewer")));
    return EventBody(std::move(out));
}

Result<EventBody> read_note_added(Fields& fields) {
    NoteAdded out;
    out.note = OperationId(CS_TRY(fields.text("note")));
    out.text = CS_TRY(read_digest(fields, "text"));
    return EventBody(std::move(out));
}

Result<ErrorCode> read_code(Fields& fields) {
    const std::string name = CS_TRY(fields.text("code"));
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        if (code_info(static_cast<ErrorCode>(code)).name == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    return fields.error("code", concat("'", name, "' is no known error code"));
}

Result<EventBody> read_operation_refused(Fields& fields) {
    OperationRefused out;
    out.actor = ActorId(CS_TRY(fields.text("actor")));
    out.code = CS_TRY(read_code(fields));
    out.reason = CS_TRY(fields.text("reason", {.min_bytes = 0}));
    out.refused = OperationId(CS_TRY(fields.text("refused")));
    return EventBody(std::move(out));
}

Result<EventBody> read_body(const std::string& type, const Json& json, const ActorId& actor) {
    if (type == "review_submitted") {
        return EventBody(ReviewSubmitted{CS_TRY(read_review(json, "body", actor))});
    }
    using Reader = Result<EventBody> (*)(Fields&);

    struct Entry {
        std::string_view type;
        Reader read;
    };

    static constexpr Entry kReaders[] = {
        {"item_ingested", read_item_ingested},         {"prediction_added", read_prediction_added},
        {"item_assigned", read_item_assigned},         {"review_withdrawn", read_review_withdrawn},
        {"operation_refused", read_operation_refused}, {"policy_activated", read_policy_activated},
        {"project_created", read_project_created},     {"note_added", read_note_added},
    };
    for (const Entry& entry : kReaders) {
        if (entry.type == type) {
            Fields fields = CS_TRY(Fields::of(json, "body"));
            EventBody body = CS_TRY(entry.read(fields));
            CS_TRY_STATUS(fields.done());
            return body;
        }
    }
    return fail(ErrorCode::unimplemented, concat("the event type '", type, "' is not known to this version"), "type");
}

Result<Event> read_event(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    Event out;
    out.actor = ActorId(CS_TRY(fields.text("actor")));
    out.at.us = CS_TRY(fields.integer("at"));
    const Json* body = CS_TRY(fields.object("body"));
    out.item = ItemId(CS_TRY(fields.text_or("item", "")));
    if (fields.has("op")) {
        out.operation = CS_TRY(read_digest(fields, "op"));
    }
    static_cast<void>(CS_TRY(fields.text("project")));
    out.seq = static_cast<EventSeq>(CS_TRY(fields.integer("seq", kCount)));
    const std::string type = CS_TRY(fields.text("type"));
    static_cast<void>(CS_TRY(fields.integer("v", {.min = 1, .max = 1})));
    CS_TRY_STATUS(fields.done());
    out.body = CS_TRY(read_body(type, *body, out.actor));
    return out;
}

}  // namespace

Result<Event> decode_leaf(std::string_view leaf) {
    auto json = parse_json(leaf, {.total_bytes = kLeafLimit_bytes});
    if (!json.ok()) {
        return fail(ErrorCode::corrupt, concat("a log entry cannot be read: ", json.error().text()));
    }
    auto event = read_event(json.value());
    if (!event.ok() && event.error().code == ErrorCode::invalid_argument) {
        return fail(ErrorCode::corrupt, event.error().message, event.error().field);
    }
    return event;
}

}  // namespace countersign
