#pragma once
// Approved outputs: text files under tests/approved. A test that finds another text fails and shows both lines; run
// with COUNTERSIGN_APPROVE=1 to write what came out instead, and review the difference.

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign::tests {

// Empty when `actual` is what tests/approved/<name> holds (or when it was just approved); else what differs, in words.
std::string differs_from_approved(std::string_view name, std::string_view actual);

// FNV-1a, 64 bits, as 16 hex digits: names an image in an approved list.
std::string fingerprint(const void* bytes, size_t size);

}  // namespace countersign::tests
