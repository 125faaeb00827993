#include "native/http/client.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "core/base/concat.h"
#include "native/http/client_message.h"
#include "native/http/gzip.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using Code = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Parser = beast_http::response_parser<beast_http::buffer_body>;

constexpr uint32_t kHeaderBytes = 64 * 1024;

}  // namespace

// The exchange of one request after the other over one socket; each step runs until it is done or its time is over.
class Client::Connection {
public:
    Connection(Endpoint endpoint, ClientLimits limits) : endpoint_(std::move(endpoint)), limits_(limits) {}

    Result<ClientResponse> exchange(const ClientRequest& request, const OnPiece* on_piece);

    void cancel();

    const Endpoint& endpoint() const { return endpoint_; }

private:
    Status connect();
    Status send(const ClientRequest& request);
    Status send_source(ByteSource& source, bool packed);
    Status write(std::string_view bytes);
    Result<ClientResponse> receive(const ClientRequest& request, const OnPiece* on_piece);
    Status receive_head(Parser& parser);
    Status receive_body(Parser& parser, ClientResponse& response, const OnPiece* on_piece);
    bool usable();
    bool answered_already();
    Error broken(const Code& code, std::string_view doing) const;

    // Runs one operation to its end.
    template <class Start>
    Code run(std::chrono::milliseconds time, Start start) {
        if (cancelled_) {
            return asio::error::operation_aborted;
        }
        Code result = asio::error::would_block;
        stream_->expires_after(time);
        start([&result](const Code& code, auto&&...) { result = code; });
        context_.restart();
        context_.run();
        return result;
    }

    Endpoint endpoint_;
    ClientLimits limits_;
    asio::io_context context_{1};
    std::optional<beast::basic_stream<tcp, Executor>> stream_;
    beast::flat_buffer buffer_;
    bool fresh_ = true;         // no answer has come over this socket yet
    bool sent_whole_ = true;    // the request's body
    bool heard_any_ = false;    // a byte of this answer
    bool wire_failed_ = false;  // and not the source of the body
    std::atomic<bool> cancelled_ = false;
};

Error Client::Connection::broken(const Code& code, std::string_view doing) const {
    const std::string place = endpoint_.text();
    if (code == asio::error::connection_refused) {
        return fail(ErrorCode::unavailable, concat("nothing answers at ", place, "; is the server running?"));
    }
    if (code == beast::error::timeout) {
        return fail(ErrorCode::unavailable, concat("the server at ", place, " took too long ", doing));
    }
    if (code == asio::error::operation_aborted) {
        return fail(ErrorCode::unavailable, concat("the request to the server at ", place, " was called off"));
    }
    const bool ended = code == asio::error::eof || code == asio::error::connection_reset ||
                       code == asio::error::broken_pipe || code == beast_http::error::end_of_stream ||
                       code == beast_http::error::partial_message;
    if (ended) {
        return fail(ErrorCode::unavailable, concat("the server at ", place, " broke off ", doing));
    }
    if (code.category() == beast_http::make_error_code(beast_http::error::bad_version).category()) {
        return fail(ErrorCode::unavailable,
                    concat("what answers at ", place, " does not speak HTTP/1.1 (", code.message(), ")"));
    }
    return fail(ErrorCode::unavailable, concat("the server at ", place, " cannot be reached: ", code.message()));
}

// The flag stops the next step before it begins; what is posted ends the one that runs, on the thread that runs it.
void Client::Connection::cancel() {
    cancelled_ = true;
    asio::post(context_, [this] {
        if (stream_) {
            stream_->cancel();
        }
    });
}

bool Client::Connection::usable() {
    if (!stream_ || !stream_->socket().is_open()) {
        return false;
    }
    // A kept connection that has ended, or on which something came unasked, is of no more use.
    Code code;
    char byte = 0;
    stream_->socket().non_blocking(true, code);
    stream_->socket().receive(asio::buffer(&byte, 1), tcp::socket::message_peek, code);
    return code == asio::error::would_block;
}

Status Client::Connection::connect() {
    if (usable()) {
        return success();
    }
    Code code;
    tcp::resolver resolver(context_);
    const auto found = resolver.resolve(endpoint_.host, concat(endpoint_.port), code);
    if (code) {
        return fail(ErrorCode::unavailable, concat("no address is known for the host ", endpoint_.host));
    }
    for (const auto& entry : found) {
        stream_.emplace(context_.get_executor());
        buffer_.clear();
        fresh_ = true;
        code = run(limits_.connect_time, [&](auto done) { stream_->async_connect(entry.endpoint(), done); });
        if (!code) {
            stream_->socket().set_option(tcp::no_delay(true), code);
            return success();
        }
    }
    stream_.reset();
    return broken(code, "to answer");
}

Status Client::Connection::write(std::string_view bytes) {
    const Code code = run(limits_.silence_time, [&](auto done) {
        asio::async_write(*stream_, asio::buffer(bytes.data(), bytes.size()), done);
    });
    wire_failed_ = static_cast<bool>(code);
    return code ? Status(broken(code, "while the request was sent")) : success();
}

bool Client::Connection::answered_already() {
    Code code;
    return stream_->socket().available(code) > 0;
}

Status Client::Connection::send_source(ByteSource& source, bool packed) {
    const std::optional<uint64_t> size = source.size();
    const bool chunked = packed || !size;
    GzipWriter gzip;
    uint64_t sent = 0;
    std::string piece;
    std::string packed_piece;
    for (;;) {
        piece.resize(kClientPiece_bytes);
        const size_t count = CS_TRY(source.read(piece));
        piece.resize(count);
        sent += count;
        if (size && (sent > *size || (count == 0 && sent < *size))) {
            return fail(ErrorCode::invalid_argument, "the file changed its size while it was sent");
        }
        if (packed) {
            packed_piece.clear();
            gzip.write(piece, packed_piece);
            if (count == 0) {
                gzip.finish(packed_piece);
            }
            std::swap(piece, packed_piece);
        }
        if (count == 0) {
            return chunked ? write(concat(piece.empty() ? "" : chunk_of(piece), "0\r\n\r\n")) : success();
        }
        if (piece.empty()) {
            continue;
        }
        // A refusal may come before all is sent; sending on would drown it.
        if (answered_already()) {
            sent_whole_ = false;
            return success();
        }
        CS_TRY(write(chunked ? chunk_of(piece) : piece));
    }
}

Status Client::Connection::send(const ClientRequest& request) {
    sent_whole_ = true;
    const bool packed = is_packed(request);
    if (request.source != nullptr) {
        CS_TRY(write(head_of(request, endpoint_, packed ? std::nullopt : request.source->size())));
        return send_source(*request.source, packed);
    }
    const std::string body = packed ? gzip(request.body) : request.body;
    return write(head_of(request, endpoint_, body.size()) + body);
}

Status Client::Connection::receive_head(Parser& parser) {
    const Code code =
        run(limits_.silence_time, [&](auto done) { beast_http::async_read_header(*stream_, buffer_, parser, done); });
    heard_any_ = heard_any_ || parser.got_some();
    return code ? Status(broken(code, "before it answered")) : success();
}

Status Client::Connection::receive_body(Parser& parser, ClientResponse& response, const OnPiece* on_piece) {
    BodyTaker taker(response, limits_.body_bytes, on_piece);
    std::string piece;
    while (!parser.is_done()) {
        piece.resize(kClientPiece_bytes);
        auto& body = parser.get().body();
        body.data = piece.data();
        body.size = piece.size();
        Code code =
            run(limits_.silence_time, [&](auto done) { beast_http::async_read_some(*stream_, buffer_, parser, done); });
        if (code == beast_http::error::need_buffer) {
            code = {};
        }
        piece.resize(kClientPiece_bytes - body.size);
        CS_TRY_STATUS(taker.take(piece));
        if (code) {
            return broken(code, "in the middle of its answer");
        }
    }
    return taker.finish();
}

Result<ClientResponse> Client::Connection::receive(const ClientRequest& request, const OnPiece* on_piece) {
    std::optional<Parser> parser;
    do {
        parser.emplace();
        parser->header_limit(kHeaderBytes);
        parser->body_limit(boost::none);
        parser->skip(request.method == "HEAD");
        CS_TRY(receive_head(*parser));
    } while (parser->get().result_int() / 100 == 1);  // "100 Continue" and its like announce the answer

    ClientResponse response;
    response.status = static_cast<int>(parser->get().result_int());
    for (const auto& field : parser->get()) {
        std::string name(field.name_string().data(), field.name_string().size());
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        response.headers.emplace_back(std::move(name), std::string(field.value().data(), field.value().size()));
    }
    const bool streamed = on_piece != nullptr && response.status / 100 == 2;
    CS_TRY(receive_body(*parser, response, streamed ? on_piece : nullptr));
    fresh_ = false;
    if (!parser->keep_alive() || !sent_whole_ || buffer_.size() > 0) {
        stream_.reset();
    }
    return response;
}

Result<ClientResponse> Client::Connection::exchange(const ClientRequest& request, const OnPiece* on_piece) {
    CS_TRY(check_request(request));
    CS_TRY(connect());
    heard_any_ = false;
    wire_failed_ = false;
    const auto attempt = [&]() -> Result<ClientResponse> {
        const Status sent = send(request);
        if (!sent.ok() && !wire_failed_) {
            return sent.error();
        }
        // Even when sending failed, the reason may have been sent to us before.
        Result<ClientResponse> response = receive(request, on_piece);
        return !sent.ok() && !response.ok() ? Result<ClientResponse>(sent.error()) : std::move(response);
    };
    const bool was_fresh = fresh_;
    Result<ClientResponse> response = attempt();
    // The server may close a kept connection in the moment in which it is used again.
    if (!response.ok() && !was_fresh && !heard_any_ && request.method == "GET") {
        stream_.reset();
        CS_TRY(connect());
        response = attempt();
    }
    if (!response.ok()) {
        stream_.reset();
    }
    return response;
}

Client::Client(Endpoint endpoint, ClientLimits limits)
    : connection_(std::make_unique<Connection>(std::move(endpoint), limits)) {}

Client::~Client() = default;

Result<ClientResponse> Client::send(const ClientRequest& request) {
    return connection_->exchange(request, nullptr);
}

Result<ClientResponse> Client::send(const ClientRequest& request, const OnPiece& on_piece) {
    return connection_->exchange(request, &on_piece);
}

void Client::cancel() {
    connection_->cancel();
}

const Endpoint& Client::endpoint() const {
    return connection_->endpoint();
}

std::string_view ClientResponse::header(std::string_view name) const {
    return header_value(headers, name);
}

}  // namespace countersign::http
