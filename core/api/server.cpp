#include "core/api/server.h"

#include <charconv>

#include "core/api/answers.h"
#include "core/api/authenticate.h"
#include "core/api/ingest_sink.h"
#include "core/base/concat.h"

namespace countersign::api {

namespace {

struct Admitted {
    Match match;
    Principal principal;
};

Error no_route(const RequestHead& head, const Match& match) {
    if (match.allowed_methods.empty()) {
        return fail(ErrorCode::not_found,
                    "there is nothing at this address; the API is described at /api/openapi.json");
    }
    return fail(ErrorCode::unimplemented,
                concat(head.method, " is not possible here; allowed are ", match.allowed_methods));
}

// A browser sends a cookie along with a request that another site made it send; such a request may change nothing.
Status check_origin(const RequestHead& head) {
    const bool changes = head.method != "GET" && head.method != "HEAD";
    const std::string_view site = head.header("sec-fetch-site");
    const bool foreign = !site.empty() && site != "same-origin" && site != "none";
    if (changes && foreign && !head.header("cookie").empty()) {
        return fail(ErrorCode::forbidden, "a page of another site may not change anything here", "sec-fetch-site");
    }
    return success();
}

Result<Admitted> admit(const RequestHead& head, Workspace& workspace) {
    Admitted out;
    out.match = match(head.method, head.path);
    if (out.match.route == nullptr) {
        return no_route(head, out.match);
    }
    CS_TRY_STATUS(check_origin(head));
    const Right right = out.match.route->right;
    auto principal = authenticate(head, workspace);
    if (!principal.ok()) {
        if (right == Right::nobody_needed) {
            return out;
        }
        return principal.error();
    }
    out.principal = std::move(principal).value();
    const std::string_view project =
        out.match.path.empty() ? std::string_view() : std::string_view(out.match.path.front());
    if (!may(out.principal, right, project)) {
        return fail(ErrorCode::forbidden, concat("'", out.principal.actor.text, "' (", out.principal.role,
                                                 ") may not do this; it takes the right ", right_name(right)));
    }
    return out;
}

// Names of accounts and of tokens may be the same.
std::string caller_of(const Principal& principal) {
    if (principal.actor.empty()) {
        return {};
    }
    return concat(principal.role == "token" ? "token " : "account ", principal.actor.text);
}

Response refuse(const Error& error, const Match& match) {
    if (match.allowed_methods.empty()) {
        return problem(error);
    }
    Response response = problem(error, 405);
    response.headers.emplace_back("allow", match.allowed_methods);
    return response;
}

}  // namespace

Plan plan(const RequestHead& head, Workspace& reader) {
    Plan out;
    auto admitted = admit(head, reader);
    if (!admitted.ok()) {
        out.refusal = refuse(admitted.error(), match(head.method, head.path));
        return out;
    }
    const Route& route = *admitted.value().match.route;
    out.lane = route.lane;
    out.traffic = route.traffic;
    out.caller = caller_of(admitted.value().principal);
    out.body_limit_bytes = route.body_limit == nullptr ? 0 : reader.settings.limits.*route.body_limit;
    out.streamed_body = route.answer == nullptr && route.lane == Lane::writer;
    if (route.lane == Lane::live) {
        out.live_project = admitted.value().match.path.front();
    }
    return out;
}

Response answer(const RequestHead& head, const std::string& body, Workspace& workspace) {
    auto admitted = admit(head, workspace);
    if (!admitted.ok()) {
        return refuse(admitted.error(), match(head.method, head.path));
    }
    const Admitted& in = admitted.value();
    CS_CHECK(in.match.route->answer != nullptr);
    return in.match.route->answer(Call{head, body, in.principal, in.match.path}, workspace);
}

Result<std::unique_ptr<BodySink>> open_sink(const RequestHead& head, Workspace& reader) {
    const Admitted in = CS_TRY(admit(head, reader));
    const store::ProjectRow project = CS_TRY(store::find_project(reader.database, ProjectId(in.match.path.front())));
    return make_ingest_sink(project.id, in.principal.actor, reader.settings.limits, head.header("content-type"));
}

Result<int64_t> number_parameter(const RequestHead& head, std::string_view name, int64_t otherwise,
                                 IntegerRange range) {
    const auto text = head.parameter(name);
    if (!text) {
        return otherwise;
    }
    int64_t number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (code != std::errc{} || end != text->data() + text->size() || number < range.min || number > range.max) {
        return fail(ErrorCode::invalid_argument,
                    concat("'", text->substr(0, 40), "' is not a number from ", range.min, " to ", range.max),
                    std::string(name));
    }
    return number;
}

Response json_response(int status, std::string body) {
    Response out;
    out.status = status;
    out.headers = {{"content-type", "application/json"}, {"cache-control", "no-store"}};
    out.body = std::move(body);
    return out;
}

Response or_problem(Result<Response> result) {
    return result.ok() ? std::move(result).value() : problem(result.error());
}

}  // namespace countersign::api
