#pragma once
// Requests by function call to the API on a local data folder: one person reviews without any server.
//
// Who: the person who may read the folder has a session as the account with their name, made (as a lead, without a
// password) when it is not there yet, so that every decision carries a name. After signing out, one signs in with a
// password like everywhere, or starts the program again.

#include <memory>
#include <string>

#include "core/base/ids.h"
#include "native/desktop/link/cookie_jar.h"
#include "native/desktop/link/exchange.h"
#include "native/server/local_api.h"

namespace countersign::desktop {

class FolderExchange final : public Exchange {
public:
    FolderExchange(std::unique_ptr<native::LocalApi> api, std::shared_ptr<CookieJar> cookies);

    // A session for this account. Errors: forbidden when the account was disabled.
    Status sign_in(const ActorId& account);

    Result<TransportResponse> exchange(const TransportRequest& request) override;

    // It waits for nobody.
    void cancel() override {}

private:
    std::unique_ptr<native::LocalApi> api_;
    std::shared_ptr<CookieJar> cookies_;
};

}  // namespace countersign::desktop
