#pragma once
// A bundle: a project's log in one file, as an auditor gets it. JSON Lines, read as a stream; each line is canonical
// JSON (core/json/canonical.h) and ends with a newline.
//
//   | line                                                          | where |
//   |---------------------------------------------------------------|--------------------------------------------------|
//   | {"bundle":1,"made":<us>,"project":"city","server":"<16 hex>"} | first | | {"key":"<vkey>"} | before the first
//   checkpoint that it signed       | | {"leaf":<the leaf's exact bytes>}                             | in order, 1 to
//   N                                 | | {"checkpoint":"<signed note>"}                                | right behind
//   leaf number `size`; one behind N    | | {"text":{"commitment","domain","key","text"}}                 | anywhere
//   behind the leaf that names it           | | {"end":{"leaves":N,"sha256":"<of all bytes before this>"}}    | last |
//
// commitment and sha256 are 64 hex digits, a text's key 32 or 64. Errors: invalid_argument with a field.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/json/canonical.h"

namespace countersign::verify {

inline constexpr size_t kLineLimit_bytes = size_t{8} << 20;
inline constexpr int64_t kBundleVersion = 1;

enum class LineKind : uint8_t { head, key, leaf, checkpoint, text, end, unknown };

// By how the line begins.
LineKind line_kind(std::string_view line);
// What stands between {"leaf": and the closing brace; the brace may be missing in a broken line.
std::string_view leaf_of_line(std::string_view line);

struct BundleHead {
    int64_t made_us = 0;
    std::string project;
    std::string server;
};

struct TextLine {
    Digest commitment;
    std::string domain;
    std::string key;
    std::string text;
};

struct EndLine {
    uint64_t leaves = 0;
    Digest sha256;
};

// From the root of a line that was read.
Result<BundleHead> read_head(const CanonicalValue& line);
Result<std::string> read_key_line(const CanonicalValue& line);
Result<std::string> read_checkpoint_line(const CanonicalValue& line);
Result<TextLine> read_text_line(const CanonicalValue& line);
Result<EndLine> read_end_line(const CanonicalValue& line);

}  // namespace countersign::verify
