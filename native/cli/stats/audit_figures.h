#pragma once
// How many of the approved items are wrong, as `countersign stats audit` answers it: every estimate beside the others,
// and the one interval to show (docs/certificates.md).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/audit/interval.h"
#include "core/table/audits.h"

namespace countersign::native {

struct NamedEstimate {
    audit::Estimator estimator = audit::Estimator::horvitz_thompson;
    audit::Estimate estimate;
};

struct NamedStratum {
    std::string name;
    audit::StratumAudit counts;
};

// Strata: the file's, or items of one propensity where there are few of them. Otherwise by betting.
enum class IntervalBy : uint8_t { strata, betting };

struct AuditFigures {
    std::string scope;  // empty: all items
    int64_t items = 0;
    int64_t audited = 0;
    int64_t wrong = 0;  // of these
    std::vector<NamedEstimate> estimates;
    IntervalBy by = IntervalBy::strata;
    std::vector<NamedStratum> strata;
    audit::Estimate shown;
};

struct AuditLevels {
    double delta = 0.05;  // of each interval
    uint64_t seed = 1;    // of the betting interval's order
};

// `rows` of the file's records, in order; not empty.
AuditFigures audit_figures(const table::NamedAudit& named, std::span<const size_t> rows, const AuditLevels& levels);

}  // namespace countersign::native
