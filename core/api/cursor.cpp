#include "core/api/cursor.h"

#include <charconv>

#include "core/base/concat.h"

namespace countersign::api {

std::string to_text(const FeedCursor& cursor) {
    return concat(cursor.incarnation, ':', cursor.scope, ':', cursor.position);
}

Result<FeedCursor> parse_cursor(std::string_view text) {
    const Error bad = fail(ErrorCode::invalid_argument,
                           concat("'", text.substr(0, 80),
                                  "' is not a place in the feed; take it from the last line of "
                                  "a feed or snapshot"),
                           "cursor");
    const size_t first = text.find(':');
    const size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos) {
        return bad;
    }
    FeedCursor out;
    out.incarnation = text.substr(0, first);
    const char* end = text.data() + text.size();
    const auto scope = std::from_chars(text.data() + first + 1, text.data() + second, out.scope);
    const auto position = std::from_chars(text.data() + second + 1, end, out.position);
    const bool good = scope.ec == std::errc{} && scope.ptr == text.data() + second && position.ec == std::errc{} &&
                      position.ptr == end;
    return good ? Result<FeedCursor>(std::move(out)) : bad;
}

}  // namespace countersign::api
