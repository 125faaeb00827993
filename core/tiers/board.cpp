#include "core/tiers/board.h"

#include <algorithm>
#include <cmath>

#include "core/calibration/calibrator_json.h"

namespace countersign::tiers {

Ppm to_ppm(double probability) {
    return Ppm{static_cast<int32_t>(std::floor(std::clamp(probability, 0.0, 1.0) * kCertain.value + 0.5))};
}

void TierBoard::apply(const Event& event) {
    if (const auto* chosen = std::get_if<CalibrationChosen>(&event.body)) {
        // What this version cannot read is no map: the model counts as not calibrated, as it does elsewhere.
        const auto json = parse_json(chosen->calibrator);
        const auto map =
            json.ok() ? calibration::read_calibrator(json.value()) : Result<calibration::Calibrator>(json.error());
        if (map.ok()) {
            calibrations_[chosen->model.text] = {*chosen, map.value(), event.seq, event.at};
        } else {
            calibrations_.erase(chosen->model.text);
        }
    } else if (const auto* certified = std::get_if<TierCertified>(&event.body)) {
        Certification one;
        one.certified = *certified;
        one.seq = event.seq;
        one.at = event.at;
        newest_[{certified->tier, certified->model.text}] = certifications_.size();
        certifications_.push_back(std::move(one));
    } else if (const auto* closed = std::get_if<TierClosed>(&event.body)) {
        Certification* one = find(closed->certificate);
        if (one != nullptr && one->open()) {
            one->closed = *closed;
            one->closed_at = event.at;
        }
    }
}

void TierBoard::count(const RouteTaken& route) {
    if (!route.promise || !is_promised(route.promise->outcome)) {
        return;
    }
    if (Certification* one = find(route.promise->certificate)) {
        one->promised.items = std::max(one->promised.items, route.promise->number);
        const auto stratum = static_cast<size_t>(route.promise->stratum);
        if (stratum < one->promised.by_stratum.size()) {
            ++one->promised.by_stratum[stratum];
        }
    }
}

void TierBoard::set_promised(int64_t serial, const PromisedItems& promised) {
    if (Certification* one = find(serial)) {
        one->promised = promised;
    }
}

Certification* TierBoard::find(int64_t serial) {
    const auto found = std::find_if(certifications_.begin(), certifications_.end(),
                                    [&](const Certification& one) { return one.certified.serial == serial; });
    return found == certifications_.end() ? nullptr : &*found;
}

const Certification* TierBoard::by_serial(int64_t serial) const {
    const auto found = std::find_if(certifications_.begin(), certifications_.end(),
                                    [&](const Certification& one) { return one.certified.serial == serial; });
    return found == certifications_.end() ? nullptr : &*found;
}

const Calibration* TierBoard::calibration(const ModelId& model) const {
    const auto found = calibrations_.find(model.text);
    return found == calibrations_.end() ? nullptr : &found->second;
}

const Certification* TierBoard::newest(const std::string& tier, const ModelId& model) const {
    const auto found = newest_.find({tier, model.text});
    return found == newest_.end() ? nullptr : &certifications_[found->second];
}

const Certification* TierBoard::holds(const std::string& tier, const ModelId& model, const Digest& basis) const {
    const Certification* one = newest(tier, model);
    return one != nullptr && one->open() && one->certified.basis == basis ? one : nullptr;
}

std::optional<Ppm> TierBoard::calibrated(const Prediction& prediction) const {
    const Calibration* one = calibration(prediction.model);
    return one == nullptr
               ? std::nullopt
               : std::optional(to_ppm(calibration::calibrate(one->calibrator, prediction.confidence.as_double())));
}

}  // namespace countersign::tiers
