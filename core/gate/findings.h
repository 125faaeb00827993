#pragma once
// What in a report keeps a candidate from passing, in words. Internal to core/gate.

#include <vector>

#include "core/gate/gate.h"

namespace countersign::gate {

// Of a report that is otherwise complete.
std::vector<GateFinding> findings_of(const GateReport& report);

}  // namespace countersign::gate
