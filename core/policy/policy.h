#pragma once
// The policy of a project: labels, interface, tiers, routes, checklists, reason codes. A versioned JSON document; these
// are the types that load_policy() (load.h) makes of it. The published schema is assets/schema/policy.schema.json, the
// reference docs/policy.md; tests/core/policy holds all three against each other.
//
// Contract: a Policy is immutable once loaded and refers only to what it contains: every tier, checklist and code that
// is named exists, every condition compiles and is boolean, the last route always matches.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/ppm.h"
#include "core/calendar/calendar.h"
#include "core/hash/sha256.h"
#include "core/model/review.h"
#include "core/model/route_taken.h"
#include "core/rules/program.h"

namespace countersign {

struct LabelDef {
    LabelId id;
    std::string name;
    std::string description;
    std::string hotkey;  // one digit or letter; empty: chosen by search
    uint32_t color = 0;  // 0xRRGGBB
};

// "At least `min` of something, when the verdict is one of these."
struct Requirement {
    std::vector<Verdict> verdicts;
    uint32_t min = 0;

    bool applies_to(Verdict verdict) const;
};

struct RationaleRule {
    Requirement codes;     // reason codes chosen
    Requirement text;      // characters (code points) written
    Requirement evidence;  // places marked
};

// What an automatic tier promises of the items that it approves (docs/tiers.md). It stays closed until a certificate
// (core/certificate) says from which confidence on the promise holds.
struct TierPromise {
    Ppm max_error;          // of the approved items at most this share is wrong ...
    Ppm confidence;         // ... with this probability
    std::string otherwise;  // the tier of items that are not approved; never an automatic one
    // The share of the items routed here that is drawn, whatever the confidence, for people to review: what the next
    // certificate rests on.
    int64_t first_look = 0;  // drawn and decided items that the evidence is first looked at with; 0: computed
    Ppm evidence_while_closed = kCertain;
    Ppm evidence_while_open{20'000};
    Ppm audit{50'000};  // the share of the approved items that is drawn for a review
    Ppm alarm{50'000};  // with at most this probability the audit closes a tier whose promise holds
    Digest basis;       // of the promise and all conditions that lead here: a certificate ends with another one
};

struct TierDef {
    std::string id;
    std::string name;
    TierKind kind = TierKind::quick;
    std::optional<Duration> due;
    std::string calendar;  // id: due times count its open time only; empty: all time
    uint32_t reviewers = 1;
    bool late_waits = false;  // RouteTaken::late_waits
    std::string checklist;    // id, or empty
    RationaleRule rationale;
    // The share of reviewers to whom an item's prediction is shown before they decide (core/workflow/sight.h).
    Ppm prediction_shown = kCertain;
    std::optional<TierPromise> promise;  // of an automatic tier; without one it is open, and promises nothing
};

struct RouteDef {
    std::string id;
    std::string when;  // CEL source
    rules::Program condition{nullptr};
    std::string tier;
    std::string reason;                 // for people: why items of this route need what the tier gives
    std::optional<Duration> due;        // instead of the tier's
    std::optional<uint32_t> reviewers;  // instead of the tier's
};

enum class QuestionType : uint8_t { yes_no, yes_no_na, choice, number, text, evidence };

// A limit of a number, and how the policy writes it.
struct Bound {
    double value = 0;
    std::string text;
};

struct Option {
    std::string id;
    std::string name;
};

struct Question {
    std::string id;
    std::string question;
    std::string help;
    QuestionType type = QuestionType::yes_no;
    std::vector<Option> options;  // of a choice
    std::optional<Bound> min;     // of a number
    std::optional<Bound> max;
    std::string unit;
    std::string shown_if;  // CEL source (question_environment.h); empty: always shown
    std::optional<rules::Program> condition;
    bool required = true;
    std::vector<Verdict> required_for;  // the verdicts that need the answer
};

struct Checklist {
    std::string id;
    std::string name;
    std::vector<Question> questions;
};

struct ReasonCode {
    std::string id;
    std::string name;
    std::string description;
    std::vector<std::string> examples;
    std::string parent;             // the code that this one is a kind of; empty: at the top
    std::vector<Verdict> verdicts;  // where it may be used; never more than the parent's
    bool choosable = true;          // false for a group of others
};

// How many codes stand above one another at most.
inline constexpr size_t kReasonDepth = 4;

struct Interface {
    std::string text = "input.text";  // path of the text that is reviewed
    std::vector<std::string> show;    // further paths that are shown beside it
    std::string guidance;             // short paragraphs for reviewers
};

// Who may bring another policy into force: whoever has the right to, or nobody alone.
enum class ChangeApproval : uint8_t { none, second_person };

struct Policy {
    Digest digest;  // SHA-256 of the document's bytes
    std::string name;
    std::string description;
    std::string question;  // what a reviewer decides: "Which department must act?"
    std::vector<LabelDef> labels;
    Interface interface;
    std::map<std::string, std::string> item_schema;  // "metadata.channel" -> "string"
    std::map<std::string, calendar::Calendar, std::less<>> calendars;
    std::vector<TierDef> tiers;
    std::vector<RouteDef> routes;
    std::vector<Checklist> checklists;
    std::vector<ReasonCode> reason_codes;
    ChangeApproval change_approval = ChangeApproval::none;  // while this policy is in force

    const LabelDef* label(const LabelId& id) const;
    const TierDef* tier(std::string_view id) const;
    const RouteDef* route(std::string_view id) const;
    const Checklist* checklist(std::string_view id) const;
    const ReasonCode* reason_code(std::string_view id) const;
    // From the top, "Wording > Ambiguous"; the id itself for a code that the policy does not have.
    std::string reason_path(std::string_view id) const;
    // The checklist of an item that went this way, or nullptr.
    const Checklist* checklist_for(const RouteTaken& route) const;
};

// invalid_argument at "prediction.label", with the nearest, for a label that the policy does not have.
Status check_label(const Policy& policy, const LabelId& label);

}  // namespace countersign
