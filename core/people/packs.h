#pragma once
// Work for people who go where there is no network: which items are leased to whom until he is back. What lies in a
// pack can be done by nobody else, and its answer is not known before the pack returns; so
// - a pack is as large as what its owner means to work, and no larger than his days allow;
// - the slots of an item go to different people, on whatever side of the network they are;
// - what is due before its owner is back stays with those who are online. Only where his pack would not be full
//   otherwise, he gets a second opinion on such an item: one slot of it stays open, and somebody online may take it.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/people/plan.h"

namespace countersign::people {

struct Leave {
    size_t reviewer = 0;  // of PlanInput::reviewers; each leaves once
    Instant returns;
    double work_seconds = 0;  // that he means to work until then
};

struct PackOptions {
    double margin_seconds = 1800;  // answers arrive so long after the return at the latest
    double reserve = 1.25;         // times what he means to work, so that nobody sits idle because items were easy
};

struct Pack {
    size_t reviewer = 0;
    std::vector<size_t> tasks;  // of PlanInput::tasks; first those that are due first, then by id
    double expected_seconds = 0;
    size_t second_opinions = 0;  // tasks of it that are due before he is back
};

// One a leave, in their order; perhaps empty. Urgency does not count: what presses is for those who are there. A day's
// limit holds for each day away, the last one begun counting whole.
std::vector<Pack> choose_packs(const PlanInput& input, std::span<const Leave> leaves, const PackOptions& options = {});

// The tasks with what lies in packs held by their owners: what is left to plan for those who are online.
std::vector<Task> with_packs(const PlanInput& input, std::span<const Pack> packs);

}  // namespace countersign::people
