#include "core/api/account_rights.h"

#include <algorithm>

#include "core/store/record.h"
#include "core/store/streams.h"

namespace countersign::api {

namespace {

Result<std::vector<store::StreamRow>> streams_in(Workspace& workspace, const store::ProjectRow& project,
                                                 const ActorId& account, const DeviceId& device) {
    std::vector<store::StreamRow> out = CS_TRY(store::streams_of(workspace.database, account, &project));
    std::erase_if(out, [&](const store::StreamRow& one) { return !device.empty() && one.device != device; });
    return out;
}

}  // namespace

Status revoke_streams(Workspace& workspace, const ActorId& account, const DeviceId& device, const ActorId& by) {
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(workspace.database));
    for (store::ProjectRow project : projects) {
        RightsRevoked body{account, device, {}};
        for (store::StreamRow& stream : CS_TRY(streams_in(workspace, project, account, device))) {
            // What was announced was made before.
            stream.cut = std::min(stream.cut.value_or(UINT64_MAX), std::max(stream.announced, stream.head.seq));
            stream.state = device.empty() ? stream.state : store::StreamState::revoked;
            body.cuts.push_back({stream.stream, *stream.cut});
            CS_TRY_STATUS(store::save_stream(workspace.database, stream));
        }
        const store::Cause cause{by, workspace.clock.now(), {}};
        CS_TRY(store::record_project_event(workspace.database, project, std::move(body), cause));
        CS_TRY_STATUS(store::save_project(workspace.database, project));
    }
    return success();
}

Status restore_streams(Workspace& workspace, const ActorId& account, const DeviceId& device, const ActorId& by) {
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(workspace.database));
    for (store::ProjectRow project : projects) {
        for (store::StreamRow& stream : CS_TRY(streams_in(workspace, project, account, device))) {
            stream.cut.reset();
            CS_TRY_STATUS(store::save_stream(workspace.database, stream));
        }
        const store::Cause cause{by, workspace.clock.now(), {}};
        CS_TRY(store::record_project_event(workspace.database, project, RightsRestored{account, device}, cause));
        CS_TRY_STATUS(store::save_project(workspace.database, project));
    }
    return success();
}

}  // namespace countersign::api
