#pragma once

// CS_CHECK stops the process on a broken invariant, in release builds too: a wrong answer is worse than none.
// For what the outside sends, use Result; CS_CHECK is for what only a bug of ours can break.

namespace countersign {

// Writes the place and the condition to the error stream and ends the process.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace countersign

#define CS_CHECK(condition)                                              \
    do {                                                                 \
        if (!(condition)) [[unlikely]] {                                 \
            ::countersign::check_failed(#condition, __FILE__, __LINE__); \
        }                                                                \
    } while (false)
