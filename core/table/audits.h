#pragma once
// Automatically approved items and what their audit found, out of a file (records.h): one record an item, in order of
// time, with an item ("item", "item_id" or "task"), the "propensity" with which it was to be audited as it was recorded
// at the approval, whether it was "audited" (true or false, 1 or 0), the approved "predicted_label", and the
// "true_label" that the audit found: empty where there was none. "confidence", if it is there, is the model's
// calibrated one; "stratum" the group of risk that shares one propensity (core/audit/strata.h); slice_<name> as in
// predictions.h.
//
// Every approved item belongs into the file, also those that nobody looked at: estimates are about all of them.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/ppm.h"
#include "core/base/result.h"
#include "core/table/answers.h"
#include "core/table/records.h"
#include "core/table/slice_columns.h"

namespace countersign::table {

enum class AuditFinding : uint8_t { not_audited, right, wrong };

struct ApprovedItem {
    uint32_t item = 0;
    uint64_t line = 0;  // of the file
    Ppm propensity{};   // above 0
    AuditFinding finding = AuditFinding::not_audited;
    double confidence = 1;  // 1 where the file has none
    uint32_t stratum = 0;   // 0 where the file has none
};

struct NamedAudit {
    NameList items;
    NameList strata;  // none where the file has no such column
    std::vector<ApprovedItem> approved;
    bool has_confidence = false;
    Slices slices;
};

class AuditReader : public RecordSink {
public:
    // Also refused: an item that stands there twice; an audit without its finding and a finding without its audit; an
    // item that was certain to be audited and was not; propensities that differ within a stratum; a column that only
    // some records have.
    Status take(const Record& record) override;
    // invalid_argument when there was no item.
    Result<NamedAudit> finish();

private:
    Result<AuditFinding> finding_of(const Record& record, Ppm propensity) const;
    Status take_stratum(const Record& record, ApprovedItem& out);

    struct StratumBegin {
        Ppm propensity;
        uint64_t line;
    };

    NamedAudit read_;
    std::vector<StratumBegin> strata_;
};

}  // namespace countersign::table
