#pragma once
// What an event that came says about what this device itself did.

#include "core/sync/device.h"
#include "core/sync/page.h"

namespace countersign::sync {

// Whether it records an operation of this device.
bool is_own(const Device& device, const PulledEvent& pulled);

// Inside a transaction. An own operation that the event records is no longer pending; one that waits, or was settled,
// says so. The device's clock goes on from the event's; what others' devices say of the log is remembered.
Status take_note_of(Device& device, const store::ProjectRow& project, const PulledEvent& pulled);

}  // namespace countersign::sync
