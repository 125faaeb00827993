#pragma once
// Reads a request's body from the wire through Beast's parser, which has read the head as a second opinion first: a
// request is served only when the guard and Beast agree on it. Internal to native/http.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "native/http/head.h"
#include "native/http/wire.h"

namespace countersign::http {

class BodyReader {
public:
    enum class End : uint8_t {
        piece,      // there is more
        complete,   // that was all
        malformed,  // the chunks are
        too_slow,   // by the rate rule or the request's deadline
        gone,       // the client
    };

    BodyReader(Wire& wire, const Limits& limits);
    ~BodyReader();

    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    // Whether Beast reads the head (all of `bytes`) as the guard did.
    bool agrees(std::string_view bytes, const RequestLineAndHeaders& guard);

    // Appends up to `at_most` bytes of body; returns when that many are there or the body ends. `deadline` is the
    // whole request's.
    Task<End> read(std::string& out, size_t at_most, TimePoint deadline);

    // Time in which we did not read is not held against the client.
    void excuse(SteadyClock::duration time) { rule_.excuse(time); }

private:
    struct Parser;

    End parse(std::string& out, size_t at_most);

    Wire& wire_;
    size_t longest_chunk_line_;
    RateRule rule_;
    bool started_ = false;
    std::unique_ptr<Parser> parser_;
};

}  // namespace countersign::http
