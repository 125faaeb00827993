#include "native/http/status.h"

#include "core/base/concat.h"

namespace countersign::http {
namespace {

struct StatusInfo {
    int status;
    std::string_view phrase;
    ErrorCode code;  // the stable code that a program reads
};

constexpr StatusInfo kStatuses[] = {
    {100, "Continue", ErrorCode::internal},
    {200, "OK", ErrorCode::internal},
    {201, "Created", ErrorCode::internal},
    {202, "Accepted", ErrorCode::internal},
    {204, "No Content", ErrorCode::internal},
    {206, "Partial Content", ErrorCode::internal},
    {301, "Moved Permanently", ErrorCode::internal},
    {302, "Found", ErrorCode::internal},
    {303, "See Other", ErrorCode::internal},
    {304, "Not Modified", ErrorCode::internal},
    {307, "Temporary Redirect", ErrorCode::internal},
    {308, "Permanent Redirect", ErrorCode::internal},
    {400, "Bad Request", ErrorCode::invalid_argument},
    {401, "Unauthorized", ErrorCode::unauthenticated},
    {403, "Forbidden", ErrorCode::forbidden},
    {404, "Not Found", ErrorCode::not_found},
    {405, "Method Not Allowed", ErrorCode::unimplemented},
    {406, "Not Acceptable", ErrorCode::unimplemented},
    {408, "Request Timeout", ErrorCode::unavailable},
    {409, "Conflict", ErrorCode::conflict},
    {410, "Gone", ErrorCode::not_found},
    {411, "Length Required", ErrorCode::invalid_argument},
    {412, "Precondition Failed", ErrorCode::failed_precondition},
    {413, "Content Too Large", ErrorCode::exhausted},
    {414, "URI Too Long", ErrorCode::exhausted},
    {415, "Unsupported Media Type", ErrorCode::unimplemented},
    {417, "Expectation Failed", ErrorCode::unimplemented},
    {421, "Misdirected Request", ErrorCode::invalid_argument},
    {422, "Unprocessable Content", ErrorCode::failed_precondition},
    {429, "Too Many Requests", ErrorCode::exhausted},
    {431, "Request Header Fields Too Large", ErrorCode::exhausted},
    {500, "Internal Server Error", ErrorCode::internal},
    {501, "Not Implemented", ErrorCode::unimplemented},
    {503, "Service Unavailable", ErrorCode::unavailable},
    {505, "HTTP Version Not Supported", ErrorCode::unimplemented},
    {507, "Insufficient Storage", ErrorCode::exhausted},
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
