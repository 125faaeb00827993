#pragma once
// Changes of a project's policy that one proposes and a second one approves: what the answers of proposal_answers.cpp
// do.
//
// Contract: what changes something is a transaction of its own, or joins the open one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/rights.h"
#include "core/api/workspace.h"
#include "core/policy_change/diff.h"
#include "core/policy_change/proposals.h"
#include "core/policy_change/replay.h"
#include "core/store/projects.h"

namespace countersign::api {

Result<policy_change::Proposals> load_proposals(Workspace& workspace, const store::ProjectRow& project);

// Errors: not_found, naming the newest.
Result<policy_change::Proposal> find_proposal(Workspace& workspace, const store::ProjectRow& project, int64_t number);

// Its number. Errors: the loader's, at "policy"; failed_precondition when it is in force already.
Result<int64_t> propose_policy(Workspace& workspace, const ProjectId& project, std::string_view bytes,
                               const std::string& words, const ActorId& actor);

// Brings it into force. `policy` is the document that the approver has seen, where that is told. Errors: forbidden for
// the proposer, a token, or whoever is no account; conflict for another document; failed_precondition when it is not
// open or another policy has come into force since.
Status approve_policy(Workspace& workspace, const ProjectId& project, int64_t number,
                      const std::optional<Digest>& policy, const Principal& principal);

Status withdraw_policy(Workspace& workspace, const ProjectId& project, int64_t number, const std::string& words,
                       const ActorId& actor);

// Against the policy that was in force when it was proposed.
Result<std::vector<policy_change::Change>> changes_of(Workspace& workspace, const store::ProjectRow& project,
                                                      const policy_change::Proposal& proposal);

struct Replaying {
    std::shared_ptr<const Policy> before;
    std::shared_ptr<const Policy> after;
};

Result<Replaying> policies_of(Workspace& workspace, const store::ProjectRow& project,
                              const policy_change::Proposal& proposal);

// Over the `most` newest items.
Status replay_newest(Workspace& workspace, const store::ProjectRow& project, size_t most,
                     policy_change::Replay& replay);

}  // namespace countersign::api
