#include "core/sync/problem.h"

#include "core/base/concat.h"
#include "core/json/json.h"

namespace countersign::sync {

namespace {

ErrorCode code_of(int status) {
    switch (status) {
        case 401: return ErrorCode::unauthenticated;
        case 403: return ErrorCode::forbidden;
        case 404: return ErrorCode::not_found;
        case 409: return ErrorCode::conflict;
        case 410: return ErrorCode::gone;
        case 413: return ErrorCode::exhausted;
        case 429: return ErrorCode::unavailable;
        default: return status >= 400 && status < 500 ? ErrorCode::invalid_argument : ErrorCode::unavailable;
    }
}

}  // namespace

Error error_of(const TransportResponse& response) {
    const auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    const std::string words = json.ok() ? json.value().text_of("detail") : std::string();
    return fail(code_of(response.status),
                concat(words.empty() ? "the server answered without saying why" : words, " (", response.status, ")"));
}

}  // namespace countersign::sync
