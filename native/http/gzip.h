#pragma once
// gzip (RFC 1952) as a stream, both ways, over zlib: how bodies travel when both sides like it so.
//
// Contract: bytes go in by pieces of any size and come out as they are ready. A reader takes a series of members, as
// the RFC has it, and nothing else behind them. It bounds what little input may become: output beyond the grace is at
// most `ratio` times the input so far, so that a small body cannot keep a thread busy for long. A writer stays well
// below that ratio, whatever it is given.
// Errors of a reader: invalid_argument (not gzip, damaged, cut off, bytes behind the end), exhausted (the ratio); after
// one it is of no more use. Thread: one at a time. zlib's checks (CRC-32, length) are for damage, not against intent.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::http {

struct GzipRatio {
    uint32_t ratio = 100;                       // 0: no bound
    uint64_t grace_bytes = uint64_t{64} << 10;  // of output that are free
};

class GzipReader {
public:
    explicit GzipReader(GzipRatio bound = {});
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    // Takes from the front of `in` and appends to `out`, until `in` is used up or `out` has `at_most` bytes; then there
    // may be more to come without further input.
    Status read(std::string_view& in, std::string& out, size_t at_most);
    // After the last input: whether it was all.
    Status finish() const;

private:
    struct Stream;

    std::unique_ptr<Stream> stream_;
    GzipRatio bound_;
    uint64_t taken_ = 0;
    uint64_t given_ = 0;
    uint64_t members_ = 0;
    bool between_members_ = true;
};

class GzipWriter {
public:
    GzipWriter();
    ~GzipWriter();
    GzipWriter(const GzipWriter&) = delete;
    GzipWriter& operator=(const GzipWriter&) = delete;

    // Appends to `out` what is ready of the piece and those before.
    void write(std::string_view piece, std::string& out);
    // The rest; nothing may follow.
    void finish(std::string& out);

private:
    struct Stream;

    void run(std::string_view piece, int flush, std::string& out);
    void stay_readable(std::string& out);

    std::unique_ptr<Stream> stream_;
    uint64_t taken_ = 0;
    uint64_t given_ = 0;
    bool storing_ = false;
};

// The whole text as one member.
std::string gzip(std::string_view text);

// From this size on a body is worth packing: what is smaller fits a packet or two anyway.
inline constexpr size_t kWorthPacking_bytes = 1'024;

}  // namespace countersign::http
