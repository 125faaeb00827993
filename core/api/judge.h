#pragma once
// Judge after: what was recorded becomes events. An operation has its effect, or is quarantined with the reason in
// words for its author and the lead to see; nothing is refused, nothing holds up what comes behind it.
//
// Contract: each call is a transaction of its own, or joins the open one. Nothing that fails here un-saves anything:
// the batch stays where it is and is tried again.

#include <optional>
#include <vector>

#include "core/api/workspace.h"
#include "core/log/push_reader.h"
#include "core/store/inbox.h"
#include "core/store/projects.h"
#include "core/store/streams.h"

namespace countersign::api {

// Judges in steps, and keeps the batch that it is in the middle of: reading one costs a quarter of judging it. For one
// store that is open; on one thread.
class Judge {
public:
    // Up to `most` operations, oldest batch first; how many were judged. 0: there is nothing left.
    Result<uint64_t> step(Workspace& workspace, uint64_t most);

private:
    struct Batch {
        store::InboxRow row;  // without its body
        std::vector<PushedOperation> operations;
    };

    Status find(store::Database& database);

    std::optional<Batch> batch_;
};

// All of one stream. `project` is read again if events were added.
Status judge_stream(Workspace& workspace, store::ProjectRow& project, const StreamId& stream);

// The item has come: what waited for it is judged.
Status judge_waiting_for(Workspace& workspace, store::ProjectRow& project, const ItemId& item, int64_t item_no);

}  // namespace countersign::api
