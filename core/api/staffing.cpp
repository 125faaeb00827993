#include "core/api/staffing.h"

#include <algorithm>
#include <set>

#include "core/base/concat.h"
#include "core/people/eligibility.h"
#include "core/people/packs.h"
#include "core/routing/route.h"
#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/record.h"
#include "core/store/staff.h"

namespace countersign::api {

namespace {

using people::Reviewer;
using people::Task;

void read_document(Workspace& workspace, int64_t item_no, const people::Staff& staff, Task& task) {
    if (staff.language.empty() && staff.source.empty() && staff.author.empty()) {
        return;
    }
    const auto stored = store::read_document(workspace.database, item_no);
    const auto json = stored.ok() ? parse_json(stored.value().text) : Result<Json>(stored.error());
    if (!json.ok()) {
        return;  // erased: it has no language any more, and waits for nobody
    }
    const auto text = [&](const std::string& path) {
        return path.empty() ? std::string() : std::string(text_at(json.value(), path));
    };
    task.language = text(staff.language);
    task.source = text(staff.source);
    task.author = text(staff.author);
}

Result<Task> task_of(Workspace& workspace, const store::ProjectRow& project, const people::Staff& staff,
                     int64_t item_no, const ItemState& state, Instant now) {
    Task out;
    out.item = state.id;
    out.kind = state.route().tier;
    out.purpose =
        state.resolution.status == ItemStatus::escalated ? people::Purpose::adjudication : people::Purpose::review;
    if (const auto needs = staff.tiers.find(state.route().tier); needs != staff.tiers.end()) {
        out.required = needs->second.skills;
        out.expected_seconds = needs->second.expected_seconds;
    }
    read_document(workspace, item_no, staff, out);
    out.due = state.route().due;
    out.slots = static_cast<int32_t>(state.route().reviewers);
    std::set<ActorId> reviewed;
    for (const Review& review : state.reviews) {
        if (!review.withdrawn && !review.quarantined && review.draft.verdict != Verdict::skip) {
            reviewed.insert(review.reviewer);
        }
    }
    out.reviewed_by.assign(reviewed.begin(), reviewed.end());
    for (const SlotState& slot : state.slots) {
        if (slot.runs(now)) {
            out.held_by.push_back(slot.holder);
        }
    }
    const auto policy = CS_TRY(workspace.policies.get(workspace.database, project, state.route().policy));
    out.labels = std::max<uint32_t>(2, static_cast<uint32_t>(policy->labels.size()));
    out.certainty = state.route().calibrated.value_or(state.current().confidence).as_double();
    return out;
}

// Since the day began, in UTC as everything that is stored.
Instant day_begin(Instant now) {
    return Instant{now.us - now.us % kDay_us};
}

bool present_now(const Reviewer& reviewer, Instant now) {
    return std::any_of(reviewer.present.begin(), reviewer.present.end(),
                       [&](const people::Presence& one) { return one.from <= now && now < one.until; });
}

Status add_reviewers(Workspace& workspace, const store::ProjectRow& project, const ActorId& asking, Staffing& out) {
    std::map<ActorId, int64_t> held;
    for (const store::LeaseRow& lease :
         CS_TRY(store::running_leases(workspace.database, project, out.now, workspace.settings.limits.leases * 10))) {
        ++held[lease.holder];
    }
    const std::map<ActorId, int64_t> done =
        CS_TRY(store::decisions_since(workspace.database, project, day_begin(out.now)));
    const auto add = [&](Reviewer reviewer) {
        const auto count = [&](const std::map<ActorId, int64_t>& of) {
            const auto found = of.find(reviewer.id);
            return found == of.end() ? int64_t{0} : found->second;
        };
        constexpr double kUsual_s = 60;
        reviewer.today = {.reviews = count(done) + count(held),
                          .seconds = kUsual_s * static_cast<double>(count(done) + count(held)),
                          .waiting_seconds = kUsual_s * static_cast<double>(count(held))};
        out.reviewers.push_back(std::move(reviewer));
    };
    for (const Reviewer& one : out.staff.people) {
        if (asking.empty() || one.id == asking || held.contains(one.id) || present_now(one, out.now)) {
            add(one);
        }
    }
    if (!asking.empty() && out.staff.find(asking) == nullptr) {
        add(Reviewer{.id = asking});
    }
    std::sort(out.reviewers.begin(), out.reviewers.end(),
              [](const Reviewer& a, const Reviewer& b) { return a.id < b.id; });
    return success();
}

// Of what nobody at work is planned for: what this one may have, most urgent first.
void add_left_over(const Staffing& staffing, const Reviewer& reviewer, const people::Plan& plan, size_t most,
                   std::vector<ItemId>& out) {
    std::vector<int32_t> planned(staffing.tasks.size());
    for (const people::Assignment& one : plan.assignments) {
        ++planned[one.task];
    }
    Reviewer unlimited = reviewer;
    unlimited.per_day = {};
    for (size_t i = 0; i < staffing.tasks.size() && out.size() < most; ++i) {
        const Task& task = staffing.tasks[i];
        const bool taken = std::find(out.begin(), out.end(), task.item) != out.end();
        if (!taken && planned[i] < task.open_slots() && people::is_eligible(task, unlimited, staffing.now)) {
            out.push_back(task.item);
        }
    }
}

}  // namespace

std::optional<size_t> Staffing::place_of(const ActorId& account) const {
    const auto found = std::find_if(reviewers.begin(), reviewers.end(),
                                    [&](const Reviewer& reviewer) { return reviewer.id == account; });
    return found == reviewers.end() ? std::nullopt : std::optional<size_t>(found - reviewers.begin());
}

Result<std::optional<people::Staff>> staff_of(Workspace& workspace, const store::ProjectRow& project) {
    const auto row = CS_TRY(store::read_staff(workspace.database, project));
    if (!row) {
        return std::optional<people::Staff>();
    }
    return std::optional(CS_TRY(people::load_staff(row->bytes)));
}

Result<Staffing> staffing_of(Workspace& workspace, const store::ProjectRow& project, people::Staff staff,
                             const ActorId& asking, std::string_view tier) {
    Staffing out;
    out.staff = std::move(staff);
    out.now = workspace.clock.now();
    const size_t most = workspace.settings.limits.leases;
    const auto waiting = CS_TRY(store::most_urgent(workspace.database, project, tier, most + 1));
    out.more = waiting.size() > most;
    for (size_t i = 0; i < std::min(most, waiting.size()); ++i) {
        const ItemState state = CS_TRY(store::load_state(workspace.database, waiting[i].id, waiting[i].no));
        out.tasks.push_back(CS_TRY(task_of(workspace, project, out.staff, waiting[i].no, state, out.now)));
    }
    CS_TRY_STATUS(add_reviewers(workspace, project, asking, out));
    return out;
}

std::vector<ItemId> items_for(const Staffing& staffing, const ActorId& asking, size_t most,
                              std::optional<Instant> back) {
    const size_t place = staffing.place_of(asking).value();
    std::vector<ItemId> out;
    if (back) {
        const people::Leave leave{
            .reviewer = place, .returns = *back, .work_seconds = static_cast<double>((*back - staffing.now).us) / 1e6};
        const std::vector<people::Pack> packs = people::choose_packs(staffing.input(), {&leave, 1});
        for (size_t i = 0; i < std::min(most, packs.front().tasks.size()); ++i) {
            out.push_back(staffing.tasks[packs.front().tasks[i]].item);
        }
        return out;
    }
    const people::Plan plan = people::plan_reviews(staffing.input());
    for (const size_t which : people::queue_of(plan, place)) {
        if (out.size() < most) {
            out.push_back(staffing.tasks[which].item);
        }
    }
    add_left_over(staffing, staffing.reviewers[place], plan, most, out);
    return out;
}

Result<std::string> hindrance(Workspace& workspace, const store::ProjectRow& project, const people::Staff& staff,
                              const ItemId& item, const ActorId& account) {
    const Reviewer* reviewer = staff.find(account);
    const int64_t item_no = CS_TRY(store::find_item(workspace.database, project, item));
    if (reviewer == nullptr || item_no == 0) {
        return std::string();
    }
    const ItemState state = CS_TRY(store::load_state(workspace.database, item, item_no));
    const Instant now = workspace.clock.now();
    const Task task = CS_TRY(task_of(workspace, project, staff, item_no, state, now));
    std::string out;
    for (const people::Exclusion& one : people::exclusions(task, *reviewer, now)) {
        switch (one.why) {
            case people::Barrier::lacks_skill:
            case people::Barrier::level_too_low:
            case people::Barrier::lacks_language:
            case people::Barrier::conflict_with_item:
            case people::Barrier::conflict_with_source:
            case people::Barrier::conflict_with_author:
                out += concat(out.empty() ? account.text + " " : "; ", sentence(one));
                break;
            default: break;  // whoever wants to work more, or again, may
        }
    }
    return out;
}

}  // namespace countersign::api
