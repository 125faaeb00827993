#pragma once
// Requests to a server by HTTP, with the session's cookie.

#include <memory>

#include "native/desktop/link/cookie_jar.h"
#include "native/desktop/link/exchange.h"
#include "native/http/client.h"

namespace countersign::desktop {

class HttpExchange final : public Exchange {
public:
    HttpExchange(http::Endpoint endpoint, std::shared_ptr<CookieJar> cookies);

    Result<TransportResponse> exchange(const TransportRequest& request) override;

    void cancel() override { client_.cancel(); }

private:
    http::Client client_;
    std::shared_ptr<CookieJar> cookies_;
};

}  // namespace countersign::desktop
