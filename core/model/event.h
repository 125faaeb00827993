#pragma once
// The facts of a project's log. Everything else is computed from these; nothing is ever changed or taken out.
// How each is written is in core/log/leaf.h.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/hash/sha256.h"
#include "core/model/fence.h"
#include "core/model/policy_events.h"
#include "core/model/prediction.h"
#include "core/model/review.h"
#include "core/model/route_taken.h"
#include "core/model/tier_events.h"

namespace countersign {

// -- of the project --

struct ProjectCreated {
    std::string name;
};

struct PolicyActivated {
    Digest policy;
    int64_t version = 0;  // 1, 2, 3 ... within the project
};

// The log goes on after a restore: everything up to `size` is what was restored, the rest of what followed is cut off.
struct EpochStarted {
    std::string epoch;           // "<number>-<16 hex>" of the one that begins
    std::string continues_from;  // origin of the log that is continued (core/log/checkpoint.h)
    uint64_t size = 0;
    Digest root;
};

// A device begins a stream for an account: what it sends there is signed with this key.
struct StreamOpened {
    ActorId account;
    DeviceId device;
    StreamId stream;
    std::string key;                   // Ed25519, 32 bytes
    std::string reason;                // why_opened_names()
    std::optional<StreamId> replaces;  // the same device's stream that cannot go on
};

// Two operations at the same place of one stream: the device was copied. Both branches are kept.
struct StreamForked {
    StreamId stream;
    uint64_t seq = 0;
};

// How far a stream was known to reach at some moment.
struct StreamCut {
    StreamId stream;
    uint64_t seq = 0;
};

// A device or an account lost its right: what its streams hold beyond these cuts waits for a lead.
struct RightsRevoked {
    ActorId account;
    DeviceId device;  // empty: of all devices
    std::vector<StreamCut> cuts;
};

struct RightsRestored {
    ActorId account;
    DeviceId device;
};

// A device has lost what it had announced and never sent.
struct WorkLost {
    StreamId stream;
    uint64_t announced = 0;
    uint64_t received = 0;
    std::vector<ItemId> items;  // the tasks concerned, as far as they are known
};

// -- of an item --

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

// "Claimed for half an hour", as version 0.1 wrote it. Read, never written.
struct ItemAssigned {
    ActorId reviewer;
    StreamId stream;
    uint64_t fence = 0;
    Instant expires;
};

struct LeaseGranted {
    LeaseRef lease;
    ActorId holder;
    StreamId stream;
    Instant expires;
    bool offline = false;  // taken along: hours or days
};

struct LeaseRenewed {
    LeaseRef lease;
    Instant expires;
};

// Given back or taken away; that it runs out is no event.
struct LeaseEnded {
    LeaseRef lease;
    bool revoked = false;
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

// An operation that was recorded but had no effect, as version 0.1 wrote it. Read, never written.
struct OperationRefused {
    OperationId refused;
    ActorId actor;
    ErrorCode code = ErrorCode::internal;
    std::string reason;
};

// Recorded, without effect until a lead admits it. `review` is what it holds, when it is one and can be read.
struct OperationQuarantined {
    StreamId stream;
    uint64_t seq = 0;
    Digest hash;
    ErrorCode code = ErrorCode::internal;
    std::string reason;  // words, without personal text
    std::optional<Review> review;
};

// A decision that is known already, in another envelope; or one that changes nothing (a review withdrawn twice).
struct OperationRepeated {
    OperationId id;
};

struct QuarantineSettled {
    Digest operation;  // hash
    OperationId id;
    bool admitted = false;
    std::optional<Digest> text;  // commitment to why
};

enum class ClosedAs : uint8_t {
    withdrawn,  // taken out: nothing is decided on it any more
    final,      // its outcome stands, whatever comes in later
    erased,     // its texts are gone: nothing can be decided on it any more, what was decided stands
};

struct ItemClosed {
    ClosedAs as = ClosedAs::withdrawn;
};

// A decision that came after an item went through or was closed says something else than what holds.
struct ContradictionFound {
    OperationId review;
};

// The person whom items are about was erased: their texts and keys are gone, proofs stay.
struct SubjectErased {
    std::vector<ItemId> items;
    std::vector<Digest> commitments;
    std::string ground;     // one of kErasureGrounds (core/api/erase.h)
    ActorId requested_by;   // the event's actor carried it out
    std::string note = {};  // a few words, without personal text
};

using EventBody =
    std::variant<ProjectCreated, PolicyActivated, EpochStarted, StreamOpened, StreamForked, RightsRevoked,
                 RightsRestored, WorkLost, ItemIngested, PredictionAdded, ItemAssigned, LeaseGranted, LeaseRenewed,
                 LeaseEnded, ReviewSubmitted, ReviewWithdrawn, NoteAdded, OperationRefused, OperationQuarantined,
                 OperationRepeated, QuarantineSettled, ItemClosed, ContradictionFound, SubjectErased, CalibrationChosen,
                 TierCertified, TierClosed, ItemRerouted, PolicyProposed, PolicyChangeWithdrawn, PolicyApproved>;

// The device's operation that an event records, byte for byte.
struct RecordedOperation {
    Digest hash;
    std::string bytes;      // empty where only the hash is known: leaves of 0.1, bytes that nobody can read
    std::string signature;  // of the stream's head (core/log/signed_head.h) where a signed batch ends here; else empty
};

struct Event {
    EventSeq seq = 0;
    Instant at;                                  // when the server recorded it
    ItemId item;                                 // empty for facts about the project
    ActorId actor;                               // who caused it: an account, a token, or "system"
    std::optional<RecordedOperation> operation;  // the device's operation behind it
    EventBody body;
};

// The route that an item takes by this event; nullptr where it takes none.
const RouteTaken* route_set_by(const EventBody& body);

// "review_submitted": the name on the wire.
std::string_view event_type(const EventBody& body);

}  // namespace countersign
