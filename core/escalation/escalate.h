#pragma once
// One step of escalation: whether an item goes to a higher level now, to which, why and to whom. Pure: everything comes
// from the times of events, so that two machines that know the same events say the same.
//
// - Of the levels above the current one the lowest that has a trigger which holds is the next; levels may be skipped.
//   The current level only rises, so a level never fires twice; call again to see whether the next one fires too.
// - What somebody did (asked, disagreed, answered so that the posterior is low) leads to one level only: it must be
// newer
//   than the current level, or not older than it when there is none. Being overdue by more is a reason of its own.
// - A rule that cannot be decided holds: what cannot be judged goes to somebody.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/clock/sla_clock.h"
#include "core/escalation/levels.h"

namespace countersign::escalation {

// Where the item is; nothing: with its reviewers.
struct Current {
    size_t level = 0;
    Instant since = {};
};

enum class Truth : uint8_t { no, yes, undecided };

struct Asked {
    Instant at = {};
    std::string by;
    std::string reason = {};  // the reviewer's words
};

struct Posterior {
    Instant at = {};  // of the answer that made it
    Ppm value = {};
};

struct RuleFinding {
    Instant at = {};  // of the event after which it was looked at
    Truth holds = Truth::no;
};

// The newest of each kind.
struct Facts {
    std::optional<Asked> asked = {};
    std::optional<Instant> disagreement = {};  // the answer that disagrees
    std::optional<Posterior> posterior = {};
    std::vector<RuleFinding> rules = {};           // in order of rules_of(levels)
    const clock::SlaClock* item_clock = nullptr;   // none: never overdue
    const clock::SlaClock* level_clock = nullptr;  // of the current level, from `since` on, with the item's pauses
};

struct Escalated {
    size_t level = 0;
    size_t trigger = 0;  // of the level's
    Instant since;       // when the trigger began to hold
    std::string reason;  // "asked by 'ada': cannot read the scan"
    std::string who;     // "anybody with the role 'lead'"
};

// The rules of all levels in order, as Facts has their truth.
std::vector<std::string> rules_of(const std::vector<Level>& levels);

std::optional<Escalated> escalate(const std::vector<Level>& levels, const std::optional<Current>& current,
                                  const Facts& facts, Instant now);

// The next instant behind `now` at which a level above the current one becomes overdue if nothing else happens.
std::optional<Instant> next_by_time(const std::vector<Level>& levels, const std::optional<Current>& current,
                                    const Facts& facts, Instant now);

}  // namespace countersign::escalation
