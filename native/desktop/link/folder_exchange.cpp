#include "native/desktop/link/folder_exchange.h"

#include <utility>

#include "core/api/authenticate.h"
#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/store/accounts.h"

namespace countersign::desktop {

FolderExchange::FolderExchange(std::unique_ptr<native::LocalApi> api, std::shared_ptr<CookieJar> cookies)
    : api_(std::move(api)), cookies_(std::move(cookies)) {}

Status FolderExchange::sign_in(const ActorId& name) {
    api::Workspace& workspace = api_->workspace();
    const Instant now = workspace.clock.now();
    const std::string secret = to_hex(workspace.entropy.bytes(32));
    // A window may stay open for weeks, and nobody has to sign in again to read a folder of their own.
    constexpr Duration kLife{400LL * 24 * kHour_us};
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const auto account = CS_TRY(store::find_account(workspace.database, name));
    if (account && account->disabled) {
        return fail(ErrorCode::forbidden, concat("the account '", name.text, "' is disabled; choose another"),
                    "--account");
    }
    if (!account) {
        CS_TRY_STATUS(store::add_account(workspace.database, {name, "lead", "", now, false}));
    }
    CS_TRY_STATUS(store::drop_expired_sessions(workspace.database, now));
    CS_TRY_STATUS(store::add_session(workspace.database, sha256(secret), name, now, now + kLife));
    CS_TRY_STATUS(transaction.commit());
    cookies_->take({{"set-cookie", concat(api::session_cookie_name(workspace.settings), '=', secret,
                                          "; Max-Age=", kLife.us / kSecond_us)}});
    return success();
}

Result<TransportResponse> FolderExchange::exchange(const TransportRequest& request) {
    api::RequestHead head = CS_TRY(native::local_head(request.method, request.path));
    if (!request.content_type.empty()) {
        head.headers.emplace_back("content-type", request.content_type);
    }
    if (std::string cookie = cookies_->header(); !cookie.empty()) {
        head.headers.emplace_back("cookie", std::move(cookie));
    }
    api::Response answer = CS_TRY(api_->answer_whole(head, request.body));
    cookies_->take(answer.headers);
    TransportResponse out{answer.status, {}, std::move(answer.body)};
    for (auto& [name, value] : answer.headers) {
        if (name == "content-type") {
            out.content_type = std::move(value);
        }
    }
    return out;
}

}  // namespace countersign::desktop
