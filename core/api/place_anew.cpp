// Items whose tier has opened or closed, step by step: there may be a million of them, and others want to write.

#include "core/api/tier_work.h"
#include "core/store/items.h"
#include "core/store/record.h"
#include "core/store/tiers.h"
#include "core/workflow/decide.h"

namespace countersign::api {

namespace {

class PlacingAnew {
public:
    PlacingAnew(Workspace& workspace, store::ProjectRow project, store::Rerouting rerouting)
        : workspace_(workspace), project_(std::move(project)), rerouting_(rerouting) {}

    Result<uint64_t> step(uint64_t most);

private:
    Status one(const store::NumberedItem& item);

    Workspace& workspace_;
    store::ProjectRow project_;
    store::Rerouting rerouting_;
    tiers::TierBoard board_;
    std::string secret_;
    std::optional<TierClosed> closed_;
};

Status PlacingAnew::one(const store::NumberedItem& item) {
    ItemState state = CS_TRY(store::load_state(workspace_.database, item.id, item.no));
    // By the policy that the item came under: its promise is the one that was certified, or it stays where it is.
    const auto policy = CS_TRY(workspace_.policies.get(workspace_.database, project_, state.route().policy));
    CommandContext context;
    context.actor = ActorId("system");
    context.now = workspace_.clock.now();
    context.tiers = &board_;
    context.tier_secret = secret_;
    const std::vector<EventBody> bodies = CS_TRY(decide(state, JudgingPolicies(*policy), PlaceAnew{closed_}, context));
    int64_t item_no = item.no;
    CS_TRY(store::record_item_events(workspace_.database, project_, state, item_no, bodies,
                                     {context.actor, context.now, std::nullopt}));
    for (const EventBody& body : bodies) {
        if (const RouteTaken* route = route_set_by(body)) {
            board_.count(*route);
        }
    }
    return success();
}

Result<uint64_t> PlacingAnew::step(uint64_t most) {
    board_ = CS_TRY(store::load_board(workspace_.database, project_));
    secret_ = CS_TRY(store::tier_secret(workspace_.database, project_));
    const tiers::Certification* certification = board_.by_serial(rerouting_.certificate);
    std::vector<store::NumberedItem> items;
    if (certification != nullptr && (!rerouting_.closing || certification->closed)) {
        closed_ = rerouting_.closing ? certification->closed : std::nullopt;
        const ItemStatus status = rerouting_.closing ? ItemStatus::auto_approved : ItemStatus::open;
        items = CS_TRY(store::items_of_model(workspace_.database, project_, certification->certified.model, status,
                                             rerouting_.after_item, static_cast<size_t>(most)));
    }
    if (items.empty()) {
        CS_TRY_STATUS(store::end_rerouting(workspace_.database, rerouting_));
        return uint64_t{1};  // this one is done; there may be another
    }
    for (const store::NumberedItem& item : items) {
        CS_TRY_STATUS(one(item));
    }
    rerouting_.after_item = items.back().no;
    CS_TRY_STATUS(store::save_rerouting(workspace_.database, rerouting_));
    CS_TRY_STATUS(store::save_project(workspace_.database, project_));
    return static_cast<uint64_t>(items.size());
}

}  // namespace

Result<uint64_t> place_some_anew(Workspace& workspace, uint64_t most) {
    const auto rerouting = CS_TRY(store::next_rerouting(workspace.database));
    if (!rerouting) {
        return uint64_t{0};
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::read_project(workspace.database, rerouting->project_no));
    const uint64_t looked_at = CS_TRY(PlacingAnew(workspace, std::move(project), *rerouting).step(most));
    CS_TRY_STATUS(transaction.commit());
    return looked_at;
}

}  // namespace countersign::api
