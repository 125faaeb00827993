#include "core/store/schema_steps.h"

namespace countersign::store {

// drawn: items that were drawn as evidence or for an audit, with what people found; promised: how many items each
// certificate promised about, s0 to s3 by stratum. Both are folded from events. rerouting: which open or closed
// certificate still has items to place anew, and how far that has come.
const char* const kSchema4 = R"sql(
CREATE TABLE drawn(
    item INTEGER PRIMARY KEY REFERENCES item(no),
    project INTEGER NOT NULL REFERENCES project(no),
    tier TEXT NOT NULL,
    model TEXT NOT NULL,
    policy BLOB NOT NULL,
    outcome INTEGER NOT NULL,
    propensity_ppm INTEGER NOT NULL,
    certificate INTEGER NOT NULL,
    number INTEGER NOT NULL,
    stratum INTEGER NOT NULL,
    confidence_ppm INTEGER NOT NULL,
    error_ppm INTEGER NOT NULL,
    arrived_us INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    decided_us INTEGER NOT NULL
) STRICT;
CREATE INDEX drawn_tier ON drawn(project, tier, model, arrived_us, item);

CREATE TABLE promised(
    project INTEGER NOT NULL REFERENCES project(no),
    certificate INTEGER NOT NULL,
    items INTEGER NOT NULL,
    s0 INTEGER NOT NULL,
    s1 INTEGER NOT NULL,
    s2 INTEGER NOT NULL,
    s3 INTEGER NOT NULL,
    PRIMARY KEY (project, certificate)
) STRICT, WITHOUT ROWID;

CREATE TABLE rerouting(
    project INTEGER NOT NULL REFERENCES project(no),
    certificate INTEGER NOT NULL,
    closing INTEGER NOT NULL,
    after_item INTEGER NOT NULL,
    PRIMARY KEY (project, certificate, closing)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_tier ON event(at_key) WHERE type IN ('calibration_chosen', 'tier_certified', 'tier_closed');

DROP INDEX event_incident;
CREATE INDEX event_incident ON event(at_key)
    WHERE type IN ('stream_forked', 'work_lost', 'contradiction_found', 'operation_quarantined', 'epoch_started',
                   'rights_revoked', 'rights_restored', 'tier_closed');
)sql";

}  // namespace countersign::store
