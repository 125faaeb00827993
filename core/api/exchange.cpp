#include "core/api/exchange.h"

#include "core/json/writer.h"

namespace countersign::api {

std::string_view RequestHead::header(std::string_view name) const {
    for (const Header& header : headers) {
        if (header.first == name) {
            return header.second;
        }
    }
    return {};
}

std::optional<std::string_view> RequestHead::parameter(std::string_view name) const {
    for (const Header& one : query) {
        if (one.first == name) {
            return one.second;
        }
    }
    return std::nullopt;
}

Response problem(const Error& error, std::optional<int> status) {
    const ErrorCodeInfo& info = code_info(error.code);
    Response out;
    out.status = status.value_or(info.http_status);
    out.headers = {{"content-type", "application/problem+json"}};
    JsonWriter writer;
    writer.begin_object()
        .member("type", "about:blank")
        .member("title", info.sentence)
        .member("status", int64_t{out.status});
    writer.member("code", info.name).member("detail", error.message);
    if (!error.field.empty()) {
        writer.member("field", error.field);
    }
    out.body = std::move(writer.end_object()).take();
    return out;
}

}  // namespace countersign::api
