#include "core/api/authenticate.h"

#include "core/store/accounts.h"

namespace countersign::api {

std::string_view cookie_value(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const size_t end = header.find(';');
        std::string_view one = header.substr(0, end);
        header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
        while (one.starts_with(' ')) {
            one.remove_prefix(1);
        }
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') {
            return one.substr(name.size() + 1);
        }
    }
    return {};
}

namespace {

Result<Principal> by_token(std::string_view secret, Workspace& workspace) {
    if (workspace.settings.local_token && sha256(secret) == *workspace.settings.local_token) {
        return Principal{ActorId("local"), "local", {}, {}};
    }
    const auto token = CS_TRY(store::find_token(workspace.database, sha256(secret), workspace.clock.now()));
    if (!token) {
        return fail(ErrorCode::unauthenticated, "the token is not known or has expired", "authorization");
    }
    return Principal{ActorId(token->name), "token", token->scopes, token->project};
}

Result<Principal> by_session(std::string_view secret, Workspace& workspace) {
    const auto session = CS_TRY(store::find_session(workspace.database, sha256(secret), workspace.clock.now()));
    if (!session) {
        return fail(ErrorCode::unauthenticated, "the session has ended; sign in again");
    }
    // Whoever lost an account may still hand in what was decided before: a lead looks at it.
    return Principal{session->account, session->disabled ? std::string("disabled") : session->role, {}, {}};
}

}  // namespace

std::string session_cookie_name(const ServerSettings& settings) {
    return settings.secure ? "__Host-countersign_session" : "countersign_session";
}

std::string_view session_secret(const RequestHead& head, const ServerSettings& settings) {
    return cookie_value(head.header("cookie"), session_cookie_name(settings));
}

Result<Principal> authenticate(const RequestHead& head, Workspace& workspace) {
    const std::string_view authorization = head.header("authorization");
    constexpr std::string_view kBearer = "Bearer ";
    if (authorization.starts_with(kBearer)) {
        return by_token(authorization.substr(kBearer.size()), workspace);
    }
    if (!authorization.empty()) {
        return fail(ErrorCode::unauthenticated, "only 'Bearer <token>' is accepted here", "authorization");
    }
    const std::string_view secret = session_secret(head, workspace.settings);
    if (secret.empty()) {
        return fail(ErrorCode::unauthenticated, "please sign in");
    }
    return by_session(secret, workspace);
}

}  // namespace countersign::api
