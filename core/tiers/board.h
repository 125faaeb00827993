#pragma once
// What holds of a project's automatic tiers: which map each model's confidences are read by, which tiers are open for
// which model and from which confidence on, how many items each certificate has promised about. Folded from the
// project's facts; small, whatever the project's size.
//
// Contract: apply() takes the project's events in their order (others are passed over), count() each routing.

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/calibration/calibrator.h"
#include "core/model/event.h"

namespace countersign::tiers {

struct Calibration {
    CalibrationChosen chosen;
    calibration::Calibrator calibrator;
    EventSeq seq = 0;
    Instant at;
};

// How many items a certificate has promised about, audited or not.
struct PromisedItems {
    int64_t items = 0;  // the number of the last one
    std::array<int64_t, TierCertified::kStrata> by_stratum{};
};

struct Certification {
    TierCertified certified;
    EventSeq seq = 0;
    Instant at;
    std::optional<TierClosed> closed;
    Instant closed_at;
    PromisedItems promised;

    bool open() const { return !closed; }
};

class TierBoard {
public:
    void apply(const Event& event);
    void count(const RouteTaken& route);
    // What was counted before: of the certificate with this serial.
    void set_promised(int64_t serial, const PromisedItems& promised);

    // The newest; nullptr without one.
    const Calibration* calibration(const ModelId& model) const;
    // The newest of the tier for the model, open or not; nullptr without one.
    const Certification* newest(const std::string& tier, const ModelId& model) const;
    // The one that holds under a promise with this basis; nullptr while the tier is closed.
    const Certification* holds(const std::string& tier, const ModelId& model, const Digest& basis) const;
    const Certification* by_serial(int64_t serial) const;

    // All there ever were, by serial.
    const std::vector<Certification>& certifications() const { return certifications_; }

    const std::map<std::string, Calibration>& calibrations() const { return calibrations_; }

    int64_t next_serial() const { return static_cast<int64_t>(certifications_.size()) + 1; }

    // Of the model's confidence; nothing where the model is not calibrated.
    std::optional<Ppm> calibrated(const Prediction& prediction) const;

private:
    Certification* find(int64_t serial);

    std::map<std::string, Calibration> calibrations_;  // by model
    std::vector<Certification> certifications_;
    std::map<std::pair<std::string, std::string>, size_t> newest_;  // by tier and model, into certifications_
};

// A probability as it is recorded, rounded to the nearest millionth.
Ppm to_ppm(double probability);

}  // namespace countersign::tiers
