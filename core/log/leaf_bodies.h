#pragma once
// Reads the bodies of events by type. Not for use outside this folder.

#include <string>

#include "core/json/json.h"
#include "core/log/operation.h"
#include "core/log/review_json.h"
#include "core/model/event.h"

namespace countersign {

struct LeafBody {
    int64_t version = 2;
    const std::string& type;
    const Json& body;
    const ActorId& actor;
    const ProjectId& project;
    const Json* operation = nullptr;  // the leaf's "op", whatever it is
};

// unimplemented for a type that this version does not know.
Result<EventBody> read_event_body(const LeafBody& leaf);

}  // namespace countersign
