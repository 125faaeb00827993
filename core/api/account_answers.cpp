#include "core/api/answers.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/accounts.h"

namespace countersign::api {

namespace {

constexpr size_t kPassword_bytes = 10;

void write_account(JsonWriter& writer, const store::AccountRow& account) {
    writer.begin_object().member("account", account.name.text).member("role", account.role);
    writer.member("created", to_rfc3339(account.created)).member_bool("disabled", account.disabled).end_object();
}

Result<Response> all_accounts(Workspace& workspace) {
    const std::vector<store::AccountRow> accounts = CS_TRY(store::list_accounts(workspace.database));
    JsonWriter writer;
    writer.begin_object().name("accounts").begin_array();
    for (const store::AccountRow& account : accounts) {
        write_account(writer, account);
    }
    writer.end_array().end_object();
    return json_response(200, std::move(writer).take());
}

Result<Response> record_account(const store::AccountRow& account, Workspace& workspace) {
    // The log names accounts and tokens by their names alone.
    if (CS_TRY(store::has_token(workspace.database, account.name.text))) {
        return fail(ErrorCode::already_exists, concat("there is a token '", account.name.text, "'"), "account");
    }
    CS_TRY_STATUS(store::add_account(workspace.database, account));
    JsonWriter writer;
    write_account(writer, account);
    return json_response(201, std::move(writer).take());
}

Result<Response> new_account(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    store::AccountRow account;
    account.name = ActorId(CS_TRY(fields.text("account", {.max_bytes = 100})));
    account.role = CS_TRY(fields.text("role", {.max_bytes = 40}));
    const std::string password = CS_TRY(fields.text("password", {.max_bytes = 1'000}));
    CS_TRY_STATUS(fields.done());
    if (!is_role(account.role)) {
        return fields.error("role",
                            concat("'", account.role, "' is not one of reviewer, lead, model_owner, auditor, admin"));
    }
    if (password.size() < kPassword_bytes) {
        return fields.error("password", concat("must have at least ", kPassword_bytes, " characters"));
    }
    account.created = workspace.clock.now();
    account.password = workspace.passwords.hash(password);
    Response response;
    response.then_write = [account](Workspace& writer) { return or_problem(record_account(account, writer)); };
    return response;
}

}  // namespace

Response list_accounts(const Call&, Workspace& workspace) {
    return or_problem(all_accounts(workspace));
}

Response post_account(const Call& call, Workspace& workspace) {
    return or_problem(new_account(call, workspace));
}

}  // namespace countersign::api
