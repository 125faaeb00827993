#pragma once

// The end of a simulation: the faults are over, everybody comes back, everything is sent, judged, settled, sealed and
// pulled; then every invariant has to hold.

namespace countersign::sim {

class World;

void come_to_rest(World& world);
void check_at_rest(World& world);

}  // namespace countersign::sim
