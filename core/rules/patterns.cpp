#include "core/rules/patterns.h"

namespace countersign::rules {

namespace {

constexpr int64_t kMemory_bytes = int64_t{1} << 20;  // of one pattern's automata

}  // namespace

std::unique_ptr<RE2> compile_pattern(std::string_view pattern) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMemory_bytes);
    return std::make_unique<RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
}

bool pattern_matches(const RE2& pattern, std::string_view text) {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace countersign::rules
