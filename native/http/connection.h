#pragma once
// One client's connection: reads a request, has it answered, sends the answer, and so on, one after the other.
// Pipelined requests wait in the socket, so answers keep their order and nothing piles up here. Internal to
// native/http.

#include <memory>
#include <optional>
#include <string>

#include "native/http/answer.h"
#include "native/http/body.h"
#include "native/http/gate.h"
#include "native/http/head.h"
#include "native/http/worker.h"

namespace countersign::http {

class Connection {
public:
    Connection(Worker& worker, Socket socket, Ticket ticket, std::string remote);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // The connection's whole life.
    static Task<void> serve(std::unique_ptr<Connection> connection);

    // By the worker's sweep and its stop.
    void sweep(TimePoint now);
    void finish_soon();
    void close();

private:
    struct Current;  // the request at hand
    enum class Next : uint8_t {
        request,  // the connection is kept
        linger,   // the last answer is sent
        close,    // there is nobody to answer
        live,     // the socket has gone to the live registry
    };
    using End = BodyReader::End;

    // Nothing when a whole head is there (`size` bytes), else how to go on without one.
    Task<std::optional<Next>> receive_head(Current& current, size_t& size);
    Task<Next> serve_one();
    Task<Next> route(Current& current);
    Task<Next> follow(Current& current, api::Plan plan);
    // Nothing when the body can be read as it comes or unpacked; then the reader knows.
    std::optional<api::Response> prepare_body(Current& current, uint64_t limit_bytes);
    Task<Next> answer_file(Current& current);
    Task<Next> answer_whole(Current& current, const api::Plan& plan);
    Task<Next> answer_streamed(Current& current, const api::Plan& plan);
    Task<Next> open_live(Current& current, std::string project);

    // How the reading of a body ended; with a response for the client, if there may still be one.
    struct Read {
        End end = End::complete;
        std::optional<api::Response> refusal;
    };

    Task<Read> read_whole(Current& current, uint64_t limit_bytes, std::string& body);
    Task<Read> feed(Current& current, BodySink& sink, uint64_t limit_bytes);
    Task<bool> invite_body(Current& current);
    // The handler's answer; a refusal when there is none in time or the writer has no room.
    Task<api::Response> ask(Current& current, std::string body, api::Lane lane);
    // Nothing when the deadline came first.
    template <class Answer>
    Task<std::optional<Answer>> await(Rendezvous<Answer>& rendezvous, TimePoint deadline);

    Task<Next> send(Current& current, api::Response response);
    // The last answer of this connection.
    Task<Next> send_last(Current& current, api::Response response);
    // An answer before the body was read: keeps the connection when little is to be thrown away.
    Task<Next> send_early(Current& current, api::Response response);
    Read not_read(const Current& current, End end);
    void count(const Current& current, int status);
    // What follows when an answer could not be sent.
    Next lost();
    api::Response too_slow_ourselves(Current& current);
    AnswerForm form_of(const Current& current);

    Worker& worker_;
    const Limits& limits_;
    Ticket ticket_;
    std::string remote_;
    Wire wire_;
    std::shared_ptr<Waker> waker_;
    bool idle_ = true;
};

}  // namespace countersign::http
