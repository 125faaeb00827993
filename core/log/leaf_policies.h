#pragma once
// The facts about changes of a policy in leaves, read and written. Not for use outside this folder.

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/model/event.h"

namespace countersign {

Result<EventBody> read_policy_proposed(Fields& fields);
Result<EventBody> read_policy_change_withdrawn(Fields& fields);
Result<EventBody> read_policy_approved(Fields& fields);

void write_body(JsonWriter& writer, const PolicyProposed& body);
void write_body(JsonWriter& writer, const PolicyChangeWithdrawn& body);
void write_body(JsonWriter& writer, const PolicyApproved& body);

}  // namespace countersign
