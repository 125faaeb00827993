#pragma once
// Levels of escalation: to whom an item goes when it needs more than its reviewers, and what takes it there.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/base/ppm.h"
#include "core/base/result.h"
#include "core/json/json.h"

namespace countersign::escalation {

enum class TriggerKind : uint8_t { reviewer_asked, disagreement, overdue, low_posterior, rule };

// Which clock `overdue` reads: the item's, or that of the level which the item is on (its `due`).
enum class Whose : uint8_t { item, level };

struct Trigger {
    TriggerKind kind = TriggerKind::reviewer_asked;
    Whose whose = Whose::item;           // overdue
    uint32_t percent = 100;              // overdue: of the allowed time
    std::optional<Duration> after = {};  // overdue: working time behind the due instant, instead of `percent`
    Ppm below = {};                      // low_posterior
    std::string rule = {};               // rule: CEL
};

// Who may take it: whoever has one of the roles or one of the skills, or is one of the people.
struct Assignees {
    std::vector<std::string> roles = {};
    std::vector<std::string> skills = {};
    std::vector<std::string> people = {};
};

struct Level {
    std::string id;
    std::string name;
    Assignees who;
    std::vector<Trigger> when;
    std::optional<Duration> due = {};  // working time that the level has
};

inline constexpr size_t kMostLevels = 16;

// Reads a list of levels, lowest first:
//
//   [{"id": "lead", "name": "Team lead", "who": {"roles": ["lead"], "skills": ["tax"], "people": ["ada"]}, "due": "4h",
//     "when": [{"trigger": "reviewer_asked"}, {"trigger": "disagreement"}, {"trigger": "low_posterior", "below": 0.8},
//              {"trigger": "overdue", "percent": 150}, {"trigger": "overdue", "of": "level", "after": "2h"},
//              {"trigger": "rule", "rule": "prediction.label == 'fraud'"}]}]
//
// Errors: invalid_argument with the path of the field below `path`. Rules are not compiled here.
Result<std::vector<Level>> load_levels(const Json& json, const std::string& path);

// "anybody with the role 'lead' or the skill 'tax', or 'ada'"
std::string to_text(const Assignees& who);

}  // namespace countersign::escalation
