#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/span.h"
#include "core/log/leaf.h"
#include "core/log/leaf_bodies.h"

namespace countersign {

namespace {

constexpr size_t kSignature_bytes = 64;

// What stands in "op": the operation itself, or, in format 1, its hash.
Result<RecordedOperation> read_recorded(Fields& fields, std::string_view leaf) {
    RecordedOperation out;
    if (fields.optional("op")->string() != nullptr) {
        out.hash = CS_TRY(read_digest(fields, "op"));
        return out;
    }
    CS_TRY(fields.object("op"));
    out.bytes = member_bytes(leaf, "op");
    out.hash = operation_hash(out.bytes);
    return out;
}

Result<std::string> read_signature(Fields& fields) {
    auto signature = from_hex(CS_TRY(fields.text("sig")));
    return signature.ok() && signature.value().size() == kSignature_bytes
               ? std::move(signature)
               : Result<std::string>(fields.error("sig", "is not a signature of 64 bytes in hexadecimal"));
}

Result<Event> read_event(const Json& json, std::string_view leaf) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    Event out;
    const int64_t version = CS_TRY(fields.integer("v", {.min = 1, .max = 2}));
    out.actor = ActorId(CS_TRY(fields.text("actor")));
    out.at.us = CS_TRY(fields.integer("at"));
    const Json* body = CS_TRY(fields.object("body"));
    out.item = ItemId(CS_TRY(fields.text_or("item", "")));
    if (fields.has("op")) {
        out.operation = CS_TRY(read_recorded(fields, leaf));
    }
    const ProjectId project(CS_TRY(fields.text("project")));
    out.seq = static_cast<EventSeq>(CS_TRY(fields.integer("seq", {.min = 0})));
    const std::string signature = version > 1 && fields.has("sig") ? CS_TRY(read_signature(fields)) : std::string();
    const std::string type = CS_TRY(fields.text("type"));
    CS_TRY_STATUS(fields.done());
    out.body = CS_TRY(read_event_body({version, type, *body, out.actor, project, json.find("op")}));
    const auto* unreadable = std::get_if<OperationQuarantined>(&out.body);
    if (!out.operation && unreadable != nullptr) {
        out.operation = RecordedOperation{unreadable->hash, {}, {}};
    }
    if (out.operation) {
        out.operation->signature = signature;
    }
    return out;
}

}  // namespace

Result<Event> decode_leaf(std::string_view leaf) {
    auto json = parse_json(leaf, {.total_bytes = kLeafLimit_bytes});
    if (!json.ok()) {
        return fail(ErrorCode::corrupt, concat("a log entry cannot be read: ", json.error().text()));
    }
    auto event = read_event(json.value(), leaf);
    if (!event.ok() && event.error().code == ErrorCode::invalid_argument) {
        return fail(ErrorCode::corrupt, event.error().message, event.error().field);
    }
    return event;
}

}  // namespace countersign
