#pragma once
// The answers of the API, one family a source: what a request does once it is matched and allowed. Listed in
// routes.cpp.

#include "core/api/routes.h"
#include "core/json/fields.h"

namespace countersign::api {

// session_answers.cpp
Response get_server(const Call& call, Workspace& workspace);
Response get_session(const Call& call, Workspace& workspace);
Response post_session(const Call& call, Workspace& workspace);
Response post_demo_session(const Call& call, Workspace& workspace);
Response delete_session(const Call& call, Workspace& workspace);

// account_answers.cpp
Response list_accounts(const Call& call, Workspace& workspace);
Response post_account(const Call& call, Workspace& workspace);
Response put_account(const Call& call, Workspace& workspace);
Response revoke_device(const Call& call, Workspace& workspace);

// token_answers.cpp
Response list_tokens(const Call& call, Workspace& workspace);
Response post_token(const Call& call, Workspace& workspace);
Response delete_token(const Call& call, Workspace& workspace);

// project_answers.cpp
Response list_projects(const Call& call, Workspace& workspace);
Response post_project(const Call& call, Workspace& workspace);
Response get_project(const Call& call, Workspace& workspace);
Response get_policy(const Call& call, Workspace& workspace);
Response put_policy(const Call& call, Workspace& workspace);

// proposal_answers.cpp
Response get_staff(const Call& call, Workspace& workspace);
Response put_staff(const Call& call, Workspace& workspace);
Response get_plan(const Call& call, Workspace& workspace);
Response list_proposals(const Call& call, Workspace& workspace);
Response get_proposal(const Call& call, Workspace& workspace);
Response post_proposal(const Call& call, Workspace& workspace);
Response post_proposal_approve(const Call& call, Workspace& workspace);
Response post_proposal_withdraw(const Call& call, Workspace& workspace);

// item_answers.cpp
Response list_items(const Call& call, Workspace& workspace);
Response get_item(const Call& call, Workspace& workspace);

// hello_answer.cpp, push_answer.cpp, feed_answers.cpp
Response post_hello(const Call& call, Workspace& workspace);
Response post_operations(const Call& call, Workspace& workspace);
Response post_outbox(const Call& call, Workspace& workspace);
Response get_feed(const Call& call, Workspace& workspace);
Response get_snapshot(const Call& call, Workspace& workspace);

// lease_answers.cpp
Response post_leases(const Call& call, Workspace& workspace);
Response post_leases_end(const Call& call, Workspace& workspace);
Response list_leases(const Call& call, Workspace& workspace);

// lead_answers.cpp
Response list_quarantine(const Call& call, Workspace& workspace);
Response post_quarantine(const Call& call, Workspace& workspace);
Response list_incidents(const Call& call, Workspace& workspace);
Response post_close(const Call& call, Workspace& workspace);

// tier_answers.cpp
Response list_tiers(const Call& call, Workspace& workspace);
Response post_tier_certify(const Call& call, Workspace& workspace);
Response post_tier_close(const Call& call, Workspace& workspace);

// erase_answer.cpp
Response post_erase(const Call& call, Workspace& workspace);

// log_answers.cpp
Response get_log_checkpoint(const Call& call, Workspace& workspace);
Response get_log_tile(const Call& call, Workspace& workspace);
Response get_log_proof(const Call& call, Workspace& workspace);
Response get_log_entry(const Call& call, Workspace& workspace);
Response get_log_bundle(const Call& call, Workspace& workspace);
Response get_log_consistency(const Call& call, Workspace& workspace);

// backup_answers.cpp
Response post_backup(const Call& call, Workspace& workspace);

// export_answer.cpp
Response get_export(const Call& call, Workspace& workspace);

// openapi_answer.cpp
Response get_openapi(const Call& call, Workspace& workspace);

struct IntegerRange {
    int64_t min = 0;
    int64_t max = INT64_MAX;
};

// A query parameter that is a whole number.
Result<int64_t> number_parameter(const RequestHead& head, std::string_view name, int64_t otherwise, IntegerRange range);

// The policy's bytes exactly as they were sent, so that the same document always has the same digest: a text that holds
// them, or what stands at "policy" in the request.
Result<std::string> sent_policy(Fields& fields, const std::string& body);

// What all of them use.
Response json_response(int status, std::string body);
// The Response of a Result<Response>: itself, or the problem.
Response or_problem(Result<Response> result);

}  // namespace countersign::api
