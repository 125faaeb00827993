#pragma once
// Routes in leaves, and the facts about tiers, read and written. Not for use outside this folder.

#include <string>

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/model/event.h"

namespace countersign {

Result<RouteTaken> read_route(const Json& json, const std::string& path);
void write_route(JsonWriter& writer, const RouteTaken& route);

Result<EventBody> read_calibration_chosen(Fields& fields);
Result<EventBody> read_tier_certified(Fields& fields);
Result<EventBody> read_tier_closed(Fields& fields);
Result<EventBody> read_item_rerouted(Fields& fields);

void write_body(JsonWriter& writer, const CalibrationChosen& body);
void write_body(JsonWriter& writer, const TierCertified& body);
void write_body(JsonWriter& writer, const TierClosed& body);
void write_body(JsonWriter& writer, const ItemRerouted& body);

}  // namespace countersign
