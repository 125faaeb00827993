#include "native/cli/stats/audit_figures.h"

#include <algorithm>
#include <map>

#include "core/base/concat.h"

namespace countersign::native {

namespace {

using audit::Estimator;
using table::AuditFinding;

// More kinds of propensities than these are no strata.
constexpr size_t kMostStrata = 16;

double loss_of(const table::ApprovedItem& item) {
    return item.finding == AuditFinding::wrong ? 1 : 0;
}

// Items by the file's strata or, where it has none, by their propensities; empty where these are too many.
std::vector<NamedStratum> strata_of(const table::NamedAudit& named, std::span<const size_t> rows) {
    const bool has_strata = !named.strata.names().empty();
    std::map<int64_t, NamedStratum> by_key;
    for (const size_t row : rows) {
        const table::ApprovedItem& item = named.approved[row];
        NamedStratum& stratum = by_key[has_strata ? item.stratum : item.propensity.value];
        if (stratum.counts.items == 0) {
            stratum.name =
                has_strata ? named.strata.names()[item.stratum] : concat("propensity ", to_decimal(item.propensity));
        }
        ++stratum.counts.items;
        stratum.counts.audited += item.finding == AuditFinding::not_audited ? 0 : 1;
        stratum.counts.errors += item.finding == AuditFinding::wrong ? 1 : 0;
        if (!has_strata && by_key.size() > kMostStrata) {
            return {};
        }
    }
    std::vector<NamedStratum> out;
    out.reserve(by_key.size());
    for (auto& [key, stratum] : by_key) {
        out.push_back(std::move(stratum));
    }
    return out;
}

}  // namespace

AuditFigures audit_figures(const table::NamedAudit& named, std::span<const size_t> rows, const AuditLevels& levels) {
    AuditFigures out;
    out.items = static_cast<int64_t>(rows.size());
    std::vector<audit::Audited> audits;
    double predicted = 0;
    Ppm least = kCertain;
    for (const size_t row : rows) {
        const table::ApprovedItem& item = named.approved[row];
        least = std::min(least, item.propensity);
        predicted += 1 - item.confidence;
        if (item.finding != AuditFinding::not_audited) {
            audits.push_back({item.propensity, loss_of(item), 1 - item.confidence});
            out.wrong += item.finding == AuditFinding::wrong ? 1 : 0;
        }
    }
    out.audited = static_cast<int64_t>(audits.size());
    const audit::Approved approved{.items = out.items, .mean_predicted = predicted / static_cast<double>(out.items)};
    std::vector<Estimator> estimators{Estimator::horvitz_thompson, Estimator::hajek};
    if (named.has_confidence) {
        estimators.push_back(Estimator::ppi_plus);
    }
    for (const Estimator estimator : estimators) {
        out.estimates.push_back({estimator, estimate_rate(audits, approved, estimator, levels.delta)});
    }
    out.strata = strata_of(named, rows);
    if (out.strata.empty()) {
        out.by = IntervalBy::betting;
        out.shown = betting_rate(audits, approved, least, levels.delta, levels.seed);
        return out;
    }
    std::vector<audit::StratumAudit> counts;
    counts.reserve(out.strata.size());
    for (const NamedStratum& stratum : out.strata) {
        counts.push_back(stratum.counts);
    }
    out.shown = stratified_rate(counts, levels.delta);
    return out;
}

}  // namespace countersign::native
