#include "native/http/connection.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"
#include "native/http/accept_encoding.h"
#include "native/http/current.h"
#include "native/http/forwarded.h"

namespace countersign::http {
namespace {

constexpr size_t kReadAtOnce = 4'096;

bool is_handlers(const ServerOptions& options, std::string_view path) {
    return options.files == nullptr || std::ranges::any_of(options.handler_paths, [&](const std::string& name) {
               return name.ends_with('/') ? path.starts_with(name) : path == name;
           });
}

bool is_allowed_host(const ServerOptions& options, const std::string& host) {
    return options.allowed_hosts.empty() ||
           std::ranges::find(options.allowed_hosts, host) != options.allowed_hosts.end();
}

// What a body of this size may need as gzip: bytes that do not pack gain a few for each block.
uint64_t coded_limit_bytes(uint64_t limit_bytes) {
    constexpr uint64_t kWrapping_bytes = 1'024;
    return limit_bytes == 0 ? 0 : limit_bytes + limit_bytes / 64 + kWrapping_bytes;
}

}  // namespace

Connection::Connection(Worker& worker, Socket socket, Ticket ticket, std::string remote)
    : worker_(worker),
      limits_(worker.limits()),
      ticket_(std::move(ticket)),
      remote_(std::move(remote)),
      wire_(std::move(socket), limits_, worker.shared().metrics),
      waker_(std::make_shared<Waker>(worker.gate(), wire_.waiting())) {
    worker_.add(*this);
}

Connection::~Connection() {
    waker_->forget();
    worker_.remove(*this);
}

Task<void> Connection::serve(std::unique_ptr<Connection> connection) {
    Next next = Next::request;
    while (next == Next::request) {
        next = co_await connection->serve_one();
        if (next == Next::request && connection->worker_.stopping()) {
            next = Next::linger;
        }
    }
    if (next == Next::linger) {
        co_await connection->wire_.linger();
    }
}

void Connection::sweep(TimePoint now) {
    wire_.expire(now);
}

void Connection::finish_soon() {
    if (idle_) {
        wire_.close();
    }
}

void Connection::close() {
    wire_.close();
}

Task<std::optional<Connection::Next>> Connection::receive_head(Current& current, size_t& size) {
    wire_.set_deadline(SteadyClock::now() + limits_.idle_time);
    for (size_t scanned = 0;;) {
        // Empty lines before a request are passed over (RFC 9112, 2.2).
        while (scanned == 0 && wire_.unread().starts_with("\r\n")) {
            wire_.consume(2);
        }
        const std::string_view bytes = wire_.unread();
        if (idle_ && !bytes.empty()) {
            idle_ = false;
            current.begin(SteadyClock::now());
            wire_.set_deadline(current.started + limits_.head_time);
        }
        const HeadScan scan = scan_head(bytes, scanned);
        if (scan.state == HeadScan::State::malformed) {
            worker_.shared().metrics.count(Rejected::malformed);
            co_return co_await send_last(
                current,
                refusal_response({400,
                                  "a line does not end with CR LF, or a control character stands in the request's "
                                  "head; this port speaks plain HTTP/1.1",
                                  {}}));
        }
        size = scan.size;
        if (size > limits_.head_bytes || (size == 0 && bytes.size() >= limits_.head_bytes)) {
            worker_.shared().metrics.count(Rejected::too_large);
            co_return co_await send_last(current, refusal_response(head_too_large(bytes, limits_)));
        }
        if (size != 0) {
            co_return std::nullopt;
        }
        scanned = bytes.size() <= 1 ? 0 : bytes.size();
        if (co_await wire_.read_more(kReadAtOnce)) {
            continue;
        }
        if (idle_ || wire_.closed()) {
            co_return Next::close;
        }
        if (wire_.expired()) {
            worker_.shared().metrics.count(Rejected::head_time);
            co_return co_await send_last(
                current,
                refusal_response(
                    {408, concat("the request's head did not come within ", limits_.head_time.count(), " ms"), {}}));
        }
        co_return co_await send_last(current,
                                     refusal_response({400, "the request ended in the middle of its head", {}}));
    }
}

Task<Connection::Next> Connection::serve_one() {
    idle_ = true;
    Current current(wire_, limits_, worker_.shared().metrics);
    size_t size = 0;
    if (const auto next = co_await receive_head(current, size)) {
        co_return *next;
    }
    const std::string_view bytes = wire_.unread().substr(0, size);
    std::optional<Refusal> refusal = read_head(bytes, limits_, current.head);
    if (!refusal && !current.body.agrees(bytes, current.head)) {
        refusal = Refusal{400, "the request's head can be read in more than one way", {}};
    }
    wire_.consume(size);
    const std::vector<std::string>& proxies = worker_.shared().options.trusted_proxies;
    current.remote = proxies.empty() ? remote_ : client_address(remote_, current.head.request.headers, proxies);
    current.method = current.head.head_only ? "HEAD" : current.head.request.method;
    current.head.request.remote = current.remote;
    current.keep_alive = current.head.keep_alive && !worker_.stopping();
    current.takes_gzip = takes_gzip(header_value(current.head.request.headers, "accept-encoding"));
    if (!refusal) {
        co_return co_await route(current);
    }
    const bool size_matters = refusal->status == 414 || refusal->status == 431;
    worker_.shared().metrics.count(size_matters ? Rejected::too_large : Rejected::malformed);
    co_return co_await send_last(current, refusal_response(*refusal));
}

Task<Connection::Next> Connection::route(Current& current) {
    Shared& shared = worker_.shared();
    const ServerOptions& options = shared.options;
    if (!is_allowed_host(options, current.head.host)) {
        co_return co_await send_early(
            current, refusal_response({421, "this server does not answer for the host that the request names", {}}));
    }
    if (!is_handlers(options, current.head.request.path)) {
        co_return co_await answer_file(current);
    }
    co_return co_await follow(current, shared.handler.plan(current.head.request));
}

Task<Connection::Next> Connection::follow(Current& current, api::Plan plan) {
    if (plan.refusal) {
        co_return co_await send_early(current, std::move(*plan.refusal));
    }
    if (std::optional<api::Response> refusal = prepare_body(current, plan.body_limit_bytes)) {
        co_return co_await send_early(current, std::move(*refusal));
    }
    if (plan.lane == api::Lane::live) {
        co_return co_await open_live(current, std::move(plan.live_project));
    }
    if (plan.streamed_body) {
        co_return co_await answer_streamed(current, plan);
    }
    co_return co_await answer_whole(current, plan);
}

std::optional<api::Response> Connection::prepare_body(Current& current, uint64_t limit_bytes) {
    Metrics& metrics = worker_.shared().metrics;
    const std::string_view coding = header_value(current.head.request.headers, "content-encoding");
    const bool packed = is_coding(coding, "gzip") || is_coding(coding, "x-gzip");
    if (has_body(current.head) && !packed && !coding.empty() && !is_coding(coding, "identity")) {
        metrics.count(Rejected::coding);
        return refusal_response({415,
                                 "the body's content-encoding is not understood here; send it as it is, or as gzip",
                                 {"accept-encoding", "gzip"}});
    }
    const uint64_t by_wire = packed ? coded_limit_bytes(limit_bytes) : limit_bytes;
    if (current.head.framing == Framing::length && current.head.content_length > by_wire) {
        metrics.count(Rejected::too_large);
        return too_large_response(limit_bytes);
    }
    if (packed && has_body(current.head)) {
        current.body.unpack(by_wire);
    }
    return std::nullopt;
}

Task<Connection::Next> Connection::answer_file(Current& current) {
    current.route_class = RouteClass::file;
    if (current.head.framing == Framing::chunked || current.head.content_length > 0) {
        co_return co_await send_early(current, too_large_response(0));
    }
    const StaticFiles::Answer file = worker_.shared().options.files->answer(current.head.request);
    const bool sent = co_await send_file(wire_, limits_, form_of(current), file);
    count(current, file.status);
    if (!sent) {
        co_return lost();
    }
    co_return current.keep_alive ? Next::request : Next::linger;
}

Task<Connection::Next> Connection::open_live(Current& current, std::string project) {
    current.route_class = RouteClass::live;
    if (current.head.framing == Framing::chunked) {
        co_return co_await send_early(current, too_large_response(0));
    }
    const bool sent = co_await send_live_head(wire_, limits_, form_of(current));
    count(current, 200);
    if (!sent) {
        co_return lost();
    }
    if (current.head.head_only || worker_.stopping()) {
        co_return Next::linger;
    }
    worker_.live().adopt(std::move(wire_.socket()), std::move(ticket_), std::move(project));
    co_return Next::live;
}

Task<Connection::Next> Connection::send(Current& current, api::Response response) {
    int status = 0;
    const bool sent = co_await send_response(wire_, limits_, form_of(current), std::move(response), status);
    count(current, status);
    if (!sent) {
        co_return lost();
    }
    co_return current.keep_alive ? Next::request : Next::linger;
}

Task<Connection::Next> Connection::send_last(Current& current, api::Response response) {
    current.keep_alive = false;
    co_return co_await send(current, std::move(response));
}

Task<Connection::Next> Connection::send_early(Current& current, api::Response response) {
    const RequestLineAndHeaders& head = current.head;
    const bool small = head.framing != Framing::chunked && head.content_length <= limits_.drained_bytes;
    if (!current.keep_alive || !small || (head.expects_continue && head.content_length > 0)) {
        co_return co_await send_last(current, std::move(response));
    }
    std::string thrown_away;
    const End end = co_await current.body.read(thrown_away, limits_.drained_bytes + 1, current.deadline);
    current.keep_alive = end == End::complete;
    co_return co_await send(current, std::move(response));
}

void Connection::count(const Current& current, int status) {
    Shared& shared = worker_.shared();
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - current.started);
    shared.metrics.count_request(current.route_class, status, duration.count());
    if (shared.options.on_served) {
        shared.options.on_served({.remote = current.remote.empty() ? remote_ : current.remote,
                                  .method = current.method,
                                  .target = current.head.raw_target,
                                  .status = status,
                                  .duration_us = duration.count()});
    }
}

Connection::Next Connection::lost() {
    if (wire_.expired()) {
        worker_.shared().metrics.count(Rejected::slow_reader);
    }
    return Next::close;
}

AnswerForm Connection::form_of(const Current& current) {
    return {.keep_alive = current.keep_alive,
            .http_1_0 = current.head.http_1_0,
            .head_only = current.head.head_only,
            .takes_gzip = current.takes_gzip,
            .date_line = worker_.date_line()};
}

}  // namespace countersign::http
