#include "core/store/schema_steps.h"

namespace countersign::store {

// subject: on a server, under which key an item's texts lie; name stands for whom the item is about, null: for itself.
// A row goes with the item's texts; an item without one has none and gets none.
// box of document and note: the key's name, then commitment key and text as one sealed box; null: they lie in plain.
// erasure: the tombstones that this store is in line with.
const char* const kSchema3 = R"sql(
CREATE TABLE subject(
    item INTEGER PRIMARY KEY REFERENCES item(no),
    key BLOB NOT NULL,
    name BLOB
) STRICT;
CREATE INDEX subject_name ON subject(name) WHERE name IS NOT NULL;

ALTER TABLE document ADD COLUMN box BLOB;
ALTER TABLE note ADD COLUMN box BLOB;
ALTER TABLE inbox ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE erasure(
    tombstone BLOB PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project(no),
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_erasure ON event(at_key) WHERE type = 'subject_erased';
)sql";

}  // namespace countersign::store
