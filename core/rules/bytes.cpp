#include "core/rules/bytes.h"

namespace countersign::rules {

namespace {

// Sixteen bytes as one value: SSE2, NEON or wasm SIMD, by the compiler's vector extension.
using Block = unsigned char __attribute__((vector_size(16)));

Block block_at(const char* p) {
    Block block;
    std::memcpy(&block, p, sizeof block);
    return block;
}

Block all_of(char c) {
    return Block{} + static_cast<unsigned char>(c);
}

bool holds_slowly(const char* at, const char* last, std::string_view part) {
    for (; at <= last; ++at) {
        if (*at == part.front() && same_bytes(at, part.data(), part.size())) {
            return true;
        }
    }
    return false;
}

}  // namespace

// Source: W. Mula, "SIMD-friendly algorithms for substring searching" (generic SIMD): sixteen places at once are asked
// whether the part's first and last byte stand where they would have to.
bool holds_text(std::string_view text, std::string_view part) {
    if (part.empty() || text.size() < part.size()) {
        return part.empty();
    }
    const char* at = text.data();
    const char* last = at + (text.size() - part.size());  // the last place where the part could begin
    const Block first_byte = all_of(part.front());
    const Block last_byte = all_of(part.back());
    for (; last - at >= 15; at += 16) {
        const Block hits = (block_at(at) == first_byte) & (block_at(at + part.size() - 1) == last_byte);
        uint64_t halves[2];
        std::memcpy(halves, &hits, sizeof halves);
        if ((halves[0] | halves[1]) != 0 && holds_slowly(at, at + 15, part)) {
            return true;
        }
    }
    return holds_slowly(at, last, part);
}

}  // namespace countersign::rules
