#include "native/cli/stats/certificate_json.h"

#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using certificate::Certificate;

void write_opened(JsonWriter& json, const certificate::Cut& cut) {
    json.name("threshold").decimal(to_decimal(cut.threshold));
    json.member("accepted", cut.accepted).member("errors", cut.errors);
}

void write_plan(JsonWriter& json, const certificate::ReviewPlan& plan) {
    json.name("plan").begin_object().name("threshold").decimal(to_decimal(plan.threshold));
    json.member("reviews_if_no_more_errors", plan.if_no_more_errors).name("reviews_at_observed_rate");
    if (plan.at_observed_rate) {
        json.integer(*plan.at_observed_rate);
    } else {
        json.null();
    }
    json.end_object();
}

void write(JsonWriter& json, const Certificate& certificate) {
    const certificate::Request& asked = certificate.asked;
    json.begin_object().member("scope", asked.provenance.scope).member_bool("open", certificate.opened.has_value());
    json.name("epsilon").decimal(to_decimal(asked.epsilon)).name("delta").decimal(to_decimal(asked.delta));
    json.member("reviewed", certificate.reviewed);
    if (certificate.opened) {
        write_opened(json, *certificate.opened);
    }
    member(json, "found_risk_upper", certificate.found_risk_upper);
    member(json, "miss_rate_upper", certificate.miss_rate_upper);
    if (certificate.plan) {
        write_plan(json, *certificate.plan);
    }
    json.member("method", name_of(asked.search.method)).member("model", asked.provenance.model.text);
    json.member("calibrator", asked.provenance.calibrator).end_object();
}

}  // namespace

std::string certificates_json(const std::vector<Certificate>& certificates) {
    JsonWriter json;
    json.begin_array();
    for (const Certificate& certificate : certificates) {
        write(json, certificate);
    }
    return std::move(json.end_array()).take() + '\n';
}

std::string weighted_certificate_json(const certificate::WeightedCertificate& certificate) {
    const certificate::Request& asked = certificate.asked;
    JsonWriter json;
    json.begin_object().member("scope", asked.provenance.scope).member_bool("open", certificate.opened.has_value());
    json.name("epsilon").decimal(to_decimal(asked.epsilon)).name("delta").decimal(to_decimal(asked.delta));
    json.member("reviewed", certificate.reviewed);
    member(json, "effective_reviews", certificate.effective);
    if (certificate.opened) {
        const certificate::WeightedCut& cut = *certificate.opened;
        json.name("threshold").decimal(to_decimal(cut.threshold));
        json.member("accepted", cut.accepted).member("errors", cut.errors);
        member(json, "found_risk", cut.risk);
        member(json, "coverage", cut.coverage);
    }
    member(json, "miss_rate_upper", certificate.miss_rate_upper);
    json.name("least_propensity").decimal(to_decimal(certificate.rule.least));
    json.member("seed", static_cast<int64_t>(certificate.rule.order_seed));
    json.member("method", name_of(asked.search.method)).member("model", asked.provenance.model.text);
    return std::move(json.member("calibrator", asked.provenance.calibrator).end_object()).take() + '\n';
}

}  // namespace countersign::native
