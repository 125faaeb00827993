// The part of a connection that brings bodies to the handler and waits for its answers.

#include <utility>

#include "core/base/concat.h"
#include "native/http/current.h"

namespace countersign::http {
namespace {

api::Response unanswered() {
    return error_response(fail(ErrorCode::internal, "the request was not answered; please report it"));
}

Status not_taken() {
    return fail(ErrorCode::internal, "the body was not taken; please report it");
}

// What the writing thread needs of a request, and what it found out. The connection may be gone before.
struct WriterWork {
    api::RequestHead head;
    std::string body;
    api::Response response;
};

}  // namespace

bool has_body(const RequestLineAndHeaders& head) {
    return head.framing == Framing::chunked || head.content_length > 0;
}

api::Response too_large_response(uint64_t limit_bytes) {
    if (limit_bytes == 0) {
        return refusal_response({413, "this request takes no body", {}});
    }
    return refusal_response(
        {413, concat("the body is larger than the ", limit_bytes, " bytes that are allowed here"), {}});
}

template <class Answer>
Task<std::optional<Answer>> Connection::await(Rendezvous<Answer>& rendezvous, TimePoint deadline) {
    wire_.set_deadline(deadline);
    for (;;) {
        std::optional<Answer> answer = rendezvous.take();
        if (answer || wire_.expired() || wire_.closed()) {
            co_return answer;
        }
        co_await wire_.waiting().async_wait(kAwait);
    }
}

Connection::Read Connection::not_read(const Current& current, End end) {
    Metrics& metrics = worker_.shared().metrics;
    if (end == End::malformed) {
        metrics.count(Rejected::malformed);
        return {end, refusal_response({400, "the body's chunks are not well formed", {}})};
    }
    if (end == End::bad_coding) {
        const bool size_matters = current.body.refusal().status == 413;
        metrics.count(size_matters ? Rejected::too_large : Rejected::coding);
        return {end, refusal_response(current.body.refusal())};
    }
    if (end == End::too_slow) {
        metrics.count(Rejected::body_time);
        return {end,
                refusal_response({408,
                                  concat("the body came too slowly: after ", limits_.body_grace.count(),
                                         " ms at least ", limits_.body_bytes_per_s, " bytes a second are expected"),
                                  {}})};
    }
    // Perhaps it has only ended its own side and still listens.
    return {end, refusal_response({400, "the request ended in the middle of its body", {}})};
}

Task<bool> Connection::invite_body(Current& current) {
    const bool invited = current.head.expects_continue && has_body(current.head) && wire_.unread().empty();
    co_return !invited || co_await send_continue(wire_, limits_);
}

Task<Connection::Read> Connection::read_whole(Current& current, uint64_t limit_bytes, std::string& body) {
    const auto limit = static_cast<size_t>(std::min<uint64_t>(limit_bytes, SIZE_MAX - 1));
    const End end = co_await current.body.read(body, limit + 1, current.deadline);
    if (body.size() > limit) {
        worker_.shared().metrics.count(Rejected::too_large);
        co_return Read{End::piece, too_large_response(limit_bytes)};
    }
    co_return end == End::complete ? Read{} : not_read(current, end);
}

Task<Connection::Next> Connection::answer_whole(Current& current, const api::Plan& plan) {
    current.route_class = plan.lane == api::Lane::writer ? RouteClass::write : RouteClass::read;
    std::string body;
    if (has_body(current.head)) {
        if (!co_await invite_body(current)) {
            co_return Next::close;
        }
        Read read = co_await read_whole(current, plan.body_limit_bytes, body);
        if (read.refusal) {
            co_return co_await send_last(current, std::move(*read.refusal));
        }
        if (read.end != End::complete) {
            co_return Next::close;
        }
    }
    api::Response response = co_await ask(current, std::move(body), plan.lane);
    if (wire_.closed()) {
        co_return Next::close;
    }
    co_return co_await send(current, std::move(response));
}

Task<api::Response> Connection::ask(Current& current, std::string body, api::Lane lane) {
    Handler& handler = worker_.shared().handler;
    const auto rendezvous = std::make_shared<Rendezvous<api::Response>>(waker_);
    Reply reply([rendezvous](api::Response response) { rendezvous->deliver(std::move(response)); }, &unanswered);
    if (lane == api::Lane::writer) {
        const auto work =
            std::make_shared<WriterWork>(WriterWork{std::move(current.head.request), std::move(body), unanswered()});
        auto job = [&handler, work] {
            handler.answer(
                work->head, std::move(work->body),
                Reply([work](api::Response response) { work->response = std::move(response); }, &unanswered));
        };
        auto done = [reply = std::move(reply), work](const Status& durable) {
            reply(durable.ok() ? std::move(work->response) : error_response(durable.error()));
        };
        if (!worker_.shared().writer.post(std::move(job), std::move(done), WriterLane::Admission::if_room)) {
            worker_.shared().metrics.count(Rejected::writer_queue);
            co_return refusal_response({503,
                                        "the server has too much to write now; please try again",
                                        {"retry-after", concat(limits_.retry_after_s)}});
        }
    } else {
        handler.answer(current.head.request, std::move(body), std::move(reply));
    }
    std::optional<api::Response> response = co_await await(*rendezvous, current.deadline);
    co_return response ? std::move(*response) : too_slow_ourselves(current);
}

api::Response Connection::too_slow_ourselves(Current& current) {
    worker_.shared().metrics.count(Rejected::request_time);
    current.keep_alive = false;
    return refusal_response({503,
                             "the answer took too long; what was asked for may still be carried out",
                             {"retry-after", concat(limits_.retry_after_s)}});
}

Task<Connection::Next> Connection::answer_streamed(Current& current, const api::Plan& plan) {
    current.route_class = RouteClass::stream;
    current.deadline = current.started + limits_.streamed_request_time;
    Result<std::unique_ptr<BodySink>> opened = worker_.shared().handler.open(current.head.request);
    if (!opened.ok()) {
        co_return co_await send_early(current, error_response(opened.error()));
    }
    if (!co_await invite_body(current)) {
        co_return Next::close;
    }
    const std::unique_ptr<BodySink> sink = std::move(opened).value();
    Read read = co_await feed(current, *sink, plan.body_limit_bytes);
    if (read.refusal) {
        co_return co_await send_last(current, std::move(*read.refusal));
    }
    if (read.end != End::complete) {
        co_return Next::close;
    }
    const auto rendezvous = std::make_shared<Rendezvous<api::Response>>(waker_);
    sink->finish(
        Reply([rendezvous](api::Response response) { rendezvous->deliver(std::move(response)); }, &unanswered));
    std::optional<api::Response> response = co_await await(*rendezvous, current.deadline);
    if (wire_.closed()) {
        co_return Next::close;
    }
    co_return co_await send(current, response ? std::move(*response) : too_slow_ourselves(current));
}

Task<Connection::Read> Connection::feed(Current& current, BodySink& sink, uint64_t limit_bytes) {
    uint64_t total = 0;
    for (End end = End::piece; end != End::complete;) {
        std::string piece;
        end = co_await current.body.read(piece, limits_.piece_bytes, current.deadline);
        if (end != End::piece && end != End::complete) {
            co_return not_read(current, end);
        }
        total += piece.size();
        if (total > limit_bytes) {
            worker_.shared().metrics.count(Rejected::too_large);
            co_return Read{End::piece, too_large_response(limit_bytes)};
        }
        if (piece.empty()) {
            continue;
        }
        const TimePoint before = SteadyClock::now();
        const auto rendezvous = std::make_shared<Rendezvous<Status>>(waker_);
        sink.take(std::move(piece),
                  Taken([rendezvous](Status status) { rendezvous->deliver(std::move(status)); }, &not_taken));
        const std::optional<Status> taken = co_await await(*rendezvous, current.deadline);
        current.body.excuse(SteadyClock::now() - before);
        if (!taken) {
            co_return wire_.closed() ? Read{End::gone, std::nullopt} : Read{End::piece, too_slow_ourselves(current)};
        }
        if (!taken->ok()) {
            co_return Read{End::piece, error_response(taken->error())};
        }
    }
    co_return Read{};
}

}  // namespace countersign::http
