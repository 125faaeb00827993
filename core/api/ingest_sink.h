#pragma once
// The streamed body of POST .../predictions: JSON Lines, or one JSON value (an object or a list of them) when the
// content type is application/json.

#include <memory>
#include <string_view>

#include "core/api/exchange.h"
#include "core/api/ingest.h"

namespace countersign::api {

Result<std::unique_ptr<BodySink>> make_ingest_sink(const ProjectId& project, const ActorId& actor,
                                                   const ApiLimits& limits, std::string_view content_type);

}  // namespace countersign::api
