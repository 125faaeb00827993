#pragma once
// What taking away or giving back the right to review means for the devices of an account: what they are known to hold
// still counts, what they bring beyond that waits for a lead. Source: reference sync.md, 3.7 and 3.10.

#include "core/api/workspace.h"
#include "core/store/accounts.h"

namespace countersign::api {

// In every project in which the account has streams; `device` empty for all its devices. Inside an open transaction.
Status revoke_streams(Workspace& workspace, const ActorId& account, const DeviceId& device, const ActorId& by);
Status restore_streams(Workspace& workspace, const ActorId& account, const DeviceId& device, const ActorId& by);

}  // namespace countersign::api
