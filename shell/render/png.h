#pragma once
// Writes pictures that a person can open: PNG, true colour, compressed with fixed Huffman codes and a short-distance
// match search. Small enough to need no library; the bytes are the same on every platform.

#include <cstdint>
#include <string>

namespace countersign::shell {

// `rgba`: rows of width * 4 bytes; alpha is dropped.
std::string png(const uint8_t* rgba, int32_t width, int32_t height);

}  // namespace countersign::shell
