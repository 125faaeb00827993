#pragma once
// Items with their decisions as JSON Lines, in order of arrival, page by page: constant memory whatever the project's
// size. Used by the API's streamed answer and by the command line.

#include <set>
#include <string>

#include "core/api/exchange.h"
#include "core/api/workspace.h"
#include "core/model/item_state.h"
#include "core/store/projects.h"

namespace countersign::api {

struct ExportOptions {
    std::set<ItemStatus> statuses = {ItemStatus::resolved};
    std::string tier;  // id, or empty for all
};

class Export {
public:
    Export(store::ProjectRow project, ExportOptions options)
        : project_(std::move(project)), options_(std::move(options)) {}

    // Appends up to some 64 KiB of whole lines; false when there are none left.
    Result<bool> next(Workspace& workspace, std::string& out);

    uint64_t records() const { return records_; }

private:
    store::ProjectRow project_;
    ExportOptions options_;
    int64_t last_no_ = 0;
    uint64_t records_ = 0;
    bool done_ = false;
};

// "resolved,auto_approved" as a set; invalid_argument naming the one that is none.
Result<std::set<ItemStatus>> parse_statuses(std::string_view text);

}  // namespace countersign::api
