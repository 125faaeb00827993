#include "tests/native/http/packing.h"

#include <stdexcept>

#include <zlib.h>

namespace countersign::http::test {
namespace {

std::string deflated(const std::string& text, int window_bits, int level) {
    z_stream z{};
    if (deflateInit2(&z, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2");
    }
    std::string out(deflateBound(&z, text.size()), '\0');
    std::string in = text;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&z, Z_FINISH);
    out.resize(out.size() - z.avail_out);
    deflateEnd(&z);
    if (result != Z_STREAM_END) {
        throw std::runtime_error("deflate");
    }
    return out;
}

}  // namespace

std::optional<std::string> inflate_by_zlib(const std::string& packed) {
    z_stream z{};
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
        return std::nullopt;
    }
    std::string in = packed;
    std::string out(1'000'000, '\0');
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&z, Z_FINISH);
    out.resize(out.size() - z.avail_out);
    const bool whole = result == Z_STREAM_END && z.avail_in == 0;
    inflateEnd(&z);
    return whole ? std::optional(out) : std::nullopt;
}

std::string dense_gzip(size_t zeros) {
    return deflated(std::string(zeros, '\0'), 16 + MAX_WBITS, 9);
}

std::string zlib_wrapped(const std::string& text) {
    return deflated(text, MAX_WBITS, 6);
}

std::string raw_deflate(const std::string& text) {
    return deflated(text, -MAX_WBITS, 6);
}

}  // namespace countersign::http::test
