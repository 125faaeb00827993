#include "core/api/setup.h"

#include "core/base/concat.h"
#include "core/policy/load.h"
#include "core/store/ledger.h"
#include "core/store/record.h"

namespace countersign::api {

namespace {

Status record_policy(Workspace& workspace, store::ProjectRow& project, const Policy& policy, std::string_view bytes,
                     const ActorId& actor) {
    if (project.policy && *project.policy == policy.digest) {
        return success();
    }
    CS_TRY_STATUS(store::add_policy(workspace.database, project, policy.digest, bytes));
    return bring_into_force(workspace, project, policy.digest, actor);
}

// Whether the policy in force lets anybody bring another one into force alone.
Status check_alone(Workspace& workspace, const store::ProjectRow& project, const Policy& policy) {
    if (!project.policy || *project.policy == policy.digest) {
        return success();
    }
    const auto in_force = CS_TRY(workspace.policies.current(workspace.database, project));
    if (in_force->change_approval != ChangeApproval::second_person) {
        return success();
    }
    const std::string& id = project.id.text;
    return fail(ErrorCode::failed_precondition,
                concat("the policy in force asks for a second person (changes.approval); propose this one: POST "
                       "/api/v1/projects/",
                       id, "/policy/proposals, or 'countersign project propose ", id,
                       " --file FILE'; another account then approves it"),
                "policy");
}

}  // namespace

Status bring_into_force(Workspace& workspace, store::ProjectRow& project, const Digest& policy, const ActorId& actor) {
    CS_TRY(store::record_project_event(workspace.database, project, PolicyActivated{policy, project.policy_version + 1},
                                       {actor, workspace.clock.now(), std::nullopt}));
    project.policy = policy;
    ++project.policy_version;
    return store::save_project(workspace.database, project);
}

Result<store::ProjectRow> set_up_project(Workspace& workspace, const ProjectId& id, std::string_view name,
                                         std::string_view bytes, const ActorId& actor) {
    auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return policy.error().at("policy");
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const std::string shown(name.empty() ? std::string_view(policy.value().name) : name);
    store::ProjectRow project = CS_TRY(store::create_project(workspace.database, id, shown, workspace.clock.now()));
    store::Ledger ledger(workspace.database, project);
    Event created;
    created.at = workspace.clock.now();
    created.actor = actor;
    created.body = ProjectCreated{shown};
    CS_TRY(ledger.append(std::move(created), 0));
    CS_TRY_STATUS(record_policy(workspace, project, policy.value(), bytes, actor));
    CS_TRY_STATUS(transaction.commit());
    return project;
}

Result<store::ProjectRow> activate_policy(Workspace& workspace, const ProjectId& id, std::string_view bytes,
                                          const ActorId& actor) {
    auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return policy.error().at("policy");
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, id));
    CS_TRY_STATUS(check_alone(workspace, project, policy.value()));
    CS_TRY_STATUS(record_policy(workspace, project, policy.value(), bytes, actor));
    CS_TRY_STATUS(transaction.commit());
    return project;
}

}  // namespace countersign::api
