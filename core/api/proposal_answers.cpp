// POST .../policy/proposals proposes a policy, GET lists them with what they change, GET .../{proposal} also says what
// the newest items would have done under it; POST .../approve brings it into force, POST .../withdraw ends it.

#include <algorithm>
#include <charconv>

#include "core/api/answers.h"
#include "core/api/policy_work.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"

namespace countersign::api {

namespace {

constexpr size_t kListed = 50;  // the newest
constexpr int64_t kReplayed = 5'000;
constexpr int64_t kMostReplayed = 20'000;

Result<int64_t> number_of(const Call& call) {
    const std::string& text = call.path.back();
    int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 1) {
        return fail(ErrorCode::not_found, concat("'", text.substr(0, 40), "' is no proposal's number"), "number");
    }
    return number;
}

// An empty body is an object without members.
Result<Json> body_of(const Call& call) {
    return call.body.empty() ? Result<Json>(Json(JsonObject{})) : parse_json(call.body);
}

void write_changes(JsonWriter& w, const std::vector<policy_change::Change>& changes) {
    w.name("changes").begin_array();
    for (const policy_change::Change& change : changes) {
        w.begin_object().member("path", change.path).member("kind", change_kind_name(change.kind));
        w.member("words", change.words).end_object();
    }
    w.end_array();
}

// Without the end of the object.
Status write_proposal(JsonWriter& w, Workspace& workspace, const store::ProjectRow& project,
                      const policy_change::Proposal& proposal) {
    const PolicyProposed& proposed = proposal.proposed;
    w.begin_object().member("number", proposed.number).member("state", proposal_state_name(proposal.state));
    w.member("policy", to_hex(proposed.policy)).member("base", to_hex(proposed.base));
    if (proposal.state == policy_change::ProposalState::open) {
        w.member_bool("outdated", project.policy != proposed.base);
    }
    if (proposed.replaces) {
        w.member("replaces", *proposed.replaces);
    }
    w.member("proposed_by", proposal.proposer.text).member("at", to_rfc3339(proposal.at)).member("why", proposed.words);
    if (proposal.state != policy_change::ProposalState::open) {
        w.name("ended").begin_object().member("by", proposal.ended_by.text).member("at", to_rfc3339(proposal.ended));
        w.member("why", proposal.ended_words).end_object();
    }
    write_changes(w, CS_TRY(changes_of(workspace, project, proposal)));
    return success();
}

Result<Response> answer_with(int status, Workspace& workspace, const ProjectId& id, int64_t number) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, id));
    JsonWriter writer;
    CS_TRY_STATUS(write_proposal(writer, workspace, project, CS_TRY(find_proposal(workspace, project, number))));
    return json_response(status, std::move(writer.end_object()).take());
}

Result<Response> list(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const policy_change::Proposals proposals = CS_TRY(load_proposals(workspace, project));
    JsonWriter writer;
    writer.begin_object();
    if (const policy_change::Proposal* open = proposals.open()) {
        writer.member("open", open->proposed.number);
    }
    writer.name("proposals").begin_array();
    const size_t count = proposals.all().size();
    for (size_t i = 0; i < std::min(kListed, count); ++i) {
        CS_TRY_STATUS(write_proposal(writer, workspace, project, proposals.all()[count - 1 - i]));
        writer.end_object();
    }
    return json_response(200, std::move(writer.end_array().end_object()).take());
}

Result<Response> one(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const int64_t number = CS_TRY(number_of(call));
    const policy_change::Proposal proposal = CS_TRY(find_proposal(workspace, project, number));
    const int64_t most = CS_TRY(number_parameter(call.head, "limit", kReplayed, {0, kMostReplayed}));
    const Replaying policies = CS_TRY(policies_of(workspace, project, proposal));
    policy_change::Replay replay(*policies.before, *policies.after);
    CS_TRY_STATUS(replay_newest(workspace, project, static_cast<size_t>(most), replay));
    JsonWriter writer;
    CS_TRY_STATUS(write_proposal(writer, workspace, project, proposal));
    const bool names_items = may(call.principal, Right::read_items, call.project());
    writer.name("replay");
    write_replay(writer, replay, names_items ? policy_change::Examples::with : policy_change::Examples::without);
    return json_response(200, std::move(writer.end_object()).take());
}

Result<Response> propose(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string policy = CS_TRY(sent_policy(fields, call.body));
    const std::string why = CS_TRY(fields.text_or("why", "", {.min_bytes = 0, .max_bytes = 500}));
    CS_TRY_STATUS(fields.done());
    const ProjectId project(call.project());
    const int64_t number = CS_TRY(propose_policy(workspace, project, policy, why, call.principal.actor));
    return answer_with(201, workspace, project, number);
}

Result<Response> approve(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(body_of(call));
    Fields fields = CS_TRY(Fields::of(json, ""));
    std::optional<Digest> policy;
    if (fields.has("policy")) {
        const std::string digest = CS_TRY(fields.text("policy", {.max_bytes = 64}));
        policy = CS_TRY(digest_from_hex(digest));
    }
    CS_TRY_STATUS(fields.done());
    const ProjectId project(call.project());
    const int64_t number = CS_TRY(number_of(call));
    CS_TRY_STATUS(approve_policy(workspace, project, number, policy, call.principal));
    return answer_with(200, workspace, project, number);
}

Result<Response> withdraw(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(body_of(call));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string why = CS_TRY(fields.text_or("why", "", {.min_bytes = 0, .max_bytes = 500}));
    CS_TRY_STATUS(fields.done());
    const ProjectId project(call.project());
    const int64_t number = CS_TRY(number_of(call));
    CS_TRY_STATUS(withdraw_policy(workspace, project, number, why, call.principal.actor));
    return answer_with(200, workspace, project, number);
}

}  // namespace

Response list_proposals(const Call& call, Workspace& workspace) {
    return or_problem(list(call, workspace));
}

Response get_proposal(const Call& call, Workspace& workspace) {
    return or_problem(one(call, workspace));
}

Response post_proposal(const Call& call, Workspace& workspace) {
    return or_problem(propose(call, workspace));
}

Response post_proposal_approve(const Call& call, Workspace& workspace) {
    return or_problem(approve(call, workspace));
}

Response post_proposal_withdraw(const Call& call, Workspace& workspace) {
    return or_problem(withdraw(call, workspace));
}

}  // namespace countersign::api
