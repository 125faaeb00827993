#pragma once
// A server's next life, after its store was put back to an older state: a new epoch, whose first entry in each
// project's log names what it continues. Devices that know more see the new incarnation, take back what was lost and
// offer it again.

#include "core/base/instant.h"
#include "core/store/identity.h"

namespace countersign::seal {

// In a transaction of its own, or the open one. `above`: an epoch that this server is known to have been in; the new
// one is greater. Errors: of the store; corrupt when leaves are missing.
Result<store::ServerIdentity> begin_anew(store::Database& database, Entropy& entropy, Instant now, uint64_t above = 0);

}  // namespace countersign::seal
