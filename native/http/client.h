#pragma once
// A synchronous HTTP/1.1 client for the command line and the desktop: one request at a time, the connection kept
// between them. Plain HTTP only; a server behind TLS is reached through a proxy on this machine.
//
// Use:   Client client(CS_TRY(parse_endpoint("http://127.0.0.1:8080")));
//        const ClientResponse response = CS_TRY(client.send({.method = "GET", .target = "/healthz"}));
// Every status is a response; only what brought none is an Error, with a sentence that names the server:
// unavailable (nothing answers, too slow, broken off), invalid_argument (the request cannot be put into HTTP).
// Thread: one at a time, but for cancel(), which may come from any.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"
#include "core/base/result.h"
#include "native/http/byte_source.h"

namespace countersign::http {

struct Endpoint {
    std::string host;  // a name, an IPv4 address, or an IPv6 address without brackets
    uint16_t port = 80;

    // "127.0.0.1:8080", "[::1]:8080"
    std::string text() const;
};

// "http://host", "http://host:8080/", "host:8080", "[::1]:8080". Errors: invalid_argument; https is refused with a
// hint.
Result<Endpoint> parse_endpoint(std::string_view url);

struct ClientLimits {
    std::chrono::milliseconds connect_time{5'000};
    // Without any byte going or coming. For an event stream: more than the server's heartbeat.
    std::chrono::milliseconds silence_time{60'000};
    size_t body_bytes = 64 << 20;  // of an answer that is kept in memory
};

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/";  // path and query, already escaped
    std::vector<api::Header> headers{};
    std::string body{};
    ByteSource* source = nullptr;  // instead of body; read piece by piece
};

struct ClientResponse {
    int status = 0;
    std::vector<api::Header> headers;  // names in lower case
    std::string body;

    std::string_view header(std::string_view name) const;
};

class Client {
public:
    // An error ends the request and is handed back by send().
    using OnPiece = std::function<Status(std::string_view)>;

    explicit Client(Endpoint endpoint, ClientLimits limits = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Result<ClientResponse> send(const ClientRequest& request);
    // The body of an answer with status 2xx goes to `on_piece` as it comes; any other is kept, to be shown.
    Result<ClientResponse> send(const ClientRequest& request, const OnPiece& on_piece);

    // Ends the exchange under way, and every later one, with an Error (unavailable), at once but for a look-up of the
    // host's name. The client must outlive the call.
    void cancel();

    const Endpoint& endpoint() const;

private:
    class Connection;

    std::unique_ptr<Connection> connection_;
};

}  // namespace countersign::http
