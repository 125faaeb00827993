#pragma once
// The parts of load_policy(), one source each. Not for use outside this folder.

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/json/fields.h"
#include "core/policy/load.h"
#include "core/policy/policy.h"

namespace countersign::policy_parts {

// Calls read(Fields&, path) for each object of a list and refuses two with the same `id`.
Status read_labels(Fields& fields, const PolicyLimits& limits, Policy& out);
Status read_interface(Fields& fields, Policy& out);
Status read_item_schema(Fields& fields, const PolicyLimits& limits, Policy& out);
Status read_calendars(Fields& fields, const PolicyLimits& limits, Policy& out);
Status check_calendar(const Policy& policy, const TierDef& tier, const std::string& path);
Status read_tiers(Fields& fields, const PolicyLimits& limits, Policy& out);
// "promise" of a tier, if it is there; complete_promises() adds what only the whole policy tells.
Result<std::optional<TierPromise>> read_promise(Fields& tier);
// After the routes.
Status complete_promises(Policy& policy);
Status read_checklists(Fields& fields, const PolicyLimits& limits, Policy& out);
Status read_reason_codes(Fields& fields, const PolicyLimits& limits, Policy& out);
// After all others: routes refer to tiers and compile against the item schema.
Status read_routes(Fields& fields, const PolicyLimits& limits, Policy& out);
// What can only be seen with everything read: named checklists and codes exist, requirements can be met.
Status check_references(const Policy& policy);

// An id of definitions: 1 to 64 of a-z, A-Z, 0-9, '_', '-', '.'; refused when `taken` has it.
Result<std::string> read_id(Fields& fields, const std::vector<std::string>& taken);
// "due": a duration longer than nothing, if it is there.
Result<std::optional<Duration>> read_due(Fields& fields);
Result<std::vector<Verdict>> read_verdicts(Fields& fields, std::string_view name,
                                           const std::vector<Verdict>& otherwise);

}  // namespace countersign::policy_parts
