#pragma once
// What the fuzz targets share: the entry that both libFuzzer and the plain driver call, bytes as text, and what must
// hold or stop the process.
//
// A target looks at any bytes whatever; it fails by crashing, by a sanitizer, or by must().

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/base/result.h"
#include "core/base/utf8.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);  // NOLINT(readability-identifier-naming)

namespace countersign::fuzz {

inline std::string_view text_of(const uint8_t* data, size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// The part up to the first newline; the rest stays.
inline std::string_view take_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
    return line;
}

// Every refusal can be put into JSON and before a person: whole characters, not too long, a sentence.
inline void must_be_told(const Error& error) {
    CS_CHECK(!error.message.empty());
    CS_CHECK(error.message.size() < 20'000 && error.field.size() < 20'000);
    CS_CHECK(utf8::first_invalid(error.message) == utf8::kValid);
    CS_CHECK(utf8::first_invalid(error.field) == utf8::kValid);
    CS_CHECK(error.code != ErrorCode::internal);
}

}  // namespace countersign::fuzz
