#pragma once
// A tier and how it stands, as JSON: what `countersign tier show` and the desk's board read. docs/api.md has the
// fields.

#include "core/api/tier_work.h"
#include "core/json/writer.h"

namespace countersign::api {

void write_tier(JsonWriter& writer, const TierOfModel& of, const ExaminedTier& examined);

}  // namespace countersign::api
