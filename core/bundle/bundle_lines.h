#pragma once
// The lines of a bundle as text, each with its newline; what they mean is in core/verify/bundle.h, which reads them.

#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/hash/sha256.h"
#include "core/log/commitment.h"

namespace countersign::bundle {

std::string head_line(Instant made, std::string_view project, std::string_view server);
std::string key_line(std::string_view vkey);
std::string leaf_line(std::string_view leaf);
std::string checkpoint_line(std::string_view note);
std::string text_line(const CommittedText& text, std::string_view domain);
// `before`: SHA-256 of all bytes before this line.
std::string end_line(uint64_t leaves, const Digest& before);

}  // namespace countersign::bundle
