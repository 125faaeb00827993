#pragma once
// Operations as rows: on a device the outbox, on a server what each device's stream brought. The bytes are frozen.
//
// Nothing here deletes a row. A device's row goes from on_device to saved or refused, never back, never away.

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/log/operation.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

enum class OperationState : uint8_t {
    on_device,  // flushed here, not yet acknowledged by a server
    saved,      // a server has it on disk, and it has its effect
    refused,    // a server has it on disk; it has no effect, `answer` says why
};

struct OperationRow {
    StreamId stream;
    uint64_t seq = 0;
    OperationId id;
    int64_t item_no = 0;
    Digest hash;
    std::string bytes;
    OperationState state = OperationState::on_device;
    std::string answer;
    Instant at;
    ProjectId project = {};  // filled when read
};

// A device has one stream for each account and project, so that what stops one never stops another. Their names begin
// with the account's, and go on with '.' and the project's: "account" below stands for all of them.

// Head of a stream: number and hash of its last operation; 0 and zero bytes when there is none.
struct StreamHead {
    uint64_t seq = 0;
    Digest hash;
};

Result<StreamHead> stream_head(Database& database, const StreamId& stream);
Status add_operation(Database& database, const ProjectRow& project, const OperationRow& row);
Status answer_operation(Database& database, const OperationId& id, OperationState state, std::string_view answer);
Result<std::optional<OperationRow>> find_operation(Database& database, const OperationId& id);
// The operation at this place of the stream, if it is here.
Result<std::optional<OperationRow>> operation_at(Database& database, const StreamId& stream, uint64_t seq);

// Not yet acknowledged, of all streams of the account, each in its order, from `from_seq` on.
Result<std::vector<OperationRow>> waiting_operations(Database& database, const StreamId& account, uint64_t from_seq,
                                                     size_t limit);
// The account's streams in which something waits, by the time of what waits longest.
Result<std::vector<StreamId>> waiting_streams(Database& database, const StreamId& account);
// What waits in this one stream, from its first on and as far as it is of one project.
Result<std::vector<OperationRow>> waiting_run(Database& database, const StreamId& stream, size_t limit);
// Not yet acknowledged, of one item: these are decided again on top of its events.
Result<std::vector<OperationRow>> waiting_on_item(Database& database, int64_t item_no);
// The account's newest, newest first.
Result<std::vector<OperationRow>> recent_operations(Database& database, const StreamId& account, size_t limit);

struct OperationCounts {
    int64_t on_device = 0;
    int64_t saved = 0;
    int64_t refused = 0;
    std::optional<Instant> oldest_on_device;
};

Result<OperationCounts> count_operations(Database& database, const StreamId& account);

}  // namespace countersign::store
