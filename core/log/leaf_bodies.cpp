#include "core/log/leaf_bodies.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/leaf.h"
#include "core/log/leaf_names.h"
#include "core/log/leaf_policies.h"
#include "core/log/leaf_routes.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

constexpr IntegerRule kCount{.min = 0, .max = INT64_MAX};
constexpr size_t kItems = 10'000;

Result<ErrorCode> read_code(Fields& fields) {
    const std::string name = CS_TRY(fields.text("code"));
    for (int code = 0; code <= static_cast<int>(kLastErrorCode); ++code) {
        if (code_info(static_cast<ErrorCode>(code)).name == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    return fields.error("code", concat("'", name, "' is no known error code"));
}

Result<std::vector<ItemId>> read_items(Fields& fields) {
    std::vector<ItemId> out;
    for (std::string& item : CS_TRY(fields.text_list("items", kItems))) {
        out.emplace_back(std::move(item));
    }
    return out;
}

Result<EventBody> read_project_created(Fields& fields) {
    return EventBody(ProjectCreated{CS_TRY(fields.text("name", {.min_bytes = 0}))});
}

Result<EventBody> read_policy_activated(Fields& fields) {
    const Digest policy = CS_TRY(read_digest(fields, "policy"));
    return EventBody(PolicyActivated{policy, CS_TRY(fields.integer("version", {.min = 1}))});
}

Result<EventBody> read_epoch_started(Fields& fields) {
    EpochStarted out;
    const Json* json = CS_TRY(fields.object("continues"));
    Fields continues = CS_TRY(Fields::of(*json, fields.path_of("continues")));
    out.continues_from = CS_TRY(continues.text("origin"));
    out.root = CS_TRY(read_digest(continues, "root"));
    out.size = static_cast<uint64_t>(CS_TRY(continues.integer("size", kCount)));
    CS_TRY_STATUS(continues.done());
    out.epoch = CS_TRY(fields.text("epoch"));
    return EventBody(std::move(out));
}

Result<EventBody> read_stream_opened(Fields& fields) {
    StreamOpened out;
    out.account = ActorId(CS_TRY(fields.text("account")));
    out.device = DeviceId(CS_TRY(fields.text("device")));
    auto key = from_hex(CS_TRY(fields.text("key")));
    if (!key.ok() || key.value().size() != 32) {
        return fields.error("key", "is not a public key of 32 bytes in hexadecimal");
    }
    out.key = std::move(key).value();
    out.reason = CS_TRY(fields.text("reason"));
    if (fields.has("replaces")) {
        out.replaces = StreamId(CS_TRY(fields.text("replaces")));
    }
    out.stream = StreamId(CS_TRY(fields.text("stream")));
    return EventBody(std::move(out));
}

Result<EventBody> read_stream_forked(Fields& fields) {
    StreamForked out;
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", kCount)));
    out.stream = StreamId(CS_TRY(fields.text("stream")));
    return EventBody(std::move(out));
}

Result<EventBody> read_rights_revoked(Fields& fields) {
    RightsRevoked out;
    out.account = ActorId(CS_TRY(fields.text("account")));
    const JsonArray* cuts = CS_TRY(fields.list("cuts", kItems));
    for (size_t i = 0; i < cuts->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*cuts)[i], element_path(fields.path_of("cuts"), i)));
        const auto seq = static_cast<uint64_t>(CS_TRY(one.integer("seq", kCount)));
        out.cuts.push_back({StreamId(CS_TRY(one.text("stream"))), seq});
        CS_TRY_STATUS(one.done());
    }
    out.device = DeviceId(CS_TRY(fields.text_or("device", "")));
    return EventBody(std::move(out));
}

Result<EventBody> read_rights_restored(Fields& fields) {
    RightsRestored out;
    out.account = ActorId(CS_TRY(fields.text("account")));
    out.device = DeviceId(CS_TRY(fields.text_or("device", "")));
    return EventBody(std::move(out));
}

Result<EventBody> read_work_lost(Fields& fields) {
    WorkLost out;
    out.announced = static_cast<uint64_t>(CS_TRY(fields.integer("announced", kCount)));
    out.items = CS_TRY(read_items(fields));
    out.received = static_cast<uint64_t>(CS_TRY(fields.integer("received", kCount)));
    out.stream = StreamId(CS_TRY(fields.text("stream")));
    return EventBody(std::move(out));
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

Result<EventBody> read_lease_granted(Fields& fields) {
    LeaseGranted out;
    out.expires.us = CS_TRY(fields.integer("expires"));
    out.lease = CS_TRY(read_lease(fields));
    out.holder = ActorId(CS_TRY(fields.text("holder")));
    out.offline = CS_TRY(fields.boolean_or("offline", false));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.min_bytes = 0})));
    return EventBody(std::move(out));
}

Result<EventBody> read_lease_renewed(Fields& fields) {
    LeaseRenewed out;
    out.expires.us = CS_TRY(fields.integer("expires"));
    out.lease = CS_TRY(read_lease(fields));
    return EventBody(out);
}

Result<EventBody> read_lease_ended(Fields& fields) {
    LeaseEnded out;
    out.lease = CS_TRY(read_lease(fields));
    out.revoked = CS_TRY(fields.boolean_or("revoked", false));
    return EventBody(out);
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

Result<EventBody> read_operation_refused(Fields& fields) {
    OperationRefused out;
    out.actor = ActorId(CS_TRY(fields.text("actor")));
    out.code = CS_TRY(read_code(fields));
    out.reason = CS_TRY(fields.text("reason", {.min_bytes = 0}));
    out.refused = OperationId(CS_TRY(fields.text("refused")));
    return EventBody(std::move(out));
}

Result<EventBody> read_operation_quarantined(Fields& fields) {
    OperationQuarantined out;
    out.code = CS_TRY(read_code(fields));
    out.hash = CS_TRY(read_digest(fields, "hash"));
    out.reason = CS_TRY(fields.text("reason", {.min_bytes = 0}));
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", kCount)));
    out.stream = StreamId(CS_TRY(fields.text("stream")));
    return EventBody(std::move(out));
}

Result<EventBody> read_operation_repeated(Fields& fields) {
    return EventBody(OperationRepeated{OperationId(CS_TRY(fields.text("op")))});
}

Result<EventBody> read_quarantine_settled(Fields& fields) {
    QuarantineSettled out;
    out.admitted = CS_TRY(fields.boolean_or("admitted", false));
    out.operation = CS_TRY(read_digest(fields, "hash"));
    out.id = OperationId(CS_TRY(fields.text("op", {.min_bytes = 0})));
    if (fields.has("text")) {
        out.text = CS_TRY(read_digest(fields, "text"));
    }
    return EventBody(std::move(out));
}

Result<EventBody> read_item_closed(Fields& fields) {
    const std::string as = CS_TRY(fields.text("as"));
    for (const ClosedAs one : {ClosedAs::withdrawn, ClosedAs::final, ClosedAs::erased}) {
        if (as == closed_as_name(one)) {
            return EventBody(ItemClosed{one});
        }
    }
    return fields.error("as", "must be withdrawn, final or erased");
}

Result<EventBody> read_contradiction_found(Fields& fields) {
    return EventBody(ContradictionFound{OperationId(CS_TRY(fields.text("review")))});
}

Result<EventBody> read_subject_erased(Fields& fields) {
    SubjectErased out;
    for (const std::string& one : CS_TRY(fields.text_list("commitments", kItems))) {
        auto digest = digest_from_hex(one);
        if (!digest.ok()) {
            return fields.error("commitments", digest.error().message);
        }
        out.commitments.push_back(digest.value());
    }
    out.ground = CS_TRY(fields.text("ground"));
    out.items = CS_TRY(read_items(fields));
    out.note = CS_TRY(fields.text_or("note", ""));
    out.requested_by = ActorId(CS_TRY(fields.text("requested_by")));
    return EventBody(std::move(out));
}

// The review comes from the operation; the body says what the server noted.
Result<EventBody> read_review_submitted(const LeafBody& leaf) {
    if (leaf.version == 1) {
        return EventBody(ReviewSubmitted{CS_TRY(read_review(leaf.body, "body", leaf.actor))});
    }
    if (leaf.operation == nullptr) {
        return fail(ErrorCode::invalid_argument, "is missing", "op");
    }
    const Operation operation = CS_TRY(read_operation(*leaf.operation));
    if (!std::holds_alternative<SubmitReview>(operation.command)) {
        return fail(ErrorCode::invalid_argument, "must be a review", "op.type");
    }
    ReviewSubmitted out{review_of(operation)};
    Fields fields = CS_TRY(Fields::of(leaf.body, "body"));
    const std::vector<std::string> flags = CS_TRY(fields.text_list("flags", 20));
    for (const JudgedFlag& flag : kJudgedFlags) {
        out.review.judged.*flag.member = std::find(flags.begin(), flags.end(), flag.name) != flags.end();
    }
    out.review.judged.lacks = CS_TRY(fields.text_or("lacks", ""));
    CS_TRY_STATUS(fields.done());
    return EventBody(std::move(out));
}

using Reader = Result<EventBody> (*)(Fields&);

struct Entry {
    std::string_view type;
    Reader read;
};

constexpr Entry kReaders[] = {
    {"item_ingested", read_item_ingested},
    {"prediction_added", read_prediction_added},
    {"lease_granted", read_lease_granted},
    {"lease_renewed", read_lease_renewed},
    {"lease_ended", read_lease_ended},
    {"review_withdrawn", read_review_withdrawn},
    {"note_added", read_note_added},
    {"operation_quarantined", read_operation_quarantined},
    {"operation_repeated", read_operation_repeated},
    {"quarantine_settled", read_quarantine_settled},
    {"item_closed", read_item_closed},
    {"contradiction_found", read_contradiction_found},
    {"subject_erased", read_subject_erased},
    {"project_created", read_project_created},
    {"policy_activated", read_policy_activated},
    {"epoch_started", read_epoch_started},
    {"stream_opened", read_stream_opened},
    {"stream_forked", read_stream_forked},
    {"rights_revoked", read_rights_revoked},
    {"rights_restored", read_rights_restored},
    {"work_lost", read_work_lost},
    {"item_assigned", read_item_assigned},
    {"operation_refused", read_operation_refused},
    {"calibration_chosen", read_calibration_chosen},
    {"tier_certified", read_tier_certified},
    {"tier_closed", read_tier_closed},
    {"item_rerouted", read_item_rerouted},
    {"policy_proposed", read_policy_proposed},
    {"policy_change_withdrawn", read_policy_change_withdrawn},
    {"policy_approved", read_policy_approved},
};

}  // namespace

std::optional<Review> review_waiting(const OperationQuarantined& quarantined, const Operation& operation,
                                     const ActorId& actor, const ProjectId& project) {
    const bool in_place = operation.stream == quarantined.stream && operation.seq == quarantined.seq &&
                          operation.actor == actor && operation.project == project;
    return in_place && std::holds_alternative<SubmitReview>(operation.command) ? std::optional(review_of(operation))
                                                                               : std::nullopt;
}

Result<EventBody> read_event_body(const LeafBody& leaf) {
    if (leaf.type == "review_submitted") {
        return read_review_submitted(leaf);
    }
    const auto* entry =
        std::find_if(std::begin(kReaders), std::end(kReaders), [&](const Entry& e) { return e.type == leaf.type; });
    if (entry == std::end(kReaders)) {
        return fail(ErrorCode::unimplemented, concat("the event type '", leaf.type, "' is not known to this version"),
                    "type");
    }
    Fields fields = CS_TRY(Fields::of(leaf.body, "body"));
    EventBody body = CS_TRY(entry->read(fields));
    CS_TRY_STATUS(fields.done());
    if (auto* quarantined = std::get_if<OperationQuarantined>(&body);
        quarantined != nullptr && leaf.operation != nullptr) {
        const auto operation = read_operation(*leaf.operation);
        if (operation.ok()) {
            quarantined->review = review_waiting(*quarantined, operation.value(), leaf.actor, leaf.project);
        }
    }
    return body;
}

}  // namespace countersign
