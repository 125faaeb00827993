#pragma once
// The API as a whole: a pure function from request to response over a workspace. It knows no socket, no thread, no
// clock of its own; HTTP, tests and a message bridge call the same three functions (see exchange.h for how a carrier
// uses them).

#include <memory>
#include <string>

#include "core/api/exchange.h"
#include "core/api/workspace.h"

namespace countersign::api {

// Looks at the head only. Needs a reader's workspace to know who asks.
Plan plan(const RequestHead& head, Workspace& reader);

// For what plan() did not refuse, on the lane it named. Rights are checked again here: nothing rests on plan() alone.
Response answer(const RequestHead& head, const std::string& body, Workspace& workspace);

// For a plan with streamed_body.
Result<std::unique_ptr<BodySink>> open_sink(const RequestHead& head, Workspace& reader);

}  // namespace countersign::api
