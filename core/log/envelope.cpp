#include "core/log/envelope.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

Result<SeenCheckpoint> read_seen(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, "seen"));
    SeenCheckpoint out;
    out.epoch = static_cast<uint64_t>(CS_TRY(fields.integer("epoch", {.min = 1})));
    out.root = CS_TRY(read_digest(fields, "root"));
    out.size = static_cast<uint64_t>(CS_TRY(fields.integer("size", {.min = 1})));
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace

Result<Envelope> read_envelope(const Json& json) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    Envelope out;
    out.version = CS_TRY(fields.integer("v", {.min = 1, .max = 2}));
    out.actor = ActorId(CS_TRY(fields.text("actor", {.max_bytes = 200})));
    out.at.us = CS_TRY(fields.integer("at"));
    CS_TRY(fields.object("body"));
    out.item = ItemId(CS_TRY(fields.text("item", {.max_bytes = 200})));
    if (out.version > 1) {
        out.mono_ms = CS_TRY(fields.integer("mono_ms", {.min = 0}));
        if (fields.has("offset_ms")) {
            out.offset_ms = CS_TRY(fields.integer("offset_ms"));
        }
    }
    out.id = OperationId(CS_TRY(fields.text("op", {.min_bytes = 36, .max_bytes = 36})));
    out.prev = CS_TRY(read_digest(fields, "prev"));
    out.project = ProjectId(CS_TRY(fields.text("project", {.max_bytes = 64})));
    if (out.version > 1 && fields.has("seen")) {
        const Json* seen = CS_TRY(fields.object("seen"));
        out.seen = CS_TRY(read_seen(*seen));
    }
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", {.min = 1})));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    out.type = CS_TRY(fields.text("type", {.max_bytes = 64}));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Envelope> read_envelope(std::string_view bytes) {
    return read_envelope(CS_TRY(parse_json(bytes, {.depth = 16, .total_bytes = kOperationLimit_bytes})));
}

Digest operation_hash(std::string_view bytes) {
    return sha256(std::string_view("countersign-op1", 16), bytes);
}

std::string signed_head(const StreamId& stream, uint64_t seq, const Digest& hash) {
    return concat("countersign-head1\n", stream.text, '\n', seq, '\n', to_hex(hash), '\n');
}

}  // namespace countersign
