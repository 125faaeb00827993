// POST .../operations: a device's outbox. Body as JSON Lines, one operation a line, in the order of the stream:
//   {"bytes":"<the operation's exact bytes>","texts":[{"commitment":"<hex>","key":"<hex>","text":"..."}]}
// Answer: {"head":{"seq":..,"hash":".."},"answers":[{"op":"..","state":"saved","events":[{"seq":..,"leaf":".."}]}]}
// The contiguous part is taken. Where it ends early, "stopped" says at which line and why, and what came before is
// kept; when not even the first operation can be taken, the answer is the problem itself.

#include "core/api/answers.h"
#include "core/api/submit.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/committed_text_json.h"
#include "core/log/named_texts.h"

namespace countersign::api {

namespace {

Result<CommittedText> read_text(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    CommittedText out = CS_TRY(read_committed_text(fields, TextRule{}.max_bytes));
    CS_TRY_STATUS(fields.done());
    if (out.key.size() != kCommitmentKey_bytes) {
        return fields.error("key", concat("must have ", kCommitmentKey_bytes, " bytes"));
    }
    return out;
}

Result<SealedOperation> read_sealed(std::string_view line) {
    const Json json = CS_TRY(parse_json_line(line));
    Fields fields = CS_TRY(Fields::of(json, ""));
    SealedOperation out;
    out.bytes = CS_TRY(fields.text("bytes", {.max_bytes = kOperationLimit_bytes}));
    const JsonArray* texts = CS_TRY(fields.optional_list("texts", 200));
    for (size_t i = 0; texts != nullptr && i < texts->size(); ++i) {
        out.texts.push_back(CS_TRY(read_text((*texts)[i], element_path("texts", i))));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

// Only texts that the operation names are kept; decode_operation() saw to it that these open.
Status check_texts(const Operation& operation, const SealedOperation& sealed) {
    std::vector<NamedText> named = texts_named_by(operation.command);
    for (size_t i = 0; i < sealed.texts.size(); ++i) {
        const NamedText* as = find_named(named, sealed.texts[i].commitment);
        if (as == nullptr) {
            return fail(ErrorCode::invalid_argument, "the operation names no such text, or it is sent twice",
                        element_path("texts", i));
        }
        named.erase(named.begin() + (as - named.data()));
    }
    return success();
}

class Push {
public:
    Push(const Call& call, Workspace& workspace, store::ProjectRow project)
        : call_(call), workspace_(workspace), project_(std::move(project)) {}

    // One line of the request.
    Status take(std::string_view line);
    Response response(const Error* stopped) const;

    bool empty() const { return answers_.empty(); }

private:
    Status check_place(const Operation& operation, const Digest& hash, bool& seen_before);
    const Call& call_;
    Workspace& workspace_;
    store::ProjectRow project_;
    StreamId stream_;
    store::StreamHead head_;
    std::vector<SubmittedOperation> answers_;
};

Status Push::check_place(const Operation& operation, const Digest& hash, bool& seen_before) {
    if (stream_.empty()) {
        stream_ = operation.stream;
        head_ = CS_TRY(store::stream_head(workspace_.database, stream_));
    }
    if (operation.stream != stream_) {
        return fail(ErrorCode::invalid_argument, "one request holds operations of one stream only", "stream");
    }
    if (operation.seq <= head_.seq) {
        const auto known = CS_TRY(store::operation_at(workspace_.database, stream_, operation.seq));
        if (!known || known->hash != hash) {
            return fail(ErrorCode::conflict,
                        concat("operation ", operation.seq,
                               " of this device is known with other content: the device was copied or restored"),
                        "seq");
        }
        seen_before = true;
        answers_.push_back(CS_TRY(submitted_before(workspace_, *known)));
        return success();
    }
    if (operation.seq != head_.seq + 1 || operation.prev != head_.hash) {
        return fail(ErrorCode::conflict,
                    concat("expected operation ", head_.seq + 1, " after ", to_hex(head_.hash).substr(0, 12), ", got ",
                           operation.seq),
                    "seq");
    }
    return success();
}

Status Push::take(std::string_view line) {
    if (answers_.size() >= workspace_.settings.limits.operations_per_push) {
        return fail(ErrorCode::exhausted, concat("one request may hold at most ",
                                                 workspace_.settings.limits.operations_per_push, " operations"));
    }
    const SealedOperation sealed = CS_TRY(read_sealed(line));
    const Operation operation = CS_TRY(decode_operation(sealed));
    CS_TRY_STATUS(check_texts(operation, sealed));
    if (operation.actor != call_.principal.actor) {
        return fail(
            ErrorCode::forbidden,
            concat("this operation is '", operation.actor.text, "'s; signed in is '", call_.principal.actor.text, "'"),
            "actor");
    }
    if (operation.project != project_.id) {
        return fail(ErrorCode::invalid_argument,
                    concat("this operation belongs to the project '", operation.project.text, "'"), "project");
    }
    const Digest hash = operation_hash(sealed.bytes);
    bool seen_before = false;
    CS_TRY_STATUS(check_place(operation, hash, seen_before));
    if (!seen_before) {
        answers_.push_back(CS_TRY(submit(workspace_, project_, operation, sealed)));
        head_ = {operation.seq, hash};
    }
    return success();
}

Response Push::response(const Error* stopped) const {
    JsonWriter writer;
    writer.begin_object().name("head").begin_object().member("seq", static_cast<int64_t>(head_.seq));
    writer.member("hash", to_hex(head_.hash)).end_object().name("answers").begin_array();
    for (const SubmittedOperation& answer : answers_) {
        writer.begin_object().member("op", answer.id.text);
        writer.member("state", answer.state == store::OperationState::saved ? "saved" : "refused");
        if (!answer.reason.empty()) {
            writer.member("reason", answer.reason);
        }
        writer.name("events").begin_array();
        for (const store::StoredEvent& event : answer.events) {
            writer.begin_object()
                .member("seq", static_cast<int64_t>(event.seq))
                .member("leaf", event.leaf)
                .end_object();
        }
        writer.end_array().end_object();
    }
    writer.end_array();
    if (stopped != nullptr) {
        writer.name("stopped").begin_object().member("code", code_info(stopped->code).name);
        writer.member("field", stopped->field).member("detail", stopped->message).end_object();
    }
    return json_response(200, std::move(writer.end_object()).take());
}

Result<Response> push(const Call& call, Workspace& workspace) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    Push batch(call, workspace, project);
    std::optional<Error> stopped;
    std::string_view rest = call.body;
    for (size_t line = 1; !rest.empty() && !stopped; ++line) {
        const size_t newline = rest.find('\n');
        const std::string_view one = rest.substr(0, newline);
        rest = newline == std::string_view::npos ? std::string_view() : rest.substr(newline + 1);
        if (one.empty()) {
            continue;
        }
        if (auto taken = batch.take(one); !taken.ok()) {
            stopped = taken.error().at(concat("line ", line));
        }
    }
    if (stopped && batch.empty()) {
        return *stopped;
    }
    CS_TRY_STATUS(transaction.commit());
    return batch.response(stopped ? &*stopped : nullptr);
}

}  // namespace

Response post_operations(const Call& call, Workspace& workspace) {
    return or_problem(push(call, workspace));
}

}  // namespace countersign::api
