#include "native/desktop/link/http_exchange.h"

#include <utility>

namespace countersign::desktop {

namespace {

// As long as the browser's desk waits for an answer.
constexpr http::ClientLimits kLimits{.connect_time = std::chrono::seconds(5), .silence_time = std::chrono::seconds(30)};

}  // namespace

HttpExchange::HttpExchange(http::Endpoint endpoint, std::shared_ptr<CookieJar> cookies)
    : client_(std::move(endpoint), kLimits), cookies_(std::move(cookies)) {}

Result<TransportResponse> HttpExchange::exchange(const TransportRequest& request) {
    http::ClientRequest out;
    out.method = request.method;
    out.target = request.path;
    out.body = request.body;
    if (!request.content_type.empty()) {
        out.headers.emplace_back("content-type", request.content_type);
    }
    if (std::string cookie = cookies_->header(); !cookie.empty()) {
        out.headers.emplace_back("cookie", std::move(cookie));
    }
    http::ClientResponse answer = CS_TRY(client_.send(out));
    cookies_->take(answer.headers);
    return TransportResponse{answer.status, std::string(answer.header("content-type")), std::move(answer.body)};
}

}  // namespace countersign::desktop
