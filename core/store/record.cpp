#include "core/store/record.h"

#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/tiers.h"
#include "core/workflow/apply.h"

namespace countersign::store {

namespace {

Event event_of(const ItemId& item, EventBody body, const Cause& cause, bool first) {
    Event event;
    event.at = cause.at;
    event.item = item;
    event.actor = cause.actor;
    event.operation = first ? cause.operation : std::nullopt;
    event.body = std::move(body);
    return event;
}

// Leaves as they will be, numbered on from the project's head.
Result<std::vector<Ledger::Prepared>> prepare_all(ProjectRow& project, Database& database,
                                                  const std::vector<Event>& events) {
    std::vector<Ledger::Prepared> out;
    ProjectRow counting = project;
    for (const Event& event : events) {
        auto leaf = Ledger(database, counting).prepare(event);
        if (!leaf.ok()) {
            return fail(leaf.error().code, leaf.error().message, std::string(kTooLong));
        }
        out.push_back(std::move(leaf).value());
        ++counting.head_seq;
    }
    return out;
}

}  // namespace

Result<std::vector<EventSeq>> record_item_events(Database& database, ProjectRow& project, ItemState& state,
                                                 int64_t& item_no, const std::vector<EventBody>& bodies,
                                                 const Cause& cause) {
    std::vector<EventSeq> seqs;
    if (bodies.empty()) {
        return seqs;
    }
    std::vector<Event> events;
    for (const EventBody& body : bodies) {
        events.push_back(event_of(state.id, body, cause, events.empty()));
        events.back().seq = project.head_seq + events.size();
    }
    std::vector<Ledger::Prepared> leaves = CS_TRY(prepare_all(project, database, events));
    for (const Event& event : events) {
        apply(state, event);
        seqs.push_back(event.seq);
    }
    if (item_no == 0 && state.known()) {
        item_no = CS_TRY(insert_item(database, project, state, false));
    } else if (item_no != 0) {
        CS_TRY_STATUS(save_item(database, item_no, state, false));
    }
    if (item_no != 0) {
        CS_TRY_STATUS(save_drawn(database, project, item_no, state));
        for (const EventBody& body : bodies) {
            if (const RouteTaken* route = route_set_by(body)) {
                CS_TRY_STATUS(count_promised(database, project, *route));
            }
        }
    }
    Ledger ledger(database, project);
    for (size_t i = 0; i < leaves.size(); ++i) {
        const bool last = i + 1 == leaves.size();
        CS_TRY(ledger.append(std::move(leaves[i]), item_no, last ? Ledger::Commit::ends : Ledger::Commit::goes_on));
    }
    if (item_no != 0) {
        CS_TRY_STATUS(save_leases(database, item_no, state));
    }
    return seqs;
}

Result<EventSeq> record_project_event(Database& database, ProjectRow& project, EventBody body, const Cause& cause,
                                      Ledger::Commit commit) {
    Event event = event_of({}, std::move(body), cause, true);
    return CS_TRY(Ledger(database, project).append(std::move(event), 0, commit)).seq;
}

}  // namespace countersign::store
