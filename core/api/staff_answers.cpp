// GET .../staff   the staff document in force: {"version","set_by","at","staff":{..}}
// PUT .../staff   the document itself; {"version"}
// GET .../plan    who would get which item now, and why: {"assignments":[{"item","reviewer","words":[..]}],"unfilled":
//                 [{"item","words":[..]}],"more":false}, ?reviewer= of one person only

#include <algorithm>

#include "core/api/answers.h"
#include "core/api/staffing.h"
#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/json/writer.h"
#include "core/people/why.h"
#include "core/store/accounts.h"
#include "core/store/staff.h"

namespace countersign::api {

namespace {

Error none_set() {
    return fail(ErrorCode::not_found,
                "the project has no staff document; PUT one, or 'countersign project staff PROJECT --set FILE'",
                "staff");
}

// Everybody listed has an account: a slip in a name would leave somebody without work.
Status check_accounts(Workspace& workspace, const people::Staff& staff) {
    std::vector<std::string> known;
    for (const store::AccountRow& account : CS_TRY(store::list_accounts(workspace.database))) {
        known.push_back(account.name.text);
    }
    for (const people::Reviewer& person : staff.people) {
        if (std::find(known.begin(), known.end(), person.id.text) == known.end()) {
            return fail(ErrorCode::invalid_argument,
                        concat("there is no account '", person.id.text, "'", suggestion(person.id.text, known)),
                        "people");
        }
    }
    return success();
}

// Tiers that the policy does not have are slips, too.
Status check_tiers(Workspace& workspace, const store::ProjectRow& project, const people::Staff& staff) {
    CS_CHECK(project.policy.has_value());  // every project of a server has one
    const auto policy = CS_TRY(workspace.policies.get(workspace.database, project, *project.policy));
    for (const auto& [tier, needs] : staff.tiers) {
        if (policy->tier(tier) == nullptr) {
            std::vector<std::string> known;
            for (const TierDef& def : policy->tiers) {
                known.push_back(def.id);
            }
            return fail(ErrorCode::invalid_argument,
                        concat("the policy has no tier '", tier, "'", suggestion(tier, known)),
                        concat("work.tiers.", tier));
        }
    }
    return success();
}

Result<Response> get(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const auto row = CS_TRY(store::read_staff(workspace.database, project));
    if (!row) {
        return none_set();
    }
    JsonWriter writer;
    writer.begin_object().member("version", row->version).member("set_by", row->actor.text);
    writer.member("at", to_rfc3339(row->at)).name("staff").raw(to_text(CS_TRY(parse_json(row->bytes))));
    return json_response(200, std::move(writer.end_object()).take());
}

Result<Response> put(const Call& call, Workspace& workspace) {
    const people::Staff staff = CS_TRY(people::load_staff(call.body));
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    CS_TRY_STATUS(check_accounts(workspace, staff));
    CS_TRY_STATUS(check_tiers(workspace, project, staff));
    const int64_t version =
        CS_TRY(store::add_staff(workspace.database, project, call.body, call.principal.actor, workspace.clock.now()));
    CS_TRY_STATUS(transaction.commit());
    JsonWriter writer;
    writer.begin_object().member("version", version);
    return json_response(200, std::move(writer.end_object()).take());
}

void write_words(JsonWriter& writer, const std::vector<std::string>& words) {
    writer.name("words").begin_array();
    for (const std::string& line : words) {
        writer.text(line);
    }
    writer.end_array();
}

Result<Response> plan(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    auto staff = CS_TRY(staff_of(workspace, project));
    if (!staff) {
        return none_set();
    }
    const ActorId asked(std::string(call.head.parameter("reviewer").value_or("")));
    if (!asked.empty() && staff->find(asked) == nullptr) {
        return fail(ErrorCode::not_found, concat("'", asked.text, "' is not in the staff document"), "reviewer");
    }
    const Staffing staffing = CS_TRY(staffing_of(workspace, project, std::move(*staff), {}, ""));
    const people::PlanInput input = staffing.input();
    const people::Plan plan = people::plan_reviews(input);
    const people::Explainer explainer(input, plan);
    JsonWriter writer;
    writer.begin_object().name("assignments").begin_array();
    for (size_t i = 0; i < plan.assignments.size(); ++i) {
        const people::Assignment& one = plan.assignments[i];
        const ActorId& reviewer = staffing.reviewers[one.reviewer].id;
        if (!asked.empty() && reviewer != asked) {
            continue;
        }
        writer.begin_object().member("item", staffing.tasks[one.task].item.text).member("reviewer", reviewer.text);
        writer.member_bool("late", one.is_late);
        write_words(writer, sentences(input, explainer.assignment(i)));
        writer.end_object();
    }
    writer.end_array().name("unfilled").begin_array();
    for (const size_t task : plan.unfilled) {
        writer.begin_object().member("item", staffing.tasks[task].item.text);
        write_words(writer, sentences(input, explainer.unfilled(task)));
        writer.end_object();
    }
    writer.end_array().member_bool("more", staffing.more);
    return json_response(200, std::move(writer.end_object()).take());
}

}  // namespace

Response get_staff(const Call& call, Workspace& workspace) {
    return or_problem(get(call, workspace));
}

Response put_staff(const Call& call, Workspace& workspace) {
    return or_problem(put(call, workspace));
}

Response get_plan(const Call& call, Workspace& workspace) {
    return or_problem(plan(call, workspace));
}

}  // namespace countersign::api
