#include "core/model/fence.h"

#include <charconv>

#include "core/base/concat.h"

namespace countersign {

std::string to_text(Fence fence) {
    return concat(fence.epoch, '.', fence.count);
}

Result<Fence> parse_fence(std::string_view text) {
    Fence out;
    const char* end = text.data() + text.size();
    const auto epoch = std::from_chars(text.data(), end, out.epoch);
    const bool dot = epoch.ec == std::errc{} && epoch.ptr != end && *epoch.ptr == '.';
    const auto count = dot ? std::from_chars(epoch.ptr + 1, end, out.count) : epoch;
    if (!dot || count.ec != std::errc{} || count.ptr != end) {
        return fail(ErrorCode::invalid_argument, concat("'", text.substr(0, 40), "' is not a fence like 1.17"));
    }
    return out;
}

}  // namespace countersign
