#pragma once
// Operations as rows, made again from the events that record and settle them. Not for use outside this folder.
//
// Contract: between begin() and finish(), inside a transaction, each event in the log's order, project by project.

#include <string>

#include "core/model/event.h"
#include "core/store/operations.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::rebuild {

class OperationsAgain {
public:
    explicit OperationsAgain(store::Database& database) : database_(database) {}

    // Puts the rows that events record aside.
    Status begin();
    // `item_no`: of the event's item, 0 when it is not known by then.
    Status take(const store::ProjectRow& project, const Event& event, int64_t item_no);
    // The item has come: what waited for it is about it now.
    Status adopt(const store::ProjectRow& project, const ItemId& item, int64_t item_no);
    Status finish();

private:
    Status record(const store::ProjectRow& project, const Event& event, int64_t item_no);
    Status settle(const store::ProjectRow& project, const QuarantineSettled& settled);

    store::Database& database_;
};

}  // namespace countersign::rebuild
