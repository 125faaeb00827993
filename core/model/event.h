#pragma once
// The facts of a project's log. Everything else is computed from these; nothing is ever changed or taken out.
// How each is written is in core/log/leaf.h.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/hash/sha256.h"
#include "core/model/prediction.h"
#include "core/model/review.h"
#include "core/model/route_taken.h"

namespace countersign {

struct ProjectCreated {
    std::string name;
};

struct PolicyActivated {
    Digest policy;
    int64_t version = 0;  // 1, 2, 3 ... within the project
};

struct ItemIngested {
    Digest document;  // commitment to the item's document
    Prediction prediction;
    RouteTaken route;
};

// A further model's, or model version's, prediction for an item that is known. `route` is set when the item moved by
// it.
struct PredictionAdded {
    Prediction prediction;
    std::optional<RouteTaken> route;
};

struct ItemAssigned {
    ActorId reviewer;
    StreamId stream;
    uint64_t fence = 0;  // grows by one with each assignment of the item
    Instant expires;
};

struct ReviewSubmitted {
    Review review;
};

// Something worth knowing about the item, for whoever looks at it next. The words are committed to.
struct NoteAdded {
    OperationId note;
    Digest text;
};

struct ReviewWithdrawn {
    OperationId review;
    ActorId reviewer;
};

// An operation that was recorded but has no effect, with the reason in words. Nothing a reviewer did disappears.
struct OperationRefused {
    OperationId refused;
    ActorId actor;
    ErrorCode code = ErrorCode::internal;
    std::string reason;
};

using EventBody = std::variant<ProjectCreated, PolicyActivated, ItemIngested, PredictionAdded, ItemAssigned,
                               ReviewSubmitted, ReviewWithdrawn, OperationRefused, NoteAdded>;

struct Event {
    EventSeq seq = 0;
    Instant at;                       // when the server recorded it
    ItemId item;                      // empty for facts about the project
    ActorId actor;                    // who caused it: an account, a token, or "system"
    std::optional<Digest> operation;  // hash of the device's operation behind it
    EventBody body;
};

// "review_submitted": the name on the wire.
std::string_view event_type(const EventBody& body);

}  // namespace countersign
