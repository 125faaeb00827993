#pragma once
// What devices sent and a server has recorded, and not yet judged: batches as they are, one row each. Whatever stands
// here is acknowledged; judging (core/api/judge.h) turns it into events later and takes it out in the same transaction.

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"
#include "core/store/streams.h"

namespace countersign::store {

struct InboxRow {
    int64_t no = 0;
    int64_t project_no = 0;
    StreamId stream;
    uint64_t from = 0;
    uint64_t count = 0;
    Digest prev;            // hash of the operation before the first
    ActorId brought_by;     // who was signed in
    bool doubtful = false;  // not signed as it must be: all of it waits for a lead
    std::string signature;  // of the batch's end
    std::string body;       // operations and texts (core/log/push_reader.h), without head and end line
    uint64_t judged = 0;    // of `count`, so far
    Instant at;
};

// `body` instead of the row's.
Status add_inbox(Database& database, const InboxRow& row, std::string_view body);
// The oldest that is not judged to its end; of one stream when it is given.
Result<std::optional<InboxRow>> first_in_inbox(Database& database, const StreamId* stream = nullptr);
// The same without its body, which is what costs.
Result<std::optional<InboxRow>> first_in_inbox_bare(Database& database);
// Everything that waits, likewise, in the order in which it came.
Result<std::vector<InboxRow>> read_inbox(Database& database, const StreamId* stream = nullptr);
Status set_judged(Database& database, const InboxRow& row);  // takes it out when all is judged

}  // namespace countersign::store
