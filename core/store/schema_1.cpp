#include "core/store/schema_steps.h"

namespace countersign::store {

// Times are microseconds UTC; ids of projects and items are the outside's text once, integers everywhere else.
// event.at_key = project * 2^40 + seq: one integer clusters a project's log in its order.
// policy.bytes is null on a device that knows of a policy and has yet to fetch it.
// item.due_us is the largest integer where there is none, so that it sorts last; document and note are the erasable
// texts.
const char* const kSchema1 = R"sql(
CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE project(
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    head_link BLOB NOT NULL,
    policy BLOB,
    policy_version INTEGER NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    workset_cursor INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE policy(
    project INTEGER NOT NULL REFERENCES project(no),
    digest BLOB NOT NULL,
    bytes TEXT,
    PRIMARY KEY (project, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE event(
    at_key INTEGER PRIMARY KEY,
    item INTEGER,
    type TEXT NOT NULL,
    leaf TEXT NOT NULL,
    link BLOB
) STRICT;
CREATE INDEX event_item ON event(item, at_key) WHERE item IS NOT NULL;
CREATE INDEX event_change ON event(at_key) WHERE type <> 'item_ingested';

CREATE TABLE item(
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project(no),
    id TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    status INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    tier TEXT NOT NULL,
    due_us INTEGER NOT NULL,
    confidence_ppm INTEGER NOT NULL,
    label TEXT NOT NULL,
    model TEXT NOT NULL,
    decided_label TEXT NOT NULL,
    decided_us INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    pending INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX item_id ON item(project, id);
CREATE INDEX item_due ON item(project, status, due_us, no);
CREATE INDEX item_confidence ON item(project, status, confidence_ppm, no);

CREATE TABLE document(
    item INTEGER PRIMARY KEY REFERENCES item(no),
    commitment BLOB NOT NULL,
    key BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE note(
    commitment BLOB PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES item(no),
    key BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_item ON note(item);

CREATE TABLE operation(
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    project INTEGER NOT NULL REFERENCES project(no),
    item INTEGER,
    op TEXT NOT NULL,
    hash BLOB NOT NULL,
    bytes TEXT NOT NULL,
    state INTEGER NOT NULL,
    answer TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX operation_op ON operation(op);
CREATE INDEX operation_pending ON operation(item) WHERE state = 0;

CREATE TABLE account(
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE session(
    token_hash BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account(name),
    created_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE service_token(
    token_hash BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    project TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
)sql";

}  // namespace countersign::store
