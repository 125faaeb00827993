#pragma once
// One recorded operation becomes events. Not for use outside this folder.

#include <string>

#include "core/api/workspace.h"
#include "core/log/push_body.h"
#include "core/model/item_state.h"
#include "core/store/operations.h"
#include "core/store/streams.h"

namespace countersign::api {

// Where an operation stands, and how it came.
struct Placed {
    const PushedOperation& operation;
    uint64_t seq = 0;
    Digest prev;
    std::string signature;  // when a signed batch ends with it
    bool doubtful = false;  // not signed as it must be
    Instant at;             // when it was recorded
};

// Inside a transaction. Appends events and the operation's row.
Status judge_one(Workspace& workspace, store::ProjectRow& project, const store::StreamRow& stream,
                 const Placed& placed);

// What an operation that waited comes to now: its events, or why it waits on.
struct Verdicts {
    std::vector<EventBody> bodies;
    std::optional<Error> waits;
};

Result<Verdicts> judge_again(Workspace& workspace, const store::ProjectRow& project, const ItemState& state,
                             int64_t item_no, const store::OperationRow& row);

}  // namespace countersign::api
