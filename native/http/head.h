#pragma once
// The guard: reads a request's head from its raw bytes, before Beast's parser sees it, and refuses every shape that two
// programs on the way could read differently (request smuggling), or that no honest client sends.
//
// Accepted: request line and headers with CRLF; HTTP/1.0 and 1.1; exactly one valid Host, and in an absolute target the
// same one; Content-Length once and of digits only, or Transfer-Encoding once and exactly "chunked" on 1.1, never both;
// Expect only 100-continue. Everything else: 400, 405, 411, 414, 417, 431, 501, 505 with a sentence.
// Sources: RFC 9110, RFC 9112; reference server-stack.md section 4 and reliability.md 3.6.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/api/exchange.h"
#include "native/http/limits.h"
#include "native/http/status.h"

namespace countersign::http {

enum class Framing : uint8_t { none, length, chunked };

struct RequestLineAndHeaders {
    api::RequestHead request;  // HEAD stands here as GET; `head_only` says that it was HEAD
    std::string raw_target;    // as sent; for comparing and the log
    std::string host;          // lower case, without the port
    Framing framing = Framing::none;
    uint64_t content_length = 0;  // with Framing::length
    bool head_only = false;
    bool keep_alive = true;  // what the client wishes; never with HTTP/1.0
    bool http_1_0 = false;
    bool expects_continue = false;
};

// Where a head ends in bytes that may not have come whole.
struct HeadScan {
    enum class State : uint8_t { incomplete, complete, malformed };
    State state = State::incomplete;
    size_t size = 0;  // of a complete head, with its empty line
};

// Looks at bytes from `from` on (what a former call has seen need not be looked at again). Malformed as soon as a byte
// stands there that no head may hold: a control character, a line feed without carriage return or the reverse.
HeadScan scan_head(std::string_view bytes, size_t from);

// Reads a complete head. Leaves `remote` empty.
std::optional<Refusal> read_head(std::string_view bytes, const Limits& limits, RequestLineAndHeaders& out);

// For a head that reached Limits::head_bytes without its end.
Refusal head_too_large(std::string_view bytes, const Limits& limits);

}  // namespace countersign::http
