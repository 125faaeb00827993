#include "core/tiers/certify.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/audit/propensity.h"
#include "core/audit/strata.h"
#include "core/base/concat.h"
#include "core/calibration/calibrator_json.h"
#include "core/tiers/keys.h"

namespace countersign::tiers {

namespace {

std::vector<Certification> certifications_of(const CertifyRequest& request) {
    std::vector<Certification> out;
    for (const Certification& one : request.board.certifications()) {
        if (one.certified.tier == request.tier.id && one.certified.model == request.model) {
            out.push_back(one);
        }
    }
    return out;
}

std::vector<calibration::Outcome> outcomes_of(const Evidence& evidence) {
    std::vector<calibration::Outcome> out;
    for (const DrawnItem& item : evidence.items) {
        if (item.finding != Finding::waits) {
            out.push_back({item.confidence.as_double(), item.finding == Finding::right});
        }
    }
    return out;
}

// The probability of being wrong, of what the certificate accepts, as the board will calibrate it.
std::vector<double> risks_of(const Look& look, const Evidence& evidence, const TierBoard& board, const ModelId& model) {
    std::vector<double> out;
    const Calibration* calibration = board.calibration(model);
    for (size_t i = 0; i < static_cast<size_t>(look.size); ++i) {
        const Ppm confidence = evidence.items[i].confidence;
        if (confidence >= look.certificate.opened->threshold) {
            const double stated = confidence.as_double();
            out.push_back(1 -
                          (calibration == nullptr ? stated : calibration::calibrate(calibration->calibrator, stated)));
        }
    }
    return out;
}

// Four strata of risk, each drawn at one rate: proportional to what makes estimates least uncertain, scaled so that the
// mean over what is accepted is the audit's share.
void plan_audit(TierCertified& out, const std::vector<double>& risks, Ppm share) {
    std::vector<double> sorted = risks;
    std::sort(sorted.begin(), sorted.end());
    constexpr std::array<double, 3> kQuantiles{0.5, 0.8, 0.95};
    for (size_t i = 0; i < kQuantiles.size(); ++i) {
        const auto at = static_cast<size_t>(kQuantiles[i] * static_cast<double>(sorted.size() - 1));
        out.strata[i] = to_ppm(sorted[at]);
    }
    std::array<audit::Stratum, TierCertified::kStrata> strata{};
    for (const double risk : risks) {
        audit::Stratum& one = strata[static_cast<size_t>(stratum_of(out, to_ppm(risk)))];
        ++one.items;
        one.mean_error_probability += risk;
    }
    std::vector<double> means;
    for (audit::Stratum& one : strata) {
        // A map that says "never wrong" has not seen enough: half an error more than it knows of.
        one.mean_error_probability = (one.mean_error_probability + 0.5) / static_cast<double>(one.items + 1);
        for (int64_t i = 0; i < one.items; ++i) {
            means.push_back(one.mean_error_probability);
        }
    }
    const audit::PropensityRule rule(means, share.as_double());
    for (size_t i = 0; i < strata.size(); ++i) {
        // A stratum that no evidence fell into: what the share says. Never so much that nearly nothing is approved
        // there.
        const Ppm planned = strata[i].items == 0 ? share : rule(strata[i].mean_error_probability);
        out.propensities[i] = std::min(planned, Ppm{std::max(share.value, std::min(8 * share.value, 500'000))});
    }
}

}  // namespace

Result<Readiness> examine(const CertifyRequest& request, std::span<const DrawnItem> drawn) {
    const std::vector<Certification> certifications = certifications_of(request);
    const std::string key = evidence_key(request.secret);
    Readiness out;
    out.evidence = gather_evidence(drawn, {key, certifications});
    out.calibration = calibration::choose_calibrator(outcomes_of(out.evidence), {}, {});
    out.looks = CS_TRY(look_at(out.evidence, *request.tier.promise,
                               {.scope = concat("tier ", request.tier.id),
                                .model = request.model,
                                .calibrator = "none",
                                .from = {},
                                .to = {}}));
    return out;
}

std::optional<CalibrationChosen> calibration_fact(const CertifyRequest& request, const Readiness& readiness) {
    const calibration::Choice& choice = readiness.calibration;
    if (choice.reason == calibration::ChoiceReason::too_few_reviews) {
        return std::nullopt;
    }
    CalibrationChosen out{request.model, calibration::to_json(choice.calibrator), static_cast<int64_t>(choice.reviews),
                          calibration::explain(choice)};
    const Calibration* now = request.board.calibration(request.model);
    return now != nullptr && now->chosen.calibrator == out.calibrator ? std::nullopt : std::optional(std::move(out));
}

Result<TierCertified> certificate_fact(const CertifyRequest& request, const Readiness& readiness,
                                       const TierBoard& board_then, EventSeq calibrated_by) {
    if (!readiness.looks.best) {
        return fail(ErrorCode::failed_precondition, what_is_missing(readiness), "tier");
    }
    const Look& look = readiness.looks.done[*readiness.looks.best];
    const certificate::Certificate& found = look.certificate;
    const TierPromise& promise = *request.tier.promise;
    if (const Certification* holds = board_then.holds(request.tier.id, request.model, promise.basis);
        holds != nullptr && holds->certified.threshold <= found.opened->threshold) {
        return fail(ErrorCode::failed_precondition,
                    concat("the tier is open already, from confidence ", to_decimal(holds->certified.threshold),
                           " on; the evidence since does not allow a lower one"),
                    "tier");
    }
    TierCertified out;
    out.tier = request.tier.id;
    out.model = request.model;
    out.serial = board_then.next_serial();
    out.basis = promise.basis;
    out.calibrated_by = calibrated_by;
    out.method = concat(certificate::name_of(found.asked.search.method), ", look ", look.number);
    out.threshold = found.opened->threshold;
    out.max_error = promise.max_error;
    out.delta = found.asked.delta;
    out.reviewed = found.reviewed;
    out.accepted = found.opened->accepted;
    out.errors = found.opened->errors;
    out.propensity = readiness.evidence.propensity;
    out.from = found.asked.provenance.from;
    out.to = found.asked.provenance.to;
    out.still_drawn = std::min(promise.evidence_while_open, promise.evidence_while_closed);
    plan_audit(out, risks_of(look, readiness.evidence, board_then, request.model), promise.audit);
    out.audit_key = commitment_to(audit_key(request.secret, out.serial));
    return out;
}

std::string what_is_missing(const Readiness& readiness) {
    const Evidence& evidence = readiness.evidence;
    const Looks& looks = readiness.looks;
    std::string out = concat("the evidence is too thin: ", evidence.decided, " drawn items are decided without a gap, ",
                             evidence.waiting, " wait for people; the next look is at ", looks.next_size);
    if (!looks.done.empty()) {
        const auto& plan = looks.done.back().certificate.plan;
        const auto rate = plan ? plan->at_observed_rate : std::nullopt;
        out += concat(". Of the first ", looks.done.back().size, " too many are wrong at every threshold");
        out += rate ? concat("; at this rate it takes some ", *rate, " more")
                    : ". At this rate no number of reviews opens it";
    }
    return out;
}

}  // namespace countersign::tiers
