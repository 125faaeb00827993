// Service tokens: what a program has instead of an account and a password. The secret is told once, in the answer that
// makes it; the store has its hash. A token has rights by name, those of a role when it was made, and never the right
// to review: people decide.

#include <algorithm>

#include "core/api/answers.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/accounts.h"
#include "core/store/projects.h"

namespace countersign::api {

namespace {

constexpr std::string_view kLife = "90d";
constexpr Duration kLongestLife{3'650 * kDay_us};

bool is_token_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), allowed);
}

void write_members(JsonWriter& writer, const store::TokenRow& token) {
    writer.member("name", token.name);
    if (!token.project.empty()) {
        writer.member("project", token.project);
    }
    writer.member("rights", token.scopes);
    writer.member("created", to_rfc3339(token.created)).member("expires", to_rfc3339(token.expires));
}

Result<Duration> read_life(Fields& fields) {
    const std::string text = CS_TRY(fields.text_or("expires_in", kLife, {.max_bytes = 40}));
    auto life = parse_duration(text);
    if (!life.ok()) {
        return fields.error("expires_in", life.error().message);
    }
    if (life.value().us < kMinute_us || life.value().us > kLongestLife.us) {
        return fields.error("expires_in", concat("'", text, "' is not from 1m to ", to_text(kLongestLife)));
    }
    return life;
}

Result<store::TokenRow> read_token(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    store::TokenRow token;
    token.name = CS_TRY(fields.text("name", {.max_bytes = 64}));
    const std::string role = CS_TRY(fields.text("role", {.max_bytes = 40}));
    token.project = CS_TRY(fields.text_or("project", "", {.min_bytes = 0, .max_bytes = 64}));
    const Duration life = CS_TRY(read_life(fields));
    CS_TRY_STATUS(fields.done());
    if (!is_token_name(token.name)) {
        return fields.error("name", "must have 1 to 64 letters, digits, '-', '_' and '.'");
    }
    if (!is_role(role)) {
        return fields.error("role", concat("'", role, "' is not one of reviewer, lead, model_owner, auditor, admin"));
    }
    if (!token.project.empty()) {
        CS_TRY(store::find_project(workspace.database, ProjectId(token.project)));
    }
    // The log names both by their names alone.
    if (CS_TRY(store::find_account(workspace.database, ActorId(token.name)))) {
        return fail(ErrorCode::already_exists, concat("there is an account '", token.name, "'"), "name");
    }
    token.scopes = token_rights(role, !token.project.empty());
    token.created = workspace.clock.now();
    token.expires = token.created + life;
    return token;
}

Result<Response> new_token(const Call& call, Workspace& workspace) {
    const store::TokenRow token = CS_TRY(read_token(call, workspace));
    const std::string secret = concat("cs_", to_hex(workspace.entropy.bytes(32)));
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(store::add_token(workspace.database, sha256(secret), token));
    CS_TRY_STATUS(transaction.commit());
    JsonWriter writer;
    writer.begin_object().member("token", secret);
    write_members(writer, token);
    return json_response(201, std::move(writer.end_object()).take());
}

Result<Response> all_tokens(Workspace& workspace) {
    const std::vector<store::TokenRow> tokens = CS_TRY(store::list_tokens(workspace.database));
    JsonWriter writer;
    writer.begin_object().name("tokens").begin_array();
    for (const store::TokenRow& token : tokens) {
        writer.begin_object();
        write_members(writer, token);
        writer.member_bool("expired", token.expires <= workspace.clock.now()).end_object();
    }
    writer.end_array().end_object();
    return json_response(200, std::move(writer).take());
}

Result<Response> revoke_token(const Call& call, Workspace& workspace) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(store::remove_token(workspace.database, call.path.front()));
    CS_TRY_STATUS(transaction.commit());
    Response response;
    response.status = 204;
    return response;
}

}  // namespace

Response list_tokens(const Call&, Workspace& workspace) {
    return or_problem(all_tokens(workspace));
}

Response post_token(const Call& call, Workspace& workspace) {
    return or_problem(new_token(call, workspace));
}

Response delete_token(const Call& call, Workspace& workspace) {
    return or_problem(revoke_token(call, workspace));
}

}  // namespace countersign::api
