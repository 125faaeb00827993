#pragma once
// After a life that went well: somebody changes the server's log, or puts it back without saying so. Devices that saw
// more have to notice.

#include <cstdint>

namespace countersign::sim {

class World;

// Some seeds have one; it says so by its mishap.
void drill(World& world, uint64_t seed);

}  // namespace countersign::sim
