#pragma once
// A device's operation on the server: recorded first, judged after. Whatever parses is kept with its exact bytes; one
// that cannot have its effect becomes an operation_refused event that its author sees. Nothing a reviewer did
// disappears.

#include <string>
#include <vector>

#include "core/api/workspace.h"
#include "core/log/operation.h"
#include "core/store/ledger.h"
#include "core/store/operations.h"

namespace countersign::api {

struct SubmittedOperation {
    OperationId id;
    store::OperationState state = store::OperationState::saved;
    std::string reason;                      // when refused
    std::vector<store::StoredEvent> events;  // what it became
};

// `operation` was decoded from `sealed`, is the next of its stream, and its actor is who is signed in. The texts of
// `sealed` are those that the operation names, and they open.
Result<SubmittedOperation> submit(Workspace& workspace, store::ProjectRow& project, const Operation& operation,
                                  const SealedOperation& sealed);

// The events that an operation became earlier: for the same operation sent again.
Result<SubmittedOperation> submitted_before(Workspace& workspace, const store::OperationRow& row);

}  // namespace countersign::api
