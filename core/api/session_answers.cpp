#include "core/api/answers.h"
#include "core/api/authenticate.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/accounts.h"
#include "core/store/identity.h"

namespace countersign::api {

namespace {

constexpr std::string_view kDemoAccount = "demo";

// The cookie that is the session. HttpOnly: no script ever sees it. Lax: a link from elsewhere opens a signed-in desk.
std::string set_cookie(const ServerSettings& settings, std::string_view secret, int64_t max_age_s) {
    return concat(session_cookie_name(settings), '=', secret, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=", max_age_s,
                  settings.secure ? "; Secure" : "");
}

std::string session_json(const ActorId& account, std::string_view role, const ServerSettings& settings) {
    JsonWriter writer;
    writer.begin_object().member("account", account.text).member("role", role).member_bool("demo", settings.demo);
    writer.member("version", settings.version).end_object();
    return std::move(writer).take();
}

Result<Response> begin_session(const ActorId& account, std::string_view role, Workspace& workspace) {
    const std::string secret = to_hex(workspace.entropy.bytes(32));
    const Instant now = workspace.clock.now();
    const Duration life = workspace.settings.limits.session;
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(store::drop_expired_sessions(workspace.database, now));
    CS_TRY_STATUS(store::add_session(workspace.database, sha256(secret), account, now, now + life));
    CS_TRY_STATUS(transaction.commit());
    Response response = json_response(200, session_json(account, role, workspace.settings));
    response.headers.emplace_back("set-cookie", set_cookie(workspace.settings, secret, life.us / kSecond_us));
    return response;
}

Result<Response> sign_in(const Call& call, Workspace& workspace) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const ActorId name(CS_TRY(fields.text("account", {.max_bytes = 200})));
    const std::string password = CS_TRY(fields.text("password", {.max_bytes = 1'000}));
    CS_TRY_STATUS(fields.done());
    const auto account = CS_TRY(store::find_account(workspace.database, name));
    // An unknown name takes as long as a wrong password, so that neither can be told from the other.
    static const std::string kNobody =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const bool known = account && !account->password.empty();
    const bool right = workspace.passwords.verify(known ? account->password : kNobody, password);
    if (!known || !right) {
        return fail(ErrorCode::unauthenticated, "name or password is wrong");
    }
    Response response;
    response.then_write = [name, role = account->role](Workspace& writer) {
        return or_problem(begin_session(name, role, writer));
    };
    return response;
}

Result<Response> demo_sign_in(Workspace& workspace) {
    if (!workspace.settings.demo) {
        return fail(ErrorCode::forbidden, "this server is no demo; sign in with name and password");
    }
    const ActorId name{std::string(kDemoAccount)};
    const auto account = CS_TRY(store::find_account(workspace.database, name));
    if (!account) {
        CS_TRY_STATUS(store::add_account(workspace.database, {name, "lead", "", workspace.clock.now(), false}));
    }
    return begin_session(name, account ? account->role : "lead", workspace);
}

Result<Response> sign_out(const Call& call, Workspace& workspace) {
    const std::string_view secret = session_secret(call.head, workspace.settings);
    CS_TRY_STATUS(store::end_session(workspace.database, sha256(secret)));
    Response response;
    response.status = 204;
    response.headers.emplace_back("set-cookie", set_cookie(workspace.settings, "", 0));
    return response;
}

}  // namespace

Response get_server(const Call&, Workspace& workspace) {
    JsonWriter writer;
    writer.begin_object().member_bool("demo", workspace.settings.demo).member("version", workspace.settings.version);
    if (workspace.settings.log_key) {
        writer.member("log_key", to_hex(workspace.settings.log_key->view()));
    }
    const auto identity = store::read_identity(workspace.database);
    if (identity.ok()) {
        writer.member("server", identity.value().server).member("incarnation", identity.value().incarnation());
    }
    return json_response(200, std::move(writer.end_object()).take());
}

Response get_session(const Call& call, Workspace& workspace) {
    return json_response(200, session_json(call.principal.actor, call.principal.role, workspace.settings));
}

Response post_session(const Call& call, Workspace& workspace) {
    return or_problem(sign_in(call, workspace));
}

Response post_demo_session(const Call&, Workspace& workspace) {
    return or_problem(demo_sign_in(workspace));
}

Response delete_session(const Call& call, Workspace& workspace) {
    return or_problem(sign_out(call, workspace));
}

}  // namespace countersign::api
