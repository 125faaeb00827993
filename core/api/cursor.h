#pragma once
// A device's place in a project's feed, as text that only the server reads:
//   "<incarnation>:<scope>:<position>"     for example "1-5f0c8a...:3:17"
// It holds only in the epoch in which it was given, and while the account may see what it could see then: else the
// device takes a snapshot.

#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace countersign::api {

struct FeedCursor {
    std::string incarnation;
    int64_t scope = 0;
    EventSeq position = 0;
};

std::string to_text(const FeedCursor& cursor);
// invalid_argument at "cursor".
Result<FeedCursor> parse_cursor(std::string_view text);

}  // namespace countersign::api
