#pragma once
// Record first: a device's push is checked for where it stands in its stream, and kept as it is. What it holds is
// judged afterwards (judge.h). The answer that it is saved needs no more than this.
//
//   at the stream's head             kept; the head moves
//   known already                    nothing happens; saved
//   beside what is known             a copied device: kept as a branch, the lead is told, the stream goes on no more
//   behind a gap                     conflict, with where the stream stands here
// Source: reference sync.md, 3.1 to 3.3.

#include "core/api/workspace.h"
#include "core/log/push_reader.h"
#include "core/store/streams.h"

namespace countersign::api {

struct Received {
    store::StreamRow stream;
    uint64_t saved = 0;  // of this device's chain
    bool waits = false;  // some of it has no effect until a lead admits it, as far as can be told before it is judged
};

// Inside a transaction of its own, or the open one. `brought_by` is who is signed in: the stream's account, or somebody
// who hands in a file for it. Errors: not_found when the stream never said hello, conflict for a gap (field "from"),
// forbidden when the stream is not of this project.
Result<Received> receive(Workspace& workspace, store::ProjectRow& project, const ReadPush& push,
                         const ActorId& brought_by);

// The stream's highest operation below which all are backed up or witnessed.
Result<uint64_t> stable_operation(store::Database& database, const store::ProjectRow& project, const StreamId& stream);

}  // namespace countersign::api
