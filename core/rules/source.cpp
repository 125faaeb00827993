#include "core/rules/source.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign::rules {

std::string place_of(std::string_view source, uint32_t offset) {
    const std::string_view before = source.substr(0, offset);
    const size_t newline = before.rfind('\n');
    const std::string_view on_line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    const size_t column = utf8::length(on_line) + 1;
    if (newline == std::string_view::npos) {
        return concat("column ", column);
    }
    return concat("line ", 1 + std::count(before.begin(), before.end(), '\n'), ", column ", column);
}

Error error_at(std::string_view source, uint32_t offset, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), place_of(source, offset));
}

}  // namespace countersign::rules
