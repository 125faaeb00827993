#pragma once
// What a device has to tell somebody about their own work, kept until they say that they have read it.

#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

enum class NoticeKind : uint8_t {
    work_lost,        // a store of this browser was thrown away with decisions that were never sent
    server_restored,  // the server lost what came after a backup; it is offered again from here
    server_ahead,     // the server has decisions of this store that are not here: it was restored or copied
    copied,           // two copies of this store went on: both are kept, a lead looks at it
    rights_revoked,   // what is decided from here on waits for a lead
    log_disputed,     // the server's log is not the one that this device, or another, has seen
};

struct NoticeRow {
    int64_t no = 0;
    NoticeKind kind = NoticeKind::work_lost;
    ActorId account;
    int64_t project_no = 0;
    uint64_t count = 0;  // of decisions
    std::vector<ItemId> items = {};
    Instant at;
};

// One like the newest of its kind, account and project, with the same count and items, changes nothing.
Status add_notice(Database& database, const NoticeRow& row);
// Newest first.
Result<std::vector<NoticeRow>> notices_of(Database& database, const ActorId& account);
Status drop_notice(Database& database, int64_t no);

}  // namespace countersign::store
