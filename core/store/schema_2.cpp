#include "core/store/schema_steps.h"

namespace countersign::store {

// event.ends is 1 on the last event of a commit: pages of the feed end only there.
// project.feed is a device's place in the server's feed; snapshot_at and snapshot_after while a snapshot is taken,
// snapshot_no counts those that were begun.
// item.seen is the number of the snapshot in which a device last met the item.
// stream: on a device with its secret and how far the server has it (saved, sealed, stable); on a server with what the
// device said of itself (announced) and from where on it waits for a lead (cut, null: nowhere).
// operation: (stream, seq, hash) is what arrived, so that a copied device's branch lies beside the other; op is the
// decision, which counts once. event_seq is the event that records it, null where that is not here.
// note.item is null for what was said about an item that is not known yet.
// inbox: what was acknowledged and is still to be judged, as it came.
// notice: what a device has to tell somebody about their work, until they have read it; items is a JSON list.
// lease and given_back (a device's: who is asked again), like item, are folded from events. tile holds the tree's
// hashes (C2SP tlog-tiles), checkpoint what was signed, or, on a device, what it has verified.
const char* const kSchema2 = R"sql(
ALTER TABLE event DROP COLUMN link;
ALTER TABLE event ADD COLUMN ends INTEGER NOT NULL DEFAULT 1;
CREATE INDEX event_incident ON event(at_key)
    WHERE type IN ('stream_forked', 'work_lost', 'contradiction_found', 'operation_quarantined', 'epoch_started',
                   'rights_revoked', 'rights_restored');

ALTER TABLE project DROP COLUMN head_link;
ALTER TABLE project DROP COLUMN cursor;
ALTER TABLE project DROP COLUMN workset_cursor;
ALTER TABLE project ADD COLUMN feed TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN snapshot_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN snapshot_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN snapshot_no INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN stable_seq INTEGER NOT NULL DEFAULT 0;

ALTER TABLE item ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;

ALTER TABLE account ADD COLUMN scope INTEGER NOT NULL DEFAULT 1;

CREATE TABLE stream(
    stream TEXT PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project(no),
    account TEXT NOT NULL,
    device TEXT NOT NULL,
    key BLOB NOT NULL,
    secret BLOB,
    state INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    signed_seq INTEGER NOT NULL DEFAULT 0,
    signature BLOB,
    reason TEXT NOT NULL DEFAULT '',
    replaces TEXT NOT NULL DEFAULT '',
    announced INTEGER NOT NULL DEFAULT 0,
    announced_items TEXT NOT NULL DEFAULT '[]',
    saved INTEGER NOT NULL DEFAULT 0,
    sealed INTEGER NOT NULL DEFAULT 0,
    stable INTEGER NOT NULL DEFAULT 0,
    cut INTEGER,
    opened_us INTEGER NOT NULL,
    heard_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stream_account ON stream(account, project);
CREATE INDEX stream_device ON stream(device);

ALTER TABLE operation RENAME TO operation_1;
DROP INDEX operation_op;
DROP INDEX operation_pending;
CREATE TABLE operation(
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    project INTEGER NOT NULL REFERENCES project(no),
    item INTEGER,
    item_id TEXT NOT NULL,
    op TEXT NOT NULL,
    bytes TEXT NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL,
    event_seq INTEGER,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (stream, seq, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_op ON operation(op);
CREATE INDEX operation_item ON operation(item, state) WHERE item IS NOT NULL;
CREATE INDEX operation_waiting ON operation(project, state, item_id) WHERE state > 1;

INSERT INTO operation(stream, seq, hash, project, item, item_id, op, bytes, state, reason, event_seq, at_us)
    SELECT stream, seq, hash, project, item, json_extract(bytes, '$.item'), op, bytes,
           CASE state WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 3 END, answer, NULL, at_us FROM operation_1;
INSERT INTO stream(stream, project, account, device, key, state, seq, hash, saved, opened_us, heard_us)
    SELECT stream, project, json_extract(bytes, '$.actor'), substr(stream, 1, 32), x'', 1, seq, hash,
           (SELECT ifnull(max(o.seq), 0) FROM operation_1 AS o WHERE o.stream = operation_1.stream AND o.state > 0),
           at_us, at_us
    FROM operation_1 WHERE seq = (SELECT max(seq) FROM operation_1 AS o WHERE o.stream = operation_1.stream);
DROP TABLE operation_1;

ALTER TABLE note RENAME TO note_1;
DROP INDEX note_item;
CREATE TABLE note(
    commitment BLOB PRIMARY KEY,
    item INTEGER REFERENCES item(no),
    key BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_item ON note(item);
INSERT INTO note(commitment, item, key, text) SELECT commitment, item, key, text FROM note_1;
DROP TABLE note_1;

CREATE TABLE inbox(
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project(no),
    stream TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    prev BLOB NOT NULL,
    brought_by TEXT NOT NULL,
    doubtful INTEGER NOT NULL,
    signature BLOB NOT NULL,
    body BLOB NOT NULL,
    judged INTEGER NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE notice(
    no INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    project INTEGER NOT NULL REFERENCES project(no),
    kind INTEGER NOT NULL,
    count INTEGER NOT NULL,
    items TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE lease(
    item INTEGER NOT NULL REFERENCES item(no),
    slot INTEGER NOT NULL,
    holder TEXT NOT NULL,
    stream TEXT NOT NULL,
    fence_epoch INTEGER NOT NULL,
    fence_count INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    offline INTEGER NOT NULL,
    PRIMARY KEY (item, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_stream ON lease(stream);

CREATE TABLE given_back(
    item INTEGER NOT NULL REFERENCES item(no),
    reviewer TEXT NOT NULL,
    PRIMARY KEY (item, reviewer)
) STRICT, WITHOUT ROWID;

CREATE TABLE tile(
    project INTEGER NOT NULL REFERENCES project(no),
    level INTEGER NOT NULL,
    n INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (project, level, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint(
    project INTEGER NOT NULL REFERENCES project(no),
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    note TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (project, epoch, size)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace countersign::store
