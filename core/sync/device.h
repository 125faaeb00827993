#pragma once
// The device's side of the store: its identity, its outbox, and items as the reviewer sees them, confirmed events with
// the device's own operations that have no event yet decided again on top.
//
// Contract: one thread. What submit() returned is flushed to this device's disk. Nothing here ever deletes an operation
// that is not stable on the server. Errors of submit(): what decide() refuses, with the place; nothing is stored then.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/log/operation.h"
#include "core/model/item_state.h"
#include "core/ports/clock.h"
#include "core/ports/entropy.h"
#include "core/store/items.h"
#include "core/store/operations.h"
#include "core/store/policy_cache.h"

namespace countersign::sync {

// A row that changed, for lists that show it.
struct RowChange {
    std::optional<store::ItemRow> before;
    std::optional<store::ItemRow> after;
};

// What a reviewer wants to do; texts still in plain.
struct Intent {
    ProjectId project;
    ItemId item;
    ActorId actor;
    CommandBody command;  // SubmitReview (draft, supersedes), WithdrawReview or AddNote (text)
};

class Device {
public:
    // Reads the device's identity, or makes one.
    static Result<Device> open(store::Database& database, Clock& clock, Entropy& entropy);

    const DeviceId& id() const { return id_; }

    Result<OperationId> submit(const Intent& intent);

    // Confirmed events, then the pending operations on top.
    Result<ItemState> load(const store::ProjectRow& project, const ItemId& item, int64_t item_no);
    enum class Row : uint8_t { known, made_just_now, of_other_project };

    // Recomputes the item's row; records the change for take_changes(), unless no list can show it.
    Status refresh(const store::ProjectRow& project, const ItemId& item, int64_t item_no, Row row = Row::known);
    // A policy has come: what was decided here on items that need it shows now.
    Status refresh_pending(const store::ProjectRow& project);
    // The item is none of this device's business any more. One that has operations of this device stays.
    Status leave(const store::ProjectRow& project, const ItemId& item, Row row = Row::known);

    std::vector<RowChange> take_changes() { return std::exchange(changes_, {}); }

    // Something was seen that happened at this moment: what is decided here from now on is later. A clock that runs far
    // ahead of this device's is not believed.
    void saw(Instant moment);

    // The server's clock less this device's, as just measured.
    void measured_offset(Duration offset) { offset_ = offset; }

    store::Database& database() { return database_; }

    store::PolicyCache& policies() { return policies_; }

    Clock& clock() { return clock_; }

    Entropy& entropy() { return entropy_; }

private:
    Device(store::Database& database, Clock& clock, Entropy& entropy)
        : database_(database), clock_(clock), entropy_(entropy) {}

    Result<std::optional<SeenCheckpoint>> newly_seen(const store::StreamRow& stream);
    Result<Operation> next_operation(const Intent& intent, const store::StreamRow& stream);
    std::vector<CommittedText> commit_texts(const Policy& policy, const ItemState& state, CommandBody& command);
    Status apply_pending(const store::ProjectRow& project, ItemState& state, int64_t item_no, bool& any);
    Status check(const ItemState& state, const Policy& policy, const Operation& operation, int64_t item_no);
    Status hide(int64_t item_no, Row row);
    Status store_operation(const store::ProjectRow& project, store::StreamRow& stream, const Operation& operation,
                           int64_t item_no);

    store::Database& database_;
    Clock& clock_;
    Entropy& entropy_;
    DeviceId id_;
    Instant newest_;  // hybrid clock
    std::optional<Duration> offset_;
    std::map<std::string, uint64_t> said_;  // the size of the checkpoint that a stream named last
    store::PolicyCache policies_;
    std::vector<RowChange> changes_;
};

}  // namespace countersign::sync
