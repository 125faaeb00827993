#pragma once
// What the audit says about approved items, in words and as JSON.

#include <optional>
#include <string>
#include <vector>

#include "native/cli/stats/audit_figures.h"
#include "native/cli/stats/audit_watch.h"

namespace countersign::native {

struct AuditOutcome {
    const table::NamedAudit& named;
    AuditLevels levels;
    AuditFigures all;
    std::vector<AuditFigures> slices;
    std::optional<AlarmOutcome> alarm{};  // where a limit was given
};

std::string audit_text(const AuditOutcome& outcome);
std::string audit_json(const AuditOutcome& outcome);

}  // namespace countersign::native
