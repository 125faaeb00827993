#pragma once
// Automatic tiers in a project: looked at, opened, closed, and what follows from both.
//
// Contract: each call is a transaction of its own, or joins the open one.

#include <optional>
#include <string>

#include "core/api/workspace.h"
#include "core/store/projects.h"
#include "core/tiers/certify.h"
#include "core/tiers/monitor.h"

namespace countersign::api {

// A tier of the policy in force, with a promise, for one model.
struct TierOfModel {
    store::ProjectRow project;
    std::shared_ptr<const Policy> policy;
    const TierDef* tier = nullptr;
    ModelId model;
};

// Errors: not_found, naming the tiers that promise something, or the models that are known.
Result<TierOfModel> find_tier(Workspace& workspace, const ProjectId& project, const std::string& tier,
                              const ModelId& model);

struct ExaminedTier {
    tiers::TierBoard board;
    std::string secret;
    std::vector<tiers::DrawnItem> drawn;  // under promises of the same basis
    tiers::Readiness readiness;
    std::optional<tiers::AuditState> audit;  // of the newest certificate
};

Result<ExaminedTier> examine_tier(Workspace& workspace, const TierOfModel& of);

// Writes down how the model's confidences read, and the certificate. Errors as of tiers::certificate_fact().
Status open_tier(Workspace& workspace, const TierOfModel& of, const ActorId& actor);

// Errors: failed_precondition when it is not open.
Status close_tier(Workspace& workspace, const TierOfModel& of, const ActorId& actor, const std::string& words);

// Closes every tier of the project whose audit has reached its alarm; how many.
Result<int> close_alarmed(Workspace& workspace, const store::ProjectRow& project);

// Places up to `most` items anew whose tier has opened or closed; how many were looked at, 0: there is nothing left.
Result<uint64_t> place_some_anew(Workspace& workspace, uint64_t most);

}  // namespace countersign::api
