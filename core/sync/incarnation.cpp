#include "core/sync/incarnation.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/ledger.h"
#include "core/sync/erasing.h"

namespace countersign::sync {

namespace {

std::string name_of(const store::ProjectRow& project) {
    return concat("incarnation/", project.id.text);
}

// Items whose newest events are gone look as they did before.
Status refresh_items_after(Device& device, const store::ProjectRow& project, EventSeq continues) {
    for (const store::WorkItem& item : CS_TRY(store::items_changed_after(device.database(), project, continues))) {
        CS_TRY_STATUS(device.refresh(project, item.id, item.no));
    }
    return success();
}

// How much of the log that this device has heard of is the server's now.
Result<EventSeq> common_with(store::Database& database, const store::ProjectRow& project,
                             const std::vector<store::EpochMark>& epochs) {
    std::vector<store::EpochMark> mine = CS_TRY(store::read_epochs(database, project));
    if (mine.empty()) {
        mine.push_back({CS_TRY(known_incarnation(database, project)), 0});
    }
    return store::common_entries(mine, epochs);
}

// A life in which no checkpoint was verified may have lost something as well.
Status keep_what_is_common(store::Database& database, const store::ProjectRow& project, EventSeq continues) {
    const std::string ended = CS_TRY(known_incarnation(database, project));
    const auto last = CS_TRY(store::newest_checkpoint(database, project));
    if (last && last->epoch != epoch_of(ended)) {
        continues = std::min(continues, CS_TRY(store::continues_at(database, project)));
    }
    return store::set_continues_at(database, project, continues);
}

// The server is one: what it may have lost of other projects is offered again as well, once both have compared what
// they have of it.
Status offer_other_projects(Device& device, const store::ProjectRow& project, const std::string& incarnation) {
    store::Database& database = device.database();
    for (const store::ProjectRow& other : CS_TRY(store::list_projects(database))) {
        const std::string known = CS_TRY(known_incarnation(database, other));
        if (other.no == project.no || known.empty() || known == incarnation) {
            continue;
        }
        for (store::StreamRow& stream : CS_TRY(store::streams_of_project(database, other))) {
            stream.levels.saved = stream.levels.stable;
            stream.levels.sealed = stream.levels.stable;
            CS_TRY_STATUS(store::save_stream(database, stream));
        }
    }
    return success();
}

}  // namespace

uint64_t epoch_of(std::string_view incarnation) {
    return read_decimal(incarnation.substr(0, incarnation.find('-'))).value_or(0);
}

Result<std::string> known_incarnation(store::Database& database, const store::ProjectRow& project) {
    return CS_TRY(store::read_meta(database, name_of(project))).value_or("");
}

Result<Restored> meet_anew(Device& device, store::ProjectRow& project, const std::string& incarnation,
                           const std::vector<store::EpochMark>& epochs) {
    store::Database& database = device.database();
    const EventSeq continues = CS_TRY(common_with(database, project, epochs));
    const Restored restored{project.head_seq, continues};
    CS_TRY_STATUS(store::drop_events_after(database, project, continues));
    CS_TRY_STATUS(store::unconfirm_after(database, project, continues));
    for (store::StreamRow& stream : CS_TRY(store::streams_of_project(database, project))) {
        CS_TRY_STATUS(store::lower_levels(database, stream));
    }
    project.feed.clear();
    project.snapshot_at = 0;
    project.snapshot_after = 0;
    project.head_seq = std::min(project.head_seq, continues);
    project.stable_seq = std::min(project.stable_seq, continues);
    CS_TRY_STATUS(refresh_items_after(device, project, continues));
    CS_TRY_STATUS(keep_what_is_common(database, project, continues));
    CS_TRY_STATUS(store::write_meta(database, name_of(project), incarnation));
    CS_TRY_STATUS(offer_other_projects(device, project, incarnation));
    if (const auto told = CS_TRY(erasures_told(database, project))) {
        CS_TRY_STATUS(set_erasures_told(database, project, std::min(*told, continues)));
    }
    CS_TRY_STATUS(store::write_epochs(database, project, epochs));
    CS_TRY_STATUS(store::save_project(database, project));
    return restored;
}

}  // namespace countersign::sync
