#include "core/store/schema_steps.h"

namespace countersign::store {

// Changes of the policy are a handful among millions of events.
const char* const kSchema5 = R"sql(
CREATE INDEX event_policy ON event(at_key)
    WHERE type IN ('policy_proposed', 'policy_change_withdrawn', 'policy_approved');
)sql";

}  // namespace countersign::store
