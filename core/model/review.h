#pragma once
// What a reviewer says about an item: the draft that the desk fills, and the submitted review that the log keeps.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/hash/sha256.h"
#include "core/model/fence.h"
#include "core/model/standing.h"

namespace countersign {

enum class Verdict : uint8_t {
    accept,    // the prediction is right
    correct,   // another label is right
    reject,    // no label fits, or the item is not usable
    escalate,  // somebody else has to decide
    skip,      // not by me, not now; the item stays open
};

std::string_view verdict_name(Verdict verdict);
std::optional<Verdict> verdict_from_name(std::string_view name);

// A part of the item's text that a reason points at, in Unicode code points: [begin, end).
struct Evidence {
    std::string field;  // "input.text"
    uint32_t begin = 0;
    uint32_t end = 0;

    bool operator==(const Evidence&) const = default;
};

struct Answer {
    std::string question;  // id in the checklist
    std::string value;     // "yes", "no", "na", a choice's id, a number, or free text

    bool operator==(const Answer&) const = default;
};

struct Rationale {
    std::vector<std::string> codes = {};  // reason codes of the policy
    std::string text = {};
    std::vector<Evidence> evidence = {};

    bool operator==(const Rationale&) const = default;
};

struct ReviewDraft {
    Verdict verdict = Verdict::accept;
    LabelId label = {};  // with `correct`: the right one
    std::vector<Answer> answers = {};
    Rationale rationale = {};
    int64_t active_ms = 0;  // time the reviewer spent on the item, as the desk measured it

    bool operator==(const ReviewDraft&) const = default;
};

// What the server noted when it recorded the review.
struct Judged {
    bool clock_suspect = false;        // claims to have been made in the future
    bool policy_changed = false;       // by an older policy than the item's, whose demands it meets all the same
    bool prediction_replaced = false;  // about a prediction that is the item's no longer
    std::string lacks;                 // what the item's present policy demands besides; empty: nothing
    bool post_hoc = false;             // the item had gone through or was closed before
    bool adjudicates = false;  // the item waited for somebody who had not reviewed it (core/workflow/adjudicate.h)

    bool operator==(const Judged&) const = default;
};

// As it stands in the log. Free text is not here: `rationale.text` is empty and `text` commits to it.
struct Review {
    OperationId id;  // made on the device; also names the operation that brought it
    ActorId reviewer;
    StreamId stream;
    ReviewDraft draft;
    std::optional<Digest> text;                       // commitment to the rationale's text
    std::vector<std::optional<Digest>> answer_texts;  // one per answer; set where the answer is free text
    Digest prediction;                                // of the prediction that was looked at
    Digest policy;                                    // of the policy that was in force on the device
    Instant claimed_at;                               // the device's hybrid clock
    std::optional<OperationId> supersedes;
    std::optional<LeaseRef> lease;  // under which it was decided
    Judged judged;

    // Filled by apply() and resolve() (core/workflow).
    Instant recorded_at;  // of the event that brought it
    bool withdrawn = false;
    bool quarantined = false;
    std::string quarantine_reason;
    DecisionStanding standing = DecisionStanding::effective;
    StandingReason reason = StandingReason::none;
};

}  // namespace countersign
