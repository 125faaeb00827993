#include "native/http/body.h"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "core/base/concat.h"

namespace countersign::http {

namespace beast_http = boost::beast::http;

namespace {

// Decides what an idle connection that has sent a body keeps as its buffer.
constexpr size_t kReadAtOnce = size_t{16} * 1024;
// Of a body of which so much has come already; its end gives the room back.
constexpr size_t kLarge = size_t{64} * 1024;
constexpr size_t kReadAtOnceOfLarge = size_t{128} * 1024;

}  // namespace

struct BodyReader::Parser {
    beast_http::request_parser<beast_http::buffer_body> beast;
};

BodyReader::BodyReader(Wire& wire, const Limits& limits)
    : wire_(wire),
      longest_chunk_line_(limits.head_bytes),
      ratio_{limits.gzip_ratio, limits.gzip_grace_bytes},
      rule_(limits.body_grace, limits.body_bytes_per_s),
      parser_(std::make_unique<Parser>()) {
    // The guard has counted the head already; this bounds the trailers behind chunks.
    parser_->beast.header_limit(limits.head_bytes + 1);
    parser_->beast.body_limit(boost::none);  // the plan's limit is held by the connection, which can answer 413
    parser_->beast.eager(false);
}

BodyReader::~BodyReader() = default;

bool BodyReader::agrees(std::string_view bytes, const RequestLineAndHeaders& guard) {
    ErrorCodeOfAsio code;
    auto& beast = parser_->beast;
    const size_t used = beast.put(asio::buffer(bytes.data(), bytes.size()), code);
    if (code || used != bytes.size() || !beast.is_header_done()) {
        return false;
    }
    const auto length = beast.content_length();
    const bool same_framing = beast.chunked() == (guard.framing == Framing::chunked) &&
                              length.has_value() == (guard.framing == Framing::length) &&
                              length.value_or(0) == guard.content_length;
    const auto target = beast.get().target();
    return same_framing && std::string_view(target.data(), target.size()) == guard.raw_target &&
           beast.get().version() == (guard.http_1_0 ? 10U : 11U);
}

BodyReader::End BodyReader::parse(std::string& out, size_t at_most) {
    auto& beast = parser_->beast;
    const size_t before = out.size();
    const std::string_view unread = wire_.unread();
    // No more room than what can come of the bytes that are there: a body is never bigger than its encoding.
    const size_t room = std::min(at_most - before, unread.size());
    out.resize(before + room);
    auto& body = beast.get().body();
    body.data = out.data() + before;
    body.size = room;
    body.more = true;
    ErrorCodeOfAsio code;
    const size_t used = beast.put(asio::buffer(unread.data(), unread.size()), code);
    out.resize(out.size() - body.size);
    wire_.consume(used);
    if (beast.is_done()) {
        return End::complete;
    }
    if (!code || code == beast_http::error::need_more || code == beast_http::error::need_buffer) {
        return End::piece;
    }
    return End::malformed;
}

Task<BodyReader::End> BodyReader::read(std::string& out, size_t at_most, TimePoint deadline) {
    if (packed_ == nullptr) {
        return read_wire(out, at_most, deadline);
    }
    return read_packed(out, at_most, deadline);
}

void BodyReader::unpack(uint64_t coded_limit_bytes) {
    packed_ = std::make_unique<Packed>(ratio_, coded_limit_bytes);
}

BodyReader::End BodyReader::refuse(Refusal refusal) {
    refusal_ = std::move(refusal);
    return End::bad_coding;
}

Task<BodyReader::End> BodyReader::read_packed(std::string& out, size_t at_most, TimePoint deadline) {
    for (Packed& packed = *packed_;;) {
        const Status unpacked = packed.gzip.read(packed.rest, out, at_most);
        if (!unpacked.ok()) {
            const bool too_dense = unpacked.error().code == ErrorCode::exhausted;
            co_return refuse({too_dense ? 413 : 400, unpacked.error().message, {}});
        }
        if (out.size() >= at_most) {
            co_return End::piece;
        }
        if (packed.ended) {
            const Status whole = packed.gzip.finish();
            co_return whole.ok() ? End::complete : refuse({400, whole.error().message, {}});
        }
        packed.piece.clear();
        const End end = co_await read_wire(packed.piece, kReadAtOnce, deadline);
        if (end != End::piece && end != End::complete) {
            co_return end;
        }
        packed.ended = end == End::complete;
        packed.rest = packed.piece;
        packed.received_bytes += packed.piece.size();
        if (packed.received_bytes > packed.limit_bytes) {
            co_return refuse({413,
                              concat("the gzip body is larger than the ", packed.limit_bytes,
                                     " bytes that what is allowed here could need"),
                              {}});
        }
    }
}

Task<BodyReader::End> BodyReader::read_wire(std::string& out, size_t at_most, TimePoint deadline) {
    if (parser_->beast.is_done()) {
        co_return End::complete;
    }
    if (!started_) {
        started_ = true;
        rule_.start(SteadyClock::now());
    }
    for (bool starved = wire_.unread().empty();;) {
        if (starved) {
            wire_.set_deadline(std::min(rule_.deadline(), deadline));
            const size_t before = wire_.unread().size();
            const size_t at_once = received_ < kLarge ? kReadAtOnce : kReadAtOnceOfLarge;
            if (!co_await wire_.read_more(std::min(at_most, at_once))) {
                co_return wire_.expired() ? End::too_slow : End::gone;
            }
            rule_.moved(wire_.unread().size() - before);
            received_ += wire_.unread().size() - before;
        }
        const size_t before = wire_.unread().size();
        const End end = parse(out, at_most);
        if (end == End::complete && received_ >= kLarge) {
            wire_.keep_buffer(kReadAtOnce);
        }
        if (end != End::piece || out.size() == at_most) {
            co_return end;
        }
        // Beast stops at a chunk's edge, or when it wants more of a chunk's header than is there.
        const bool stuck = wire_.unread().size() == before;
        starved = stuck || wire_.unread().empty();
        if (stuck && before > longest_chunk_line_) {
            co_return End::malformed;
        }
    }
}

}  // namespace countersign::http
