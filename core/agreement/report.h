#pragma once
// Everything about the agreement on one table of answers: what `countersign stats agreement` prints. Coefficients stand
// beside each other and beside the raw share of agreement, because none of them tells the whole story: where one label
// is rare, kappa can be below 0 and AC1 above 0.9 for the same answers.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/agreement/alpha_bootstrap.h"
#include "core/agreement/confusions.h"
#include "core/agreement/outcome.h"
#include "core/agreement/ratings.h"

namespace countersign::agreement {

// What the labels' values mean; each scale allows what those before it allow.
enum class Scale { nominal, ordinal, interval, ratio };
std::string_view name_of(Scale scale);

enum class Coefficients { percent, cohen_kappa, conger_kappa, fleiss_kappa, brennan_prediger, gwet_ac };
std::string_view name_of(Coefficients which);

// Weights of a coefficient in the report: identity, and beyond the nominal scale those that fit: ordinal, or quadratic
// from the interval scale on.
enum class WeightsUsed { identity, ordinal, quadratic };
std::string_view name_of(WeightsUsed weights);

struct CoefficientLine {
    Coefficients which = Coefficients::percent;
    WeightsUsed weights = WeightsUsed::identity;
    Outcome outcome = Undefined::no_pairable_unit;
};

struct AlphaLine {
    Scale distance = Scale::nominal;
    AlphaOutcome alpha = Undefined::no_pairable_unit;
    SpreadOutcome spread = Undefined::no_pairable_unit;
};

struct AgreementReport {
    size_t items = 0;                           // with an answer
    size_t pairable_items = 0;                  // with answers of two reviewers
    size_t reviewers = 0;                       // who answered anything
    size_t answers = 0;                         // that count
    size_t repeats = 0;                         // answers that were replaced by a later one of the same reviewer
    std::vector<CoefficientLine> coefficients;  // cohen_kappa only for exactly two reviewers
    std::vector<AlphaLine> alphas;              // nominal up to the scale
    std::vector<AlphaOutcome> by_label;         // each label against all others
    std::vector<ConfusedPair> confused;
};

struct ReportOptions {
    Scale scale = Scale::nominal;
    std::vector<double> values{};  // one a label, finite; empty: 0, 1, 2, ...
    BootstrapOptions bootstrap{};  // its confidence is that of all intervals
    size_t confused_pairs = 10;    // at most
};

AgreementReport agreement_report(const stats::AnswerTable& table, const ReportOptions& options);

}  // namespace countersign::agreement
