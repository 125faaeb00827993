#include "core/store/schema_steps.h"

namespace countersign::store {

// Who works on a project (core/people/staff.h), version by version: the newest is in force. Not in the log, which names
// nobody's skills or conflicts.
const char* const kSchema6 = R"sql(
CREATE TABLE staff(
    project INTEGER NOT NULL REFERENCES project(no),
    version INTEGER NOT NULL,
    bytes TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (project, version)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace countersign::store
