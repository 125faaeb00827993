#pragma once
// Reads a request's body from the wire through Beast's parser, which has read the head as a second opinion first: a
// request is served only when the guard and Beast agree on it. Takes off the gzip that a body came in. Internal to
// native/http.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "native/http/gzip.h"
#include "native/http/head.h"
#include "native/http/wire.h"

namespace countersign::http {

class BodyReader {
public:
    enum class End : uint8_t {
        piece,       // there is more
        complete,    // that was all
        malformed,   // the chunks are
        bad_coding,  // the gzip is; refusal() says how
        too_slow,    // by the rate rule or the request's deadline
        gone,        // the client
    };

    BodyReader(Wire& wire, const Limits& limits);
    ~BodyReader();

    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    // Whether Beast reads the head (all of `bytes`) as the guard did.
    bool agrees(std::string_view bytes, const RequestLineAndHeaders& guard);

    // The body is gzip, and read() gives what was packed. `coded_limit_bytes` is how much may come by wire.
    void unpack(uint64_t coded_limit_bytes);

    // With End::bad_coding.
    const Refusal& refusal() const { return refusal_; }

    // Appends up to `at_most` bytes of body; returns when that many are there or the body ends. `deadline` is the
    // whole request's.
    Task<End> read(std::string& out, size_t at_most, TimePoint deadline);

    // Time in which we did not read is not held against the client.
    void excuse(SteadyClock::duration time) { rule_.excuse(time); }

private:
    struct Parser;

    struct Packed {
        Packed(GzipRatio bound, uint64_t limit) : gzip(bound), limit_bytes(limit) {}

        GzipReader gzip;
        uint64_t limit_bytes;
        uint64_t received_bytes = 0;
        bool ended = false;
        std::string piece;      // as it came
        std::string_view rest;  // of the piece
    };

    Task<End> read_wire(std::string& out, size_t at_most, TimePoint deadline);
    Task<End> read_packed(std::string& out, size_t at_most, TimePoint deadline);
    End refuse(Refusal refusal);
    End parse(std::string& out, size_t at_most);

    Wire& wire_;
    size_t longest_chunk_line_;
    GzipRatio ratio_;
    std::unique_ptr<Packed> packed_;
    Refusal refusal_;
    RateRule rule_;
    uint64_t received_ = 0;
    bool started_ = false;
    std::unique_ptr<Parser> parser_;
};

}  // namespace countersign::http
