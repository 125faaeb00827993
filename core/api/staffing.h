#pragma once
// Who gets which item: the staff document, the items that wait and what people have already, as core/people plans with
// them.
//
// At work, as far as the server knows, is whoever asks, holds a lease, or is present by the document; the plan is made
// for these. Looked at are the most urgent items, at most as many as a request may lease (ApiLimits::leases).

#include <optional>
#include <string>
#include <vector>

#include "core/api/workspace.h"
#include "core/people/plan.h"
#include "core/people/staff.h"
#include "core/store/projects.h"

namespace countersign::api {

struct Staffing {
    people::Staff staff;
    std::vector<people::Task> tasks;          // most urgent first
    std::vector<people::Reviewer> reviewers;  // at work, in order of ids
    Instant now;
    bool more = false;  // items wait that were not looked at

    people::PlanInput input() const { return {.tasks = tasks, .reviewers = reviewers, .now = now}; }

    // Of `reviewers`.
    std::optional<size_t> place_of(const ActorId& account) const;
};

// Nothing where the project has no staff document.
Result<std::optional<people::Staff>> staff_of(Workspace& workspace, const store::ProjectRow& project);

// `asking` is at work; with nobody asking, all who are listed are. `tier`: of one tier only, or "".
Result<Staffing> staffing_of(Workspace& workspace, const store::ProjectRow& project, people::Staff staff,
                             const ActorId& asking, std::string_view tier);

// What the plan gives to `asking`, most urgent first, at most `most`; where that is less, what is left over that he may
// review. `away`: nothing, or when he is back from where there is no network.
std::vector<ItemId> items_for(const Staffing& staffing, const ActorId& asking, size_t most,
                              std::optional<Instant> back);

// Why this person may not have this item, whatever his capacity: "ada lacks skill 'spanish' at level 2"; empty when he
// may.
Result<std::string> hindrance(Workspace& workspace, const store::ProjectRow& project, const people::Staff& staff,
                              const ItemId& item, const ActorId& account);

}  // namespace countersign::api
