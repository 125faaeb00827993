// POST .../operations: a device's stream goes on (core/log/push_body.h). Recorded, not yet judged:
//   {"incarnation":"..","stream":"..","saved":92,"stable":40,"state":"open","waits":false}
// and "cut":90 where what comes behind 90 waits for a lead; "waits": some of what was brought does.
// A gap is 409 with where the stream stands: {..,"expected":{"seq":41,"hash":"<hex of operation 40>"}}.
//
// POST .../outbox: the same from a file, handed in by somebody else than its author: what the device signed is taken as
// its author's, anything else waits for a lead.

#include "core/api/answers.h"
#include "core/api/receive.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/identity.h"

namespace countersign::api {

namespace {

Response answer_of(const Received& received, uint64_t stable, const std::string& incarnation) {
    static constexpr std::string_view kStates[] = {"open", "closed", "forked", "revoked"};
    JsonWriter writer;
    writer.begin_object().member("incarnation", incarnation).member("stream", received.stream.stream.text);
    writer.member("saved", static_cast<int64_t>(received.saved)).member("stable", static_cast<int64_t>(stable));
    writer.member("state", kStates[static_cast<size_t>(received.stream.state)]);
    if (received.stream.cut) {
        writer.member("cut", static_cast<int64_t>(*received.stream.cut));
    }
    writer.member_bool("waits", received.waits).end_object();
    return json_response(200, std::move(writer).take());
}

// Too much at once is halved by whoever sends it; 429, which the code stands for elsewhere, would have it sent again as
// it is.
Response unreadable(const Error& error) {
    return problem(error, error.code == ErrorCode::exhausted ? std::optional(413) : std::nullopt);
}

// A gap tells where to go on.
Response gap_answer(const Error& error, const store::StreamHead& head) {
    Response out = problem(error);
    out.body.pop_back();
    JsonWriter expected;
    expected.begin_object().member("seq", static_cast<int64_t>(head.seq + 1)).member("hash", to_hex(head.hash));
    out.body += concat(",\"expected\":", std::move(expected.end_object()).take(), '}');
    return out;
}

Result<Response> take(const Call& call, Workspace& workspace, bool by_author) {
    if (call.principal.role == "token") {
        return fail(ErrorCode::forbidden, "people decide, on their devices; a service token has none");
    }
    const ApiLimits& limits = workspace.settings.limits;
    const auto read = read_push_body(call.body, {limits.operations_per_push, limits.operation_line_bytes});
    if (!read.ok()) {
        return unreadable(read.error());
    }
    const ReadPush& push = read.value();
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const auto stream = CS_TRY(store::find_stream(workspace.database, push.stream));
    if (by_author && stream && stream->account != call.principal.actor) {
        return fail(
            ErrorCode::forbidden,
            concat("this stream is '", stream->account.text, "'s; signed in is '", call.principal.actor.text, "'"),
            "stream");
    }
    if (!by_author && !(stream && stream->account == call.principal.actor) &&
        !may(call.principal, Right::settle, project.id.text)) {
        return fail(ErrorCode::forbidden, concat("only a lead hands in what somebody else decided; it takes the right ",
                                                 right_name(Right::settle)));
    }
    auto received = receive(workspace, project, push, call.principal.actor);
    if (!received.ok() && received.error().code == ErrorCode::conflict && stream) {
        return gap_answer(received.error(), stream->head);
    }
    if (!received.ok()) {
        return received.error();
    }
    const uint64_t stable = CS_TRY(stable_operation(workspace.database, project, push.stream));
    const store::ServerIdentity server = CS_TRY(store::read_identity(workspace.database));
    CS_TRY_STATUS(transaction.commit());
    return answer_of(received.value(), stable, server.incarnation());
}

}  // namespace

Response post_operations(const Call& call, Workspace& workspace) {
    return or_problem(take(call, workspace, true));
}

Response post_outbox(const Call& call, Workspace& workspace) {
    return or_problem(take(call, workspace, false));
}

}  // namespace countersign::api
