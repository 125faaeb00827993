#include "tests/sim/mishap.h"

namespace countersign::sim {

namespace {

constexpr std::array<std::string_view, kMishaps> kNames = {
    "message lost",
    "message doubled",
    "message delayed",
    "message overtaken",
    "answer lost after the commit",
    "answer cut off",
    "answer delayed",
    "server busy (503)",
    "too many requests (429)",
    "signed out (401)",
    "partition",
    "server crash before the commit",
    "server crash after the commit",
    "server crash between requests",
    "server restored from a backup",
    "server rolled back without a new epoch",
    "device crash in a write",
    "device crash after the flush",
    "device's store rolled back",
    "device cloned",
    "device's store evicted",
    "device's cookies forgotten",
    "another person on the device",
    "clock skewed",
    "device's clock set back",
    "device's clock set forward",
    "server's clock set",
    "lease ran out before the decision",
    "rights revoked",
    "rights restored",
    "device revoked",
    "policy changed",
    "item closed",
    "prediction replaced",
    "poison operation",
    "operation of a newer version",
    "huge batch",
    "tab frozen",
    "log sealed in part",
    "outbox handed in as a file",
    "stable operations forgotten",
    "subject erased",
    "server crash in an erasure",
    "log tampered",
};

}  // namespace

std::string_view mishap_name(Mishap mishap) {
    return kNames[static_cast<size_t>(mishap)];
}

}  // namespace countersign::sim
