#pragma once
// What somebody wants to happen to one item. decide() turns a command into events or refuses it (core/workflow).

#include <optional>
#include <string_view>
#include <variant>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/json/json.h"
#include "core/model/event.h"
#include "core/model/prediction.h"
#include "core/model/review.h"

namespace countersign {

namespace tiers {
class TierBoard;
}

struct IngestPrediction {
    Digest document;  // commitment to `document_text`
    std::string document_text;
    Prediction prediction;
};

// A slot of the item for one reviewer for some time. It plans and excludes nobody from deciding.
struct TakeLease {
    StreamId stream;
    Duration time;
    bool offline = false;
};

struct EndLease {
    LeaseRef lease;
    bool revoke = false;  // by a lead, or by the holder's own wish
};

struct SubmitReview {
    ReviewDraft draft;  // with its texts, as the reviewer wrote them
    std::optional<Digest> text;
    std::vector<std::optional<Digest>> answer_texts;
    Digest prediction;
    Digest policy;
    std::optional<OperationId> supersedes;
    std::optional<LeaseRef> lease;
};

struct WithdrawReview {
    OperationId review;
};

struct AddNote {
    std::string text;
    Digest commitment;
};

struct CloseItem {
    ClosedAs as = ClosedAs::withdrawn;
};

// The item's tier has opened, or was closed by `closed`: whoever waits or went through because of it is placed anew.
struct PlaceAnew {
    std::optional<TierClosed> closed = {};
};

// A lead's word on an operation that waits.
struct SettleQuarantine {
    Digest operation;
    OperationId id;
    bool admit = false;
    std::optional<Digest> text;
};

// A type that this version does not know: it is recorded and has no effect.
struct UnknownCommand {
    std::string type;
};

using CommandBody = std::variant<IngestPrediction, TakeLease, EndLease, SubmitReview, WithdrawReview, AddNote,
                                 CloseItem, PlaceAnew, SettleQuarantine, UnknownCommand>;

// Who, when, by which operation.
struct CommandContext {
    ActorId actor;
    StreamId stream;        // empty when no device is behind it
    OperationId operation;  // empty for ingest
    Instant claimed_at;     // the device's clock; equals `now` on the server
    Instant now;            // when this is decided
    uint64_t epoch = 0;     // the server's, for fences
    // The item's document, parsed: marked evidence is checked against it. nullptr where it is not at hand or erased.
    const Json* document = nullptr;
    // What holds of the project's tiers, and the secret of its coins (core/tiers); nullptr where nothing is routed.
    const tiers::TierBoard* tiers = nullptr;
    std::string_view tier_secret = {};
};

}  // namespace countersign
