#include "native/platform/clock_posix.h"

#include <chrono>

namespace countersign::native {

Instant SystemClock::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

Duration SystemClock::monotonic() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return Duration{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace countersign::native
