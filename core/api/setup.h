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
// again changes nothing.
Result<store::ProjectRow> activate_policy(Workspace& workspace, const ProjectId& id, std::string_view policy,
                                          const ActorId& actor);

}  // namespace countersign::api
