#pragma once
// Making projects and bringing policies into force: used by the API and by the command line alike.

#include <string_view>

#include "core/api/workspace.h"
#include "core/store/projects.h"

namespace countersign::api {

// A project with its first policy in force. Inside a transaction of its own, or the open one.
Result<store::ProjectRow> set_up_project(Workspace& workspace, const ProjectId& id, std::string_view name,
                                         std::string_view policy, const ActorId& actor);

// Checks the document and puts it in force from now on; items that were routed keep their policy. The same document
// again changes nothing. Errors: the loader's; failed_precondition where the policy in force asks for a second person.
Result<store::ProjectRow> activate_policy(Workspace& workspace, const ProjectId& id, std::string_view policy,
                                          const ActorId& actor);

// A document that is stored and loads is in force from now on. Inside an open transaction.
Status bring_into_force(Workspace& workspace, store::ProjectRow& project, const Digest& policy, const ActorId& actor);

}  // namespace countersign::api
