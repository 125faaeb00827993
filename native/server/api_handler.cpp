#include "native/server/api_handler.h"

#include "core/api/routes.h"
#include "core/base/concat.h"
#include "native/metrics/exposition.h"
#include "native/platform/clock_posix.h"
#include "native/server/counted_sink.h"
#include "native/server/stream_sink.h"

namespace countersign::native {

namespace {

bool is_page(const api::RequestHead& head, std::string_view path) {
    return head.path == path && head.method == "GET";
}

bool from_loopback(const api::RequestHead& head) {
    return head.remote.starts_with("127.") || head.remote == "::1" || head.remote.starts_with("::ffff:127.");
}

api::Response plain(int status, std::string body) {
    api::Response response;
    response.status = status;
    response.headers = {{"content-type", "text/plain; charset=utf-8"}, {"cache-control", "no-store"}};
    response.body = std::move(body);
    return response;
}

api::Response busy(const Error& error) {
    api::Response response = api::problem(error);
    response.headers.emplace_back("retry-after", "5");
    return response;
}

// A path that leads nowhere counts as a read.
api::Traffic traffic_of(const api::Match& match) {
    return match.route == nullptr ? api::Traffic::reads : match.route->traffic;
}

}  // namespace

api::Plan ApiHandler::plan(const api::RequestHead& head) {
    api::Plan out;
    out.refusal = throttle_.refuse_address(head, traffic_of(api::match(head.method, head.path)));
    if (out.refusal || is_page(head, "/healthz") || is_page(head, "/metrics")) {
        return out;
    }
    auto reader = readers_.here();
    if (!reader.ok()) {
        out.refusal = api::problem(reader.error());
        return out;
    }
    out = api::plan(head, *reader.value());
    if (!out.refusal) {
        out.refusal = throttle_.refuse_caller(head, out);
    }
    return out;
}

void ApiHandler::answer(const api::RequestHead& head, std::string body, http::Reply reply) {
    if (writer_.on_this_thread()) {
        reply(writer_.within_savepoint([&](api::Workspace& workspace) { return api::answer(head, body, workspace); }));
        return;
    }
    if (is_page(head, "/healthz")) {
        // A read that reaches the store: healthy means that it can be answered from.
        const auto reader = readers_.here();
        const bool good = reader.ok() && store::list_projects(reader.value()->database).ok();
        reply(good ? plain(200, "ok\n") : plain(503, "the store cannot be read\n"));
        return;
    }
    if (is_page(head, "/metrics")) {
        reply(metrics_page(head));
        return;
    }
    const api::Match match = api::match(head.method, head.path);
    if (traffic_of(match) == api::Traffic::sign_ins) {
        sign_in(head, std::move(body), reply);
        return;
    }
    if (match.route != nullptr && match.route->slow) {
        answer_slowly(head, std::move(body), reply);
        return;
    }
    auto reader = readers_.here();
    finish(reader.ok() ? api::answer(head, body, *reader.value()) : api::problem(reader.error()), reply);
}

void ApiHandler::sign_in(const api::RequestHead& head, std::string body, const http::Reply& reply) {
    if (auto refusal = throttle_.refuse_sign_in(head, body)) {
        reply(std::move(*refusal));
        return;
    }
    const auto told = [this, head, reply](api::Response response) {
        if (response.status != 401) {
            throttle_.signed_in(head);
        }
        reply(std::move(response));
    };
    const auto unanswered = [] { return api::problem(fail(ErrorCode::unavailable, "the server is stopping")); };
    answer_slowly(head, std::move(body), http::Reply(told, unanswered));
}

void ApiHandler::answer_slowly(api::RequestHead head, std::string body, const http::Reply& reply) {
    auto job = [this, head = std::move(head), body = std::move(body), reply] {
        auto reader = readers_.here();
        finish(reader.ok() ? api::answer(head, body, *reader.value()) : api::problem(reader.error()), reply);
    };
    if (!slow_.post(std::move(job))) {
        reply(busy(fail(ErrorCode::exhausted, "too many sign-ins at once; try again in some seconds")));
    }
}

void ApiHandler::finish(api::Response response, const http::Reply& reply) {
    if (!response.then_write) {
        reply(std::move(response));
        return;
    }
    auto written = std::make_shared<api::Response>();
    auto job = [this, written, write = std::move(response.then_write)] { *written = writer_.within_savepoint(write); };
    auto done = [written, reply](const Status& durable) {
        reply(durable.ok() ? std::move(*written) : api::problem(durable.error()));
    };
    if (!writer_.post(std::move(job), std::move(done), http::WriterLane::Admission::if_room)) {
        reply(busy(fail(ErrorCode::unavailable, "the server is writing as fast as it can; try again in a moment")));
    }
}

Result<std::unique_ptr<http::BodySink>> ApiHandler::open(const api::RequestHead& head) {
    api::Workspace* reader = CS_TRY(readers_.here());
    std::unique_ptr<api::BodySink> sink = CS_TRY(api::open_sink(head, *reader));
    const std::string caller = api::plan(head, *reader).caller;
    return make_counted_sink(make_stream_sink(writer_, std::move(sink)), head.header("content-type"),
                             [this, head, caller](int64_t items) { throttle_.imported(head, caller, items); });
}

api::Response ApiHandler::metrics_page(const api::RequestHead& head) const {
    if (!from_loopback(head)) {
        return api::problem(
            fail(ErrorCode::forbidden, "metrics are given to this machine only; let a collector here forward them"));
    }
    metrics::Exposition out;
    const WriterMetrics& writer = writer_.metrics();
    out.counter("countersign_commits_total", "Transactions flushed to disk.")
        .sample({}, static_cast<int64_t>(writer.commits.load()));
    out.counter("countersign_writes_total",
                "Requests and pieces of requests that were written; several share a commit.")
        .sample({}, static_cast<int64_t>(writer.jobs.load()));
    out.gauge("countersign_writer_queue", "Writes that wait.").sample({}, static_cast<int64_t>(writer.waiting.load()));
    const int64_t since_us = writer.unjudged_since_us.load();
    const int64_t behind_us = since_us < 0 ? 0 : SystemClock().monotonic().us - since_us;
    out.gauge("countersign_judging_behind_seconds",
              "For how long something that was acknowledged has waited to be judged, rounded up; 0: all is judged.")
        .sample({}, since_us < 0 ? 0 : behind_us / kSecond_us + 1);
    out.histogram("countersign_commit_seconds", "Time of a commit with its flush.")
        .durations({}, writer.commit_time.snapshot());
    throttle_.limiter().expose(out);
    if (const http::Metrics* http = http_metrics_.load()) {
        http::expose(*http, out);
    }
    api::Response response = plain(200, std::move(out).take());
    response.headers[0].second = std::string(metrics::Exposition::kContentType);
    return response;
}

}  // namespace countersign::native
