#pragma once
// The variables that routing conditions have, for tests: item, prediction, model, history, now.

#include "core/rules/environment.h"

namespace countersign::rules {

Environment routing_environment();

}  // namespace countersign::rules
