#include "core/seal/begin_anew.h"

#include "core/seal/seal.h"
#include "core/store/record.h"

namespace countersign::seal {

namespace {

Status continue_project(store::Database& database, store::ProjectRow project, const store::ServerIdentity& before,
                        const store::ServerIdentity& now_server, Instant now) {
    if (project.head_seq == 0) {
        return success();
    }
    EpochStarted started;
    started.epoch = now_server.incarnation();
    started.continues_from = before.origin(project.id);
    started.size = project.head_seq;
    started.root = CS_TRY(root_at(database, project, project.head_seq));
    CS_TRY_STATUS(store::set_continues_at(database, project, project.head_seq));
    std::vector<store::EpochMark> epochs = CS_TRY(store::read_epochs(database, project));
    if (epochs.empty()) {
        epochs.push_back({before.incarnation(), 0});
    }
    epochs.push_back({now_server.incarnation(), project.head_seq});
    CS_TRY_STATUS(store::write_epochs(database, project, epochs));
    const store::Cause cause{ActorId("system"), now, {}};
    CS_TRY(store::record_project_event(database, project, std::move(started), cause));
    return store::save_project(database, project);
}

}  // namespace

Result<store::ServerIdentity> begin_anew(store::Database& database, Entropy& entropy, Instant now, uint64_t above) {
    store::Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    const store::ServerIdentity before = CS_TRY(store::read_identity(database));
    store::ServerIdentity after = CS_TRY(store::begin_epoch(database, entropy, now, above));
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(database));
    for (const store::ProjectRow& project : projects) {
        CS_TRY_STATUS(continue_project(database, project, before, after, now));
    }
    CS_TRY_STATUS(transaction.commit());
    return after;
}

}  // namespace countersign::seal
