#pragma once
// Operations as rows: on a device what it did, on a server what each device's stream brought. The bytes are frozen.
//
// (stream, seq, hash) is what arrived: two operations at one place of a stream are two branches, and both are kept.
// `id` is the decision: it counts once, however often and in whichever envelope it arrives.
//
// A device's row is forgotten only below its stream's stable level (forget_stable()); a server's never.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/log/operation.h"
#include "core/store/projects.h"
#include "core/store/streams.h"

namespace countersign::store {

enum class OperationState : uint8_t {
    pending,      // a device's: the event that records it is not here; it is decided again on top of what is
    recorded,     // an event says what became of it
    quarantined,  // likewise, and it waits for a lead
    rejected,     // a lead did not admit it; or it had no effect in 0.1
    unknown,      // of a type that this version does not know: it waits for one that does
};

struct OperationRow {
    StreamId stream;
    uint64_t seq = 0;
    Digest hash;
    OperationId id;
    ItemId item;
    int64_t item_no = 0;  // 0 while the item is not here
    std::string bytes;
    OperationState state = OperationState::pending;
    std::string reason = {};  // words, when it has no effect
    std::optional<EventSeq> event = {};
    Instant at;
    int64_t project_no = 0;  // filled when read
};

Status add_operation(Database& database, const ProjectRow& project, const OperationRow& row);
Status set_operation(Database& database, const OperationRow& row);  // state, reason, event, item_no
// The decision's first envelope.
Result<std::optional<OperationRow>> find_operation(Database& database, const OperationId& id);
Result<std::optional<OperationRow>> find_operation(Database& database, const StreamId& stream, uint64_t seq,
                                                   const Digest& hash);
// All branches at this place of the stream.
Result<std::vector<OperationRow>> operations_at(Database& database, const StreamId& stream, uint64_t seq);
// From `from` on in the stream's order, at most `limit`.
Result<std::vector<OperationRow>> stream_run(Database& database, const StreamId& stream, uint64_t from, size_t limit);
// A device's, of one item, whose events are not here: decided again on top of its events.
Result<std::vector<OperationRow>> pending_on_item(Database& database, int64_t item_no);
// A device's items with such operations.
Result<std::vector<std::pair<int64_t, ItemId>>> pending_items(Database& database, const ProjectRow& project);
// A server's, that wait for this item to be known.
Result<std::vector<OperationRow>> waiting_for_item(Database& database, const ProjectRow& project, const ItemId& item);
Result<bool> any_waiting_for_items(Database& database, const ProjectRow& project);
// A server's in one of these states, newest first.
Result<std::vector<OperationRow>> operations_in(Database& database, const ProjectRow& project, OperationState state,
                                                size_t limit);
// A device's newest of an account in a project, newest first.
Result<std::vector<OperationRow>> recent_operations(Database& database, const ActorId& account,
                                                    const ProjectRow& project, size_t limit);

// How many operations of an account's streams on this device have come how far.
struct OperationCounts {
    int64_t on_device = 0;  // flushed here only
    int64_t saved = 0;      // on the server's disk, not yet sealed
    int64_t sealed = 0;     // not yet stable
    int64_t stable = 0;
    int64_t quarantined = 0;  // of all: wait for a lead
    std::optional<Instant> oldest_on_device = {};

    int64_t on_server() const { return saved + sealed + stable; }
};

Result<OperationCounts> count_operations(Database& database, const ActorId& account);

// On a device: the event that records an operation has come, or says something new about it.
struct Confirmation {
    OperationState state = OperationState::recorded;
    std::string reason = {};
    EventSeq event = 0;
};

Status confirm_operation(Database& database, const StreamId& stream, uint64_t seq, const Digest& hash,
                         const Confirmation& by);
// A lead's word on one that waited.
Status settle_operation(Database& database, const OperationId& id, OperationState state, std::string_view reason);
// The server has lost its events after this one.
Status unconfirm_after(Database& database, const ProjectRow& project, EventSeq after);
// On a device whose server was put back: no level reaches further than what events record. What was saved all the same
// is found out when both compare what they have.
Status lower_levels(Database& database, StreamRow stream);
// The stream's highest operation up to which all above `from` are recorded by events numbered at most `size`.
Result<uint64_t> confirmed_below(Database& database, const StreamRow& stream, uint64_t from, EventSeq size);
// Stable is what is sealed and whose events are all backed up or witnessed. Of all streams of the project.
Status raise_stable(Database& database, const ProjectRow& project);
// Of the operations above `from` up to `to`.
Result<std::vector<EventSeq>> events_above(Database& database, const StreamRow& stream, uint64_t from, uint64_t to);
// The latest hybrid clock that stands here; zero when nothing does.
Result<Instant> newest_operation(Database& database);

enum class Level : uint8_t { on_device, saved, sealed, stable };

Level level_of(const StreamRow& stream, uint64_t seq);

// Forgets a device's operations below the stable level that are older than `before`; how many.
Result<int64_t> forget_stable(Database& database, Instant before);

}  // namespace countersign::store
