#pragma once
// Changes of a policy and their replay as text, out of the API's JSON.

#include "core/json/json.h"

namespace countersign::native {

// One change a line, indented; a sentence where there is none.
void print_changes(const JsonArray& changes);
// The sentence, then a few of the items of each move and the moves between routes.
void print_replay(const Json& replay);

}  // namespace countersign::native
