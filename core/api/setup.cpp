#include "core/api/setup.h"

#include "core/policy/load.h"
#include "core/store/ledger.h"

namespace countersign::api {

namespace {

Status record_policy(Workspace& workspace, store::ProjectRow& project, const Policy& policy, std::string_view bytes,
                     const ActorId& actor) {
    if (project.policy && *project.policy == policy.digest) {
        return success();
    }
    CS_TRY_STATUS(store::add_policy(workspace.database, project, policy.digest, bytes));
    store::Ledger ledger(workspace.database, project);
    Event event;
    event.at = workspace.clock.now();
    event.actor = actor;
    event.body = PolicyActivated{policy.digest, project.policy_version + 1};
    CS_TRY(ledger.append(std::move(event), 0));
    project.policy = policy.digest;
    ++project.policy_version;
    return ledger.finish();
}

}  // namespace

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
    CS_TRY_STATUS(record_policy(workspace, project, policy.value(), bytes, actor));
    CS_TRY_STATUS(transaction.commit());
    return project;
}

}  // namespace countersign::api
