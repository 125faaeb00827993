#pragma once
// The system's clocks.

#include "core/ports/clock.h"

namespace countersign::native {

class SystemClock : public Clock {
public:
    Instant now() override;
    Duration monotonic() override;
};

}  // namespace countersign::native
