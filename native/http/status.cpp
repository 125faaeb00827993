#include "native/http/status.h"

#include "core/base/concat.h"

namespace countersign::http {
namespace {

struct StatusInfo {
    std::string_view phrase;
    int status;
    ErrorCode code;  // the stable code that a program reads
};

constexpr StatusInfo kStatuses[] = {
    {"Continue", 100, ErrorCode::internal},
    {"OK", 200, ErrorCode::internal},
    {"Created", 201, ErrorCode::internal},
    {"Accepted", 202, ErrorCode::internal},
    {"No Content", 204, ErrorCode::internal},
    {"Partial Content", 206, ErrorCode::internal},
    {"Moved Permanently", 301, ErrorCode::internal},
    {"Found", 302, ErrorCode::internal},
    {"See Other", 303, ErrorCode::internal},
    {"Not Modified", 304, ErrorCode::internal},
    {"Temporary Redirect", 307, ErrorCode::internal},
    {"Permanent Redirect", 308, ErrorCode::internal},
    {"Bad Request", 400, ErrorCode::invalid_argument},
    {"Unauthorized", 401, ErrorCode::unauthenticated},
    {"Forbidden", 403, ErrorCode::forbidden},
    {"Not Found", 404, ErrorCode::not_found},
    {"Method Not Allowed", 405, ErrorCode::unimplemented},
    {"Not Acceptable", 406, ErrorCode::unimplemented},
    {"Request Timeout", 408, ErrorCode::unavailable},
    {"Conflict", 409, ErrorCode::conflict},
    {"Gone", 410, ErrorCode::not_found},
    {"Length Required", 411, ErrorCode::invalid_argument},
    {"Precondition Failed", 412, ErrorCode::failed_precondition},
    {"Content Too Large", 413, ErrorCode::exhausted},
    {"URI Too Long", 414, ErrorCode::exhausted},
    {"Unsupported Media Type", 415, ErrorCode::unimplemented},
    {"Expectation Failed", 417, ErrorCode::unimplemented},
    {"Misdirected Request", 421, ErrorCode::invalid_argument},
    {"Unprocessable Content", 422, ErrorCode::failed_precondition},
    {"Too Many Requests", 429, ErrorCode::exhausted},
    {"Request Header Fields Too Large", 431, ErrorCode::exhausted},
    {"Internal Server Error", 500, ErrorCode::internal},
    {"Not Implemented", 501, ErrorCode::unimplemented},
    {"Service Unavailable", 503, ErrorCode::unavailable},
    {"HTTP Version Not Supported", 505, ErrorCode::unimplemented},
    {"Insufficient Storage", 507, ErrorCode::exhausted},
};

const StatusInfo* find_status(int status) {
    for (const StatusInfo& info : kStatuses) {
        if (info.status == status) {
            return &info;
        }
    }
    return nullptr;
}

api::Response problem_response(int status, std::string_view code, const std::string& detail, std::string_view field) {
    api::Response response;
    response.status = status;
    response.headers = {{"content-type", "application/problem+json"}, {"cache-control", "no-store"}};
    std::string& body = response.body;
    body = concat(R"({"type":"about:blank","title":")", status_phrase(status), R"(","status":)", status, R"(,"code":")",
                  code, R"(","detail":)", json_text(detail));
    if (!field.empty()) {
        body += concat(R"(,"field":)", json_text(field));
    }
    body += "}\n";
    return response;
}

}  // namespace

std::string_view status_phrase(int status) {
    const StatusInfo* const info = find_status(status);
    return info == nullptr ? "Unknown" : info->phrase;
}

api::Response refusal_response(const Refusal& refusal) {
    const StatusInfo* const info = find_status(refusal.status);
    const ErrorCode code = info == nullptr ? ErrorCode::internal : info->code;
    api::Response response = problem_response(refusal.status, code_info(code).name, refusal.detail, {});
    if (!refusal.header.first.empty()) {
        response.headers.push_back(refusal.header);
    }
    return response;
}

api::Response error_response(const Error& error) {
    const ErrorCodeInfo& info = code_info(error.code);
    return problem_response(info.http_status, info.name, error.message, error.field);
}

std::string json_text(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    out += '"';
    return out;
}

std::string_view header_value(const std::vector<api::Header>& headers, std::string_view name) {
    for (const api::Header& header : headers) {
        if (header.first == name) {
            return header.second;
        }
    }
    return {};
}

}  // namespace countersign::http
