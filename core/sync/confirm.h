#pragma once
// What an event that came says about what this device itself did.

#include "core/sync/device.h"
#include "core/sync/page.h"

namespace countersign::sync {

// Inside a transaction. An own operation that the event records is no longer pending; one that waits, or was settled,
// says so. The device's clock goes on from the event's.
Status take_note_of(Device& device, const PulledEvent& pulled);

}  // namespace countersign::sync
