#pragma once
// gzip as others make it, by zlib alone: what a writer of ours would not write.

#include <optional>
#include <string>

namespace countersign::http::test {

// The text of a stream that is exactly one gzip member.
std::optional<std::string> inflate_by_zlib(const std::string& packed);

// So many zero bytes, packed as densely as deflate can.
std::string dense_gzip(size_t zeros);

// The text in zlib's own wrapping (RFC 1950), and without any.
std::string zlib_wrapped(const std::string& text);
std::string raw_deflate(const std::string& text);

}  // namespace countersign::http::test
