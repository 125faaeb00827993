#pragma once
// Facts about automatic tiers and their promises, model by model: what confidences were found to mean, when a tier
// opened on which evidence, when it closed and why. docs/tiers.md tells the story, core/tiers folds them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/ppm.h"
#include "core/hash/sha256.h"
#include "core/model/route_taken.h"

namespace countersign {

// From here on, this model's confidences are read by this map.
struct CalibrationChosen {
    ModelId model;
    std::string calibrator;  // as JSON text (core/calibration/calibrator_json.h)
    int64_t reviews = 0;     // that it was chosen by
    std::string words;       // why this one, in a sentence
};

// The tier is open for this model. Numbers are as in core/certificate/certificate.h.
struct TierCertified {
    static constexpr size_t kStrata = 4;

    std::string tier;
    ModelId model;
    int64_t serial = 0;          // 1, 2, 3 ... within the project
    Digest basis;                // TierPromise::basis: it holds as long as the policy's is this
    EventSeq calibrated_by = 0;  // the CalibrationChosen that thresholds are shown by; 0: none
    std::string method;
    Ppm threshold;  // of the confidence that the model states
    Ppm max_error;  // epsilon
    Ppm delta;
    int64_t reviewed = 0;  // evidence, of any confidence
    int64_t accepted = 0;  // of it, at least as sure as the threshold
    int64_t errors = 0;    // of these
    Ppm propensity;        // with which each was drawn
    Instant from;          // arrival of the first and the last of the evidence
    Instant to;
    // Of the evidence that came after that and before this, so much stays drawn; the rest is placed anew.
    Ppm still_drawn;
    // The audit: strata of the probability of being wrong, by their upper bounds (the last has none), and with which
    // propensity each is drawn.
    std::array<Ppm, kStrata - 1> strata{};
    std::array<Ppm, kStrata> propensities{};
    Digest audit_key;  // SHA-256 of the key of its coins, which TierClosed tells
};

enum class TierClosedBy : uint8_t {
    alarm,      // the audit found too many errors
    person,     // somebody with the right to do so
    successor,  // another certificate for the same tier and model
};

std::string_view tier_closed_by_name(TierClosedBy by);
std::optional<TierClosedBy> tier_closed_by_from_name(std::string_view name);

struct TierClosed {
    std::string tier;
    ModelId model;
    int64_t certificate = 0;  // its serial
    TierClosedBy by = TierClosedBy::person;
    int64_t approved = 0;  // items that it promised about
    int64_t audited = 0;   // of them, reviewed by then
    int64_t errors = 0;    // of these
    // Approved items numbered above this are offered for review; nothing: all stay approved.
    std::optional<int64_t> good_until;
    std::string audit_key;  // 32 bytes: now anybody can throw its coins again
    std::string words;      // why, without personal text
};

enum class ReroutedBy : uint8_t {
    opened,  // its tier has opened
    closed,  // its tier was closed by an alarm
};

std::string_view rerouted_by_name(ReroutedBy by);
std::optional<ReroutedBy> rerouted_by_from_name(std::string_view name);

// An item that nobody has decided on goes another way than it came.
struct ItemRerouted {
    RouteTaken route;
    ReroutedBy by = ReroutedBy::opened;
};

}  // namespace countersign
