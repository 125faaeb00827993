#include "core/api/policy_work.h"

#include "core/api/setup.h"
#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/record.h"
#include "core/store/tiers.h"

namespace countersign::api {

namespace {

// What of the changes stands in the log: a leaf has room for these in any case.
constexpr size_t kToldChanges = 40;
constexpr size_t kToldCharacters = 120;

Result<Json> stored_document(Workspace& workspace, const store::ProjectRow& project, const Digest& digest) {
    return parse_json(CS_TRY(store::policy_bytes(workspace.database, project, digest)));
}

PolicyProposed proposed_fact(const policy_change::Proposals& proposals, const Policy& policy, const Digest& base,
                             const std::vector<policy_change::Change>& changes) {
    PolicyProposed out;
    out.number = proposals.next_number();
    out.policy = policy.digest;
    out.base = base;
    if (const policy_change::Proposal* open = proposals.open()) {
        out.replaces = open->proposed.number;
    }
    for (const policy_change::Change& change : changes) {
        if (out.changes.size() == kToldChanges) {
            out.more_changes = static_cast<int64_t>(changes.size() - kToldChanges);
            break;
        }
        out.changes.push_back(utf8::shortened(change.words, kToldCharacters));
    }
    return out;
}

}  // namespace

Result<policy_change::Proposals> load_proposals(Workspace& workspace, const store::ProjectRow& project) {
    policy_change::Proposals out;
    for (const store::StoredEvent& stored : CS_TRY(store::read_policy_facts(workspace.database, project))) {
        out.apply(CS_TRY(decode_leaf(stored.leaf)));
    }
    return out;
}

Result<policy_change::Proposal> find_proposal(Workspace& workspace, const store::ProjectRow& project, int64_t number) {
    const policy_change::Proposals proposals = CS_TRY(load_proposals(workspace, project));
    const policy_change::Proposal* found = proposals.by_number(number);
    if (found == nullptr) {
        const int64_t newest = proposals.next_number() - 1;
        return fail(
            ErrorCode::not_found,
            concat("there is no proposal ", number, " in the project '", project.id.text, "'; ",
                   newest == 0 ? std::string("nobody has proposed anything") : concat("the newest is ", newest)),
            "number");
    }
    return *found;
}

Result<int64_t> propose_policy(Workspace& workspace, const ProjectId& id, std::string_view bytes,
                               const std::string& words, const ActorId& actor) {
    auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return policy.error().at("policy");
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, id));
    const auto in_force = CS_TRY(workspace.policies.current(workspace.database, project));
    if (policy.value().digest == in_force->digest) {
        return fail(ErrorCode::failed_precondition, "this policy is in force already", "policy");
    }
    const policy_change::Proposals proposals = CS_TRY(load_proposals(workspace, project));
    const std::vector<policy_change::Change> changes =
        policy_change::diff(CS_TRY(stored_document(workspace, project, in_force->digest)), CS_TRY(parse_json(bytes)));
    PolicyProposed fact = proposed_fact(proposals, policy.value(), in_force->digest, changes);
    fact.words = words;
    const int64_t number = fact.number;
    CS_TRY_STATUS(store::add_policy(workspace.database, project, policy.value().digest, bytes));
    CS_TRY(store::record_project_event(workspace.database, project, std::move(fact),
                                       {actor, workspace.clock.now(), std::nullopt}));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    CS_TRY_STATUS(transaction.commit());
    return number;
}

Status approve_policy(Workspace& workspace, const ProjectId& id, int64_t number, const std::optional<Digest>& policy,
                      const Principal& principal) {
    if (principal.role == "token" || principal.role == "local") {
        return fail(ErrorCode::forbidden,
                    "a second person approves a change, signed in with an account; a token, or the command line on "
                    "the data folder without --account, cannot");
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, id));
    const policy_change::Proposal proposal = CS_TRY(find_proposal(workspace, project, number));
    if (policy && *policy != proposal.proposed.policy) {
        return fail(ErrorCode::conflict, concat("proposal ", number, " is another policy than this one"), "policy");
    }
    const auto in_force = CS_TRY(workspace.policies.current(workspace.database, project));
    CS_TRY_STATUS(policy_change::may_approve(proposal, principal.actor, in_force->digest));
    // It loaded when it was proposed; this version may be stricter than the one that took it.
    CS_TRY(workspace.policies.get(workspace.database, project, proposal.proposed.policy));
    CS_TRY(store::record_project_event(workspace.database, project, PolicyApproved{number, proposal.proposed.policy},
                                       {principal.actor, workspace.clock.now(), std::nullopt},
                                       store::Ledger::Commit::goes_on));
    CS_TRY_STATUS(bring_into_force(workspace, project, proposal.proposed.policy, principal.actor));
    return transaction.commit();
}

Status withdraw_policy(Workspace& workspace, const ProjectId& id, int64_t number, const std::string& words,
                       const ActorId& actor) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, id));
    CS_TRY_STATUS(policy_change::check_open(CS_TRY(find_proposal(workspace, project, number))));
    CS_TRY(store::record_project_event(workspace.database, project, PolicyChangeWithdrawn{number, words},
                                       {actor, workspace.clock.now(), std::nullopt}));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    return transaction.commit();
}

Result<std::vector<policy_change::Change>> changes_of(Workspace& workspace, const store::ProjectRow& project,
                                                      const policy_change::Proposal& proposal) {
    return policy_change::diff(CS_TRY(stored_document(workspace, project, proposal.proposed.base)),
                               CS_TRY(stored_document(workspace, project, proposal.proposed.policy)));
}

Result<Replaying> policies_of(Workspace& workspace, const store::ProjectRow& project,
                              const policy_change::Proposal& proposal) {
    return Replaying{CS_TRY(workspace.policies.get(workspace.database, project, proposal.proposed.base)),
                     CS_TRY(workspace.policies.get(workspace.database, project, proposal.proposed.policy))};
}

Status replay_newest(Workspace& workspace, const store::ProjectRow& project, size_t most,
                     policy_change::Replay& replay) {
    const tiers::TierBoard board = CS_TRY(store::load_board(workspace.database, project));
    for (const store::WorkItem& item : CS_TRY(store::newest_items(workspace.database, project, most))) {
        const ItemState state = CS_TRY(store::load_state(workspace.database, item.id, item.no));
        auto text = state.erased ? Result<CommittedText>(fail(ErrorCode::not_found, "erased"))
                                 : store::read_document(workspace.database, item.no);
        if (!text.ok() && text.error().code == ErrorCode::not_found) {
            replay.take_erased();
            continue;
        }
        const CommittedText whole = CS_TRY(std::move(text));
        const Json document = CS_TRY(parse_json(whole.text));
        const Prediction& prediction = state.current();
        replay.take({item.id.text, &document, board.calibrated(prediction)}, prediction);
    }
    return success();
}

}  // namespace countersign::api
