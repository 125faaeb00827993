#include "web/platform/web_clock.h"

#include <vector>

#include "web/platform/imports.h"

namespace countersign::web {

Instant WebClock::now() {
    return Instant{static_cast<int64_t>(cs_js_now_ms()) * 1000};
}

Duration WebClock::monotonic() {
    return Duration{static_cast<int64_t>(cs_js_monotonic_ms() * 1000)};
}

std::string WebEntropy::bytes(size_t count) {
    std::vector<uint8_t> bytes(count);
    cs_js_random(bytes.data(), bytes.size());
    return {bytes.begin(), bytes.end()};
}

}  // namespace countersign::web
