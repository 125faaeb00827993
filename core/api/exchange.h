#pragma once
// What passes between the API server, which knows no socket, and whatever carries it: HTTP, a test, a message bridge.
//
// A carrier asks plan() first, with the request's head only. The plan says on which lane the answer is made and how
// much body may come. Then either the whole body is read and answer() called, or, for a streamed body, open() and its
// sink are fed piece by piece. A response's body is `body`, or, when `source` is set, what source->next() gives until
// it ends.
//
// Lanes: `reader` may run on any thread with a read-only store. `writer` runs on the one writing thread, inside a
// transaction that may hold several requests; the response is sent only after that transaction is durable.
// `live` asks for the event stream of a project: the carrier keeps the connection and pokes it (core/api knows no
// time).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace countersign::api {

using Header = std::pair<std::string, std::string>;  // name in lower case

struct RequestHead {
    std::string method;  // upper case
    std::string path;    // decoded, without the query
    std::vector<Header> query;
    std::vector<Header> headers;
    std::string remote;  // the peer's address, for limits and the log; never trusted for rights

    // The header's value, or an empty text.
    std::string_view header(std::string_view name) const;
    // The query parameter's value, if it is there.
    std::optional<std::string_view> parameter(std::string_view name) const;
};

struct Workspace;

class BodySource {
public:
    virtual ~BodySource() = default;
    // Appends the next piece (some 64 KiB) to `out`; false when there was none left. Runs on the reader lane.
    virtual Result<bool> next(std::string& out) = 0;
};

struct Response;

// Takes a streamed body. feed() reads and parses on any thread and gives back what has to be written, as work for the
// writer lane that holds all it needs: the next piece may be fed while it runs. A carrier keeps at most one piece
// ahead, so that memory stays constant.
class BodySink {
public:
    using Work = std::function<Status(Workspace&)>;

    virtual ~BodySink() = default;
    // Empty work: nothing to write yet.
    virtual Result<Work> feed(std::string_view piece) = 0;
    // After the last piece and all work; on the writer lane.
    virtual Response finish(Workspace& workspace) = 0;
};

struct Response {
    int status = 200;
    std::vector<Header> headers;  // content-type among them; content-length is the carrier's
    std::string body;
    std::unique_ptr<BodySource> source;
    // When set, this is no answer yet: the carrier runs it on the writer lane and sends what it gives. For requests
    // whose slow half (a password hash) must not keep the writer waiting.
    std::function<Response(Workspace&)> then_write;
};

enum class Lane : uint8_t { reader, writer, live };

// What a request counts as where a carrier bounds how many may come in a time. core/api knows no rate.
enum class Traffic : uint8_t {
    reads,       // whatever only looks
    pushes,      // a device's operations, however many in one request
    changes,     // accounts, tokens, projects, policies
    sign_ins,    // a name with a password
    enrolments,  // a new device
    ingest,      // predictions; counted by item
    exports,
    proofs,  // of the log
};

struct Plan {
    Lane lane = Lane::reader;
    Traffic traffic = Traffic::reads;
    bool streamed_body = false;
    uint64_t body_limit_bytes = 0;
    // Set when the request can be answered without its body: no such path, wrong method, not signed in.
    std::optional<Response> refusal;
    // With Lane::live: whose news the connection is to be poked with.
    std::string live_project;
    // Who asks, for counting: "account ada", "token pipeline"; empty for nobody in particular.
    std::string caller;
};

// application/problem+json (RFC 9457): status and title from the code's table, detail and place from the error.
// `status` where HTTP has a narrower one than the code's.
Response problem(const Error& error, std::optional<int> status = std::nullopt);

}  // namespace countersign::api
