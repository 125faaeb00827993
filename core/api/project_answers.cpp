#include "core/api/answers.h"
#include "core/api/setup.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/span.h"
#include "core/json/writer.h"
#include "core/store/items.h"

namespace countersign::api {

namespace {

Status write_project(JsonWriter& writer, const store::ProjectRow& project, store::Database& database) {
    writer.begin_object().member("id", project.id.text).member("name", project.name);
    writer.member("created", to_rfc3339(project.created)).member("head_seq", static_cast<int64_t>(project.head_seq));
    if (project.policy) {
        writer.member("policy", to_hex(*project.policy)).member("policy_version", project.policy_version);
    }
    writer.name("counts").begin_array();
    const std::vector<store::TierCount> counts = CS_TRY(store::count_items(database, project));
    for (const store::TierCount& count : counts) {
        writer.begin_object().member("tier", count.tier).member("kind", tier_kind_name(count.kind));
        writer.member("status", item_status_name(count.status)).member("items", count.items).end_object();
    }
    writer.end_array().end_object();
    return success();
}

Result<Response> all_projects(Workspace& workspace, const Principal& principal) {
    JsonWriter writer;
    writer.begin_object().name("projects").begin_array();
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(workspace.database));
    for (const store::ProjectRow& project : projects) {
        if (may(principal, Right::read_project, project.id.text)) {
            CS_TRY_STATUS(write_project(writer, project, workspace.database));
        }
    }
    writer.end_array().end_object();
    return json_response(200, std::move(writer).take());
}

Result<Response> one_project(int status, const store::ProjectRow& project, Workspace& workspace) {
    JsonWriter writer;
    CS_TRY_STATUS(write_project(writer, project, workspace.database));
    return json_response(status, std::move(writer).take());
}

Result<Response> found_project(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    return one_project(200, project, workspace);
}

Result<Response> new_project(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const ProjectId id(CS_TRY(fields.text("id", {.max_bytes = 64})));
    const std::string name = CS_TRY(fields.text_or("name", "", {.min_bytes = 0, .max_bytes = 200}));
    const std::string policy = CS_TRY(sent_policy(fields, call.body));
    CS_TRY_STATUS(fields.done());
    const store::ProjectRow project = CS_TRY(set_up_project(workspace, id, name, policy, call.principal.actor));
    return one_project(201, project, workspace);
}

Result<Response> read_policy(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    std::optional<Digest> digest = project.policy;
    if (const auto asked = call.head.parameter("digest")) {
        digest = CS_TRY(digest_from_hex(*asked));
    }
    if (!digest) {
        return fail(ErrorCode::not_found, concat("the project '", project.id.text, "' has no policy yet"), "policy");
    }
    std::string bytes = CS_TRY(store::policy_bytes(workspace.database, project, *digest));
    Response response = json_response(200, std::move(bytes));
    response.headers.emplace_back("etag", concat('"', to_hex(*digest), '"'));
    return response;
}

Result<Response> write_policy(const Call& call, Workspace& workspace) {
    const store::ProjectRow project =
        CS_TRY(activate_policy(workspace, ProjectId(call.project()), call.body, call.principal.actor));
    return one_project(200, project, workspace);
}

}  // namespace

Result<std::string> sent_policy(Fields& fields, const std::string& body) {
    const Json* policy = fields.optional("policy");
    if (policy != nullptr && policy->string() != nullptr) {
        return *policy->string();
    }
    CS_TRY(fields.object("policy"));
    return std::string(member_bytes(body, "policy"));
}

Response list_projects(const Call& call, Workspace& workspace) {
    return or_problem(all_projects(workspace, call.principal));
}

Response post_project(const Call& call, Workspace& workspace) {
    return or_problem(new_project(call, workspace));
}

Response get_project(const Call& call, Workspace& workspace) {
    return or_problem(found_project(call, workspace));
}

Response get_policy(const Call& call, Workspace& workspace) {
    return or_problem(read_policy(call, workspace));
}

Response put_policy(const Call& call, Workspace& workspace) {
    return or_problem(write_policy(call, workspace));
}

}  // namespace countersign::api
