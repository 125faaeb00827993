#pragma once
// What the HTTP carrier asks of whoever knows the answers (core/api behind native/server, or a test).
//
// The way of a request: plan() on the network thread; then, as the plan says,
//   reader            answer() on the network thread. Work of more than a few milliseconds (a password hash) goes
//                     elsewhere: keep `reply` and call it later, from any thread.
//   writer            answer() inside a job of the WriterLane, where `reply` must be called before answer() returns;
//                     the response leaves only after the lane has said that the job's effects are durable.
//   live              no further call; the connection is poked (Server::poke).
//   streamed_body     open(), then the sink, whatever the lane: a sink brings its pieces to the writer itself.
// HEAD arrives as GET and its body is left out. A response's `source` is pulled on the network thread.
// Contract: a Handler outlives its Server and every job; all calls may run on several threads at once.

#include <memory>
#include <string>

#include "core/api/exchange.h"
#include "core/base/result.h"
#include "native/http/once.h"

namespace countersign::http {

using Reply = Once<api::Response>;
using Taken = Once<Status>;

class BodySink {
public:
    virtual ~BodySink() = default;
    // Takes the next piece (up to Limits::piece_bytes). Nothing more is read from the client until `taken` is called;
    // an error there ends the request with the error's status and closes the connection.
    virtual void take(std::string piece, Taken taken) = 0;
    // After the last piece. A sink that is destroyed without this was abandoned: the client went away.
    virtual void finish(Reply reply) = 0;
};

class Handler {
public:
    virtual ~Handler() = default;
    // What to do with a request, from its head alone. No waiting.
    virtual api::Plan plan(const api::RequestHead& head) = 0;
    virtual void answer(const api::RequestHead& head, std::string body, Reply reply) = 0;
    virtual Result<std::unique_ptr<BodySink>> open(const api::RequestHead& head) = 0;
};

// The one thread that writes. It may run several jobs in one transaction.
class WriterLane {
public:
    using Job = std::function<void()>;
    using Done = std::function<void(Status)>;
    enum class Admission : uint8_t {
        if_room,  // a new request: refused when the queue is full
        always,   // the next piece of a request that was let in; at most one a connection
    };

    virtual ~WriterLane() = default;
    // Queues the job. `done` follows once, from any thread: good when what the job did is durable, else why not.
    // False, and neither is kept, when the queue is full.
    virtual bool post(Job job, Done done, Admission admission) = 0;
};

}  // namespace countersign::http
