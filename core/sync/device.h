#pragma once
// The device's side of the store: its identity, its outbox, and items as the reviewer sees them, confirmed events with
// the device's own waiting operations decided again on top.
//
// Contract: one thread. What submit() returned is flushed to this device's disk. Nothing here ever deletes an
// operation. Errors of submit(): what decide() refuses, with the place; nothing is stored then.

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
    CommandBody command;  // ClaimItem, SubmitReview (draft, supersedes), WithdrawReview or AddNote (text)
};

class Device {
public:
    // Reads the device's identity, or makes one.
    static Result<Device> open(store::Database& database, Clock& clock, Entropy& entropy);

    const DeviceId& id() const { return id_; }

    // What the names of all streams of this account on this device begin with; minted at first use.
    Result<StreamId> stream_of(const ActorId& actor);
    // The account's stream for one project.
    Result<StreamId> stream_of(const ActorId& actor, const ProjectId& project);

    Result<OperationId> submit(const Intent& intent);

    // Confirmed events, then the waiting operations on top.
    Result<ItemState> load(const store::ProjectRow& project, const ItemId& item, int64_t item_no);
    enum class Row : uint8_t { known, made_just_now, of_other_project };

    // Recomputes the item's row; records the change for take_changes(), unless no list can show it.
    Status refresh(const store::ProjectRow& project, const ItemId& item, int64_t item_no, Row row = Row::known);

    std::vector<RowChange> take_changes() { return std::exchange(changes_, {}); }

    store::Database& database() { return database_; }

    store::PolicyCache& policies() { return policies_; }

private:
    Device(store::Database& database, Clock& clock, Entropy& entropy)
        : database_(database), clock_(clock), entropy_(entropy) {}

    Result<Operation> next_operation(const Intent& intent);
    SealedOperation commit_texts(const Policy& policy, const ItemState& state, SubmitReview& submit);
    Status apply_waiting(const store::ProjectRow& project, ItemState& state, int64_t item_no, bool& any);

    store::Database& database_;
    Clock& clock_;
    Entropy& entropy_;
    DeviceId id_;
    store::PolicyCache policies_;
    std::vector<RowChange> changes_;
};

}  // namespace countersign::sync
