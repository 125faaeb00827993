#include "native/cli/carrier.h"

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "native/cli/folder_carrier.h"
#include "native/cli/http_carrier.h"

namespace countersign::native {

namespace {

ErrorCode code_of(std::string_view name) {
    for (int code = 0; code <= static_cast<int>(kLastErrorCode); ++code) {
        if (code_info(static_cast<ErrorCode>(code)).name == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    return ErrorCode::internal;
}

}  // namespace

Result<std::unique_ptr<Carrier>> make_carrier(const CarrierOptions& options) {
    if (!options.server.empty()) {
        return make_http_carrier(options.server, options.token);
    }
    const DataFolder folder = CS_TRY(DataFolder::open(options.data));
    if (const auto running = folder.running()) {
        return make_http_carrier(running->address, running->token);
    }
    return make_folder_carrier(folder);
}

std::string cookie_of(std::string_view set_cookie) {
    return std::string(set_cookie.substr(0, set_cookie.find(';')));
}

Status sign_in(Carrier& carrier, const std::string& account, const std::string& password) {
    JsonWriter body;
    body.begin_object().member("account", account).member("password", password).end_object();
    const Answered answered =
        CS_TRY(carrier.ask({"POST", "/api/v1/session", "application/json"}, std::move(body).take()));
    CS_TRY_STATUS(problem_of(answered));
    carrier.use_cookie(answered.cookie);
    return success();
}

std::string project_target(std::string_view project, std::string_view rest) {
    return concat("/api/v1/projects/", percent_encoded(project), rest);
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
    return out;
}

Status problem_of(const Answered& answered) {
    if (answered.status < 400) {
        return success();
    }
    const auto json = parse_json(answered.body);
    if (!json.ok() || json.value().find("detail") == nullptr) {
        return fail(ErrorCode::unavailable, concat("the server answered with status ", answered.status));
    }
    return fail(code_of(json.value().text_of("code")), json.value().text_of("detail"), json.value().text_of("field"));
}

}  // namespace countersign::native
