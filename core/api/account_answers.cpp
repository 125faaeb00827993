#include <algorithm>

#include "core/api/account_rights.h"
#include "core/api/answers.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/accounts.h"
#include "core/store/streams.h"

namespace countersign::api {

namespace {

constexpr size_t kPassword_bytes = 10;
constexpr std::string_view kRoles = "reviewer, lead, model_owner, auditor, admin";

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
        return fields.error("role", concat("'", account.role, "' is not one of ", kRoles));
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

// What a change of an account names; what it does not name stays.
struct Change {
    std::optional<std::string> role;
    std::optional<bool> disabled;
    std::string password;
};

Result<Change> read_change(const std::string& body) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Change out;
    if (fields.has("role")) {
        out.role = CS_TRY(fields.text("role", {.max_bytes = 40}));
        if (!is_role(*out.role)) {
            return fields.error("role", concat("'", *out.role, "' is not one of ", kRoles));
        }
    }
    if (fields.has("disabled")) {
        out.disabled = CS_TRY(fields.boolean_or("disabled", false));
    }
    if (fields.has("password")) {
        out.password = CS_TRY(fields.text("password", {.max_bytes = 1'000}));
        if (out.password.size() < kPassword_bytes) {
            return fields.error("password", concat("must have at least ", kPassword_bytes, " characters"));
        }
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

bool may_review(const store::AccountRow& account) {
    return !account.disabled && may({account.name, account.role, {}, {}}, Right::review, {});
}

Result<Response> write_change(const ActorId& name, const Change& change, const std::string& hashed, const ActorId& by,
                              Workspace& workspace) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    auto account = CS_TRY(store::find_account(workspace.database, name));
    if (!account) {
        return fail(ErrorCode::not_found, concat("there is no account '", name.text.substr(0, 80), "'"), "account");
    }
    const bool before = may_review(*account);
    account->role = change.role.value_or(account->role);
    account->disabled = change.disabled.value_or(account->disabled);
    if (before != may_review(*account)) {
        ++account->scope;
        CS_TRY_STATUS(before ? revoke_streams(workspace, name, {}, by) : restore_streams(workspace, name, {}, by));
    }
    CS_TRY_STATUS(store::save_account(workspace.database, *account));
    if (!hashed.empty()) {
        CS_TRY_STATUS(store::set_password(workspace.database, name, hashed));
    }
    CS_TRY_STATUS(transaction.commit());
    JsonWriter writer;
    write_account(writer, *account);
    return json_response(200, std::move(writer).take());
}

Result<Response> change_account(const Call& call, Workspace& workspace) {
    const Change change = CS_TRY(read_change(call.body));
    const ActorId name(call.path.front());
    const std::string hashed = change.password.empty() ? std::string() : workspace.passwords.hash(change.password);
    Response response;
    response.then_write = [name, change, hashed, by = call.principal.actor](Workspace& writer) {
        return or_problem(write_change(name, change, hashed, by, writer));
    };
    return response;
}

Result<Response> take_device(const Call& call, Workspace& workspace) {
    const ActorId account(call.path[0]);
    const DeviceId device(call.path[1]);
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const std::vector<store::StreamRow> streams = CS_TRY(store::streams_of_device(workspace.database, device));
    if (std::none_of(streams.begin(), streams.end(),
                     [&](const store::StreamRow& stream) { return stream.account == account; })) {
        return fail(ErrorCode::not_found, concat("'", account.text.substr(0, 80), "' has no such device"), "device");
    }
    CS_TRY_STATUS(revoke_streams(workspace, account, device, call.principal.actor));
    CS_TRY_STATUS(transaction.commit());
    Response response;
    response.status = 204;
    return response;
}

}  // namespace

Response list_accounts(const Call&, Workspace& workspace) {
    return or_problem(all_accounts(workspace));
}

Response post_account(const Call& call, Workspace& workspace) {
    return or_problem(new_account(call, workspace));
}

Response put_account(const Call& call, Workspace& workspace) {
    return or_problem(change_account(call, workspace));
}

Response revoke_device(const Call& call, Workspace& workspace) {
    return or_problem(take_device(call, workspace));
}

}  // namespace countersign::api
