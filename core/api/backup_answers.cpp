// POST .../backups  {"root":"<hex>","size":1234}: whoever keeps the server has a backup of the project's log up to
// here, and has verified it by restoring it. What devices did up to here is stable from now on (docs/protocol.md):
// {"stable":1234}
//
// The root shows that it is a backup of this log.

#include "core/api/answers.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"
#include "core/seal/seal.h"

namespace countersign::api {

namespace {

Result<Response> note_backup(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const auto size = static_cast<EventSeq>(CS_TRY(fields.integer("size", {.min = 1})));
    const Digest root = CS_TRY(read_digest(fields, "root"));
    CS_TRY_STATUS(fields.done());
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    if (size > project.head_seq) {
        return fail(ErrorCode::conflict, concat("the log has ", project.head_seq, " entries, not ", size), "size");
    }
    if (CS_TRY(seal::root_at(workspace.database, project, size)) != root) {
        return fail(ErrorCode::conflict, concat("this is a backup of another log: the first ", size, " entries differ"),
                    "root");
    }
    project.stable_seq = std::max(project.stable_seq, size);
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    CS_TRY_STATUS(transaction.commit());
    JsonWriter writer;
    writer.begin_object().member("stable", static_cast<int64_t>(project.stable_seq)).end_object();
    return json_response(200, std::move(writer).take());
}

}  // namespace

Response post_backup(const Call& call, Workspace& workspace) {
    return or_problem(note_backup(call, workspace));
}

}  // namespace countersign::api
