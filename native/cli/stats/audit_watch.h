#pragma once
// The alarm that `countersign stats audit` runs over approved items in order of time, and where it went off.

#include <cstdint>
#include <optional>

#include "core/table/audits.h"

namespace countersign::native {

// A record of the file, and how many audits there were up to it.
struct AuditPoint {
    size_t row = 0;
    int64_t audits = 0;
};

// Whose evidence counts (core/audit/alarm.h): with one propensity for all that of the audited items alone, else that of
// every approved item, weighted.
enum class AlarmMethod : uint8_t { beta_mixture, weighted };

struct AlarmOutcome {
    Ppm limit{};
    Ppm alpha{};
    AlarmMethod method = AlarmMethod::beta_mixture;
    double log_e = 0;                     // at the end
    double log_e_highest = 0;             // ever; 0 before the first audit
    std::optional<AuditPoint> alarmed{};  // the first time
    // The last record before the alarm at which the evidence against the limit was lowest (Page's estimate of a change,
    // 1954): it has only grown since. Nothing: from the first record on.
    std::optional<AuditPoint> last_good{};
    // Where the detector of a change after a good while went off first, of the beta mixture only: a warning that is
    // false once in a thousand audits.
    std::optional<AuditPoint> changed{};
};

AlarmOutcome watch(const table::NamedAudit& named, Ppm limit, Ppm alpha);

}  // namespace countersign::native
