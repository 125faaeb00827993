#pragma once
// What somebody wants to happen to one item. decide() turns a command into events or refuses it (core/workflow).

#include <optional>
#include <variant>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/json/json.h"
#include "core/model/prediction.h"
#include "core/model/review.h"

namespace countersign {

struct IngestPrediction {
    Digest document;  // commitment to `document_text`
    std::string document_text;
    Prediction prediction;
};

// "I am working on this one": others see it; nobody is kept from deciding.
struct ClaimItem {};

struct SubmitReview {
    ReviewDraft draft;  // with its texts, as the reviewer wrote them
    std::optional<Digest> text;
    std::vector<std::optional<Digest>> answer_texts;
    Digest prediction;
    Digest policy;
    std::optional<OperationId> supersedes;
};

struct WithdrawReview {
    OperationId review;
};

struct AddNote {
    std::string text;
    Digest commitment;
};

using CommandBody = std::variant<IngestPrediction, ClaimItem, SubmitReview, WithdrawReview, AddNote>;

// Who, when, by which operation.
struct CommandContext {
    ActorId actor;
    StreamId stream;        // empty when no device is behind it
    OperationId operation;  // empty for ingest
    Instant claimed_at;     // the device's clock; equals `now` on the server
    Instant now;            // when this is decided
    // The item's document, parsed: marked evidence is checked against it. nullptr where it is not at hand or erased.
    const Json* document = nullptr;
};

}  // namespace countersign
