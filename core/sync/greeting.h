#pragma once
// What the server answered to a hello (core/api/hello_answer.cpp): where it has this device's stream, and whether it
// lives anew. Levels, streams and notices are brought up to it; nothing of this device's own is ever taken back.

#include <string_view>

#include "core/store/notices.h"
#include "core/store/streams.h"
#include "core/sync/device.h"

namespace countersign::sync {

struct Greeted {
    bool lives_anew = false;  // the place in the feed does not hold: a snapshot is due
    std::string checkpoint;   // the server's newest, unverified
};

// Something that the stream's account has to know (core/store/notices.h).
Status tell_account(Device& device, const store::StreamRow& stream, store::NoticeKind kind, uint64_t count,
                    const std::vector<ItemId>& items);

// `asked` is the stream's head as the hello said it, to which the server compared its own: what was recorded since, it
// knows nothing of. In a transaction of its own. Errors: corrupt when the answer cannot be read; nothing has changed
// then.
Result<Greeted> take_greeting(Device& device, const StreamId& stream, uint64_t asked, std::string_view body);

// The server has the stream up to `head`; what this device has there decides whether it goes on. Used for the answer to
// a hello and for a push that did not follow. Inside a transaction.
enum class Compared : uint8_t {
    goes_on,
    other_branch,  // the server has something else there: sent again from the beginning, as far as it is here
};

Result<Compared> compare_head(Device& device, store::StreamRow& stream, const store::StreamHead& head);

}  // namespace countersign::sync
