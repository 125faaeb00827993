#pragma once
// What is to be reviewed, as assignment sees it: one item and the people whom it still wants.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/people/reviewer.h"

namespace countersign::people {

enum class Purpose : uint8_t {
    review,
    adjudication  // one more person decides, who has not reviewed it
};

struct Task {
    ItemId item;
    std::string kind = {};
    Purpose purpose = Purpose::review;
    std::vector<SkillLevel> required = {};
    std::string language = {};  // empty: any will do
    std::string source = {};    // where the item comes from, and who wrote it: for conflicts of interest
    std::string author = {};
    std::optional<Instant> due = std::nullopt;
    int32_t slots = 1;                               // different people who shall review it, in all
    std::vector<ActorId> reviewed_by = {};           // each fills a slot
    std::vector<ActorId> held_by = {};               // to whom it is assigned or leased: so does each of these
    double expected_seconds = 60;                    // of a usual reviewer; above 0
    double difficulty = 0;                           // taken from the logit of his correctness: 0 is usual, 1 is hard
    uint32_t labels = 2;                             // among which is chosen; at least 2
    std::optional<double> certainty = std::nullopt;  // posterior of the best label so far; nothing: all alike

    // People who are still wanted. An adjudication wants one, whoever reviewed.
    int32_t open_slots() const {
        const auto held = static_cast<int32_t>(held_by.size());
        const auto filled = purpose == Purpose::adjudication ? held : held + static_cast<int32_t>(reviewed_by.size());
        return std::max(0, (purpose == Purpose::adjudication ? 1 : slots) - filled);
    }
};

}  // namespace countersign::people
