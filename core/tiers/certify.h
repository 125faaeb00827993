#pragma once
// Calibrates a model and opens a tier for it, as facts for the log; or says what is missing.

#include "core/calibration/choose.h"
#include "core/tiers/looks.h"
#include "core/tiers/place.h"

namespace countersign::tiers {

struct CertifyRequest {
    const Policy& policy;
    const TierDef& tier;  // with a promise
    ModelId model;
    const TierBoard& board;
    std::string_view secret;  // core/tiers/keys.h
};

// Everything that is known about a tier and a model before anybody decides to open it.
struct Readiness {
    Evidence evidence;
    calibration::Choice calibration;  // by all evidence that is decided
    Looks looks;
};

// `drawn` as for gather_evidence().
Result<Readiness> examine(const CertifyRequest& request, std::span<const DrawnItem> drawn);

// How a chosen map reads in the log; nothing where it is the one in force.
std::optional<CalibrationChosen> calibration_fact(const CertifyRequest& request, const Readiness& readiness);

// `calibrated_by`: the number of the CalibrationChosen that is in force then, 0 without one. Errors:
// failed_precondition where no look opens the tier, with what is missing; or where it is open already with the same
// threshold.
Result<TierCertified> certificate_fact(const CertifyRequest& request, const Readiness& readiness,
                                       const TierBoard& board_then, EventSeq calibrated_by);

// "closed: 412 of 600 drawn items decided; 188 wait for people"
std::string what_is_missing(const Readiness& readiness);

}  // namespace countersign::tiers
