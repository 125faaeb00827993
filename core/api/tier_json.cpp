#include "core/api/tier_json.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_text.h"
#include "core/calibration/calibrator_json.h"
#include "core/calibration/diagram.h"
#include "core/calibration/measures.h"

namespace countersign::api {

namespace {

constexpr double kNats = 1'000;  // below minus that it is as good as nothing, and a number
constexpr size_t kCourse = 200;  // points of the audit's course that are told

void share(JsonWriter& w, std::string_view name, Ppm value) {
    w.name(name).decimal(to_decimal(value));
}

void number(JsonWriter& w, std::string_view name, double value) {
    w.name(name);
    if (std::isfinite(value)) {
        w.decimal(number_text(value));
    } else {
        w.null();
    }
}

void write_promise(JsonWriter& w, const TierPromise& promise) {
    w.name("promise").begin_object();
    share(w, "max_error", promise.max_error);
    share(w, "confidence", promise.confidence);
    w.member("otherwise", promise.otherwise);
    share(w, "audit", promise.audit);
    share(w, "alarm", promise.alarm);
    w.end_object();
}

void write_closed(JsonWriter& w, const tiers::Certification& certification) {
    const TierClosed& closed = *certification.closed;
    w.name("closed").begin_object().member("at", to_rfc3339(certification.closed_at));
    w.member("by", tier_closed_by_name(closed.by));
    if (closed.good_until) {
        w.member("good_until", *closed.good_until);
    }
    w.member("why", closed.words).end_object();
}

void write_certificate(JsonWriter& w, const tiers::Certification& certification) {
    const TierCertified& certified = certification.certified;
    w.name("certificate").begin_object().member("serial", certified.serial).member("at", to_rfc3339(certification.at));
    w.member("event", static_cast<int64_t>(certification.seq)).member("method", certified.method);
    share(w, "threshold", certified.threshold);
    share(w, "max_error", certified.max_error);
    share(w, "delta", certified.delta);
    w.member("reviewed", certified.reviewed).member("accepted", certified.accepted).member("errors", certified.errors);
    w.member("from", to_rfc3339(certified.from)).member("to", to_rfc3339(certified.to));
    number(w, "coverage", static_cast<double>(certified.accepted) / static_cast<double>(certified.reviewed));
    if (certification.closed) {
        write_closed(w, certification);
    }
    w.end_object();
}

void write_audit(JsonWriter& w, const tiers::AuditState& audit) {
    w.name("audit").begin_object().member("promised", audit.promised).member("drawn", audit.drawn);
    w.member("decided", audit.decided).member("errors", audit.errors);
    number(w, "rate", audit.error.rate);
    number(w, "lower", audit.error.lower);
    number(w, "upper", audit.error.upper);
    number(w, "log_e", audit.log_e);
    number(w, "alarm_at", audit.alarm_at);
    number(w, "log_change", std::max(audit.log_change, -kNats));
    number(w, "change_at", audit.change_at);
    w.member_bool("alarmed", audit.alarmed).name("course").begin_array();
    const size_t step = audit.course.size() / kCourse + 1;
    for (size_t i = audit.course.size() % step; i < audit.course.size(); i += step) {
        w.begin_array()
            .integer(audit.course[i].number)
            .decimal(number_text(std::max(audit.course[i].nearness, -kNats)))
            .end_array();
    }
    w.end_array().end_object();
}

void write_evidence(JsonWriter& w, const tiers::Readiness& readiness) {
    const tiers::Evidence& evidence = readiness.evidence;
    w.name("evidence").begin_object().member("drawn", static_cast<int64_t>(evidence.items.size()));
    w.member("decided", static_cast<int64_t>(evidence.decided)).member("waiting", evidence.waiting);
    w.member("dropped", evidence.dropped);
    share(w, "propensity", evidence.propensity);
    w.member("next_look", readiness.looks.next_size).name("looks").begin_array();
    for (const tiers::Look& look : readiness.looks.done) {
        w.begin_object().member("size", look.size);
        share(w, "delta", look.certificate.asked.delta);
        if (look.certificate.opened) {
            share(w, "threshold", look.certificate.opened->threshold);
            w.member("accepted", look.certificate.opened->accepted).member("errors", look.certificate.opened->errors);
        }
        w.end_object();
    }
    w.end_array().end_object();
}

std::vector<calibration::Outcome> outcomes(const tiers::Evidence& evidence) {
    std::vector<calibration::Outcome> out;
    for (const tiers::DrawnItem& item : evidence.items) {
        if (item.finding != tiers::Finding::waits) {
            out.push_back({item.confidence.as_double(), item.finding == tiers::Finding::right});
        }
    }
    return out;
}

void write_diagram(JsonWriter& w, const std::vector<calibration::Outcome>& found) {
    w.name("diagram").begin_array();
    for (const calibration::DiagramBin& bin : calibration::reliability_diagram(found, {}).bins) {
        w.begin_object().member("items", static_cast<int64_t>(bin.items));
        number(w, "confidence", bin.mean_confidence);
        number(w, "accuracy", bin.accuracy);
        number(w, "lower", bin.accuracy_interval.low);
        number(w, "upper", bin.accuracy_interval.high);
        number(w, "consistent_lower", bin.consistent.low);
        number(w, "consistent_upper", bin.consistent.high);
        w.end_object();
    }
    w.end_array();
}

void write_calibration(JsonWriter& w, const TierOfModel& of, const ExaminedTier& examined) {
    const tiers::Calibration* now = examined.board.calibration(of.model);
    w.name("calibration").begin_object();
    w.member("method", now == nullptr ? std::string_view("identity") : calibration::method_name(now->calibrator));
    w.member("reviews", now == nullptr ? int64_t{0} : now->chosen.reviews);
    w.member("why", now == nullptr ? std::string_view("not calibrated yet") : std::string_view(now->chosen.words));
    const std::vector<calibration::Outcome> found = outcomes(examined.readiness.evidence);
    if (const auto measures = calibration::measure(found)) {
        number(w, "accuracy", measures->accuracy);
        number(w, "mean_confidence", measures->mean_confidence);
        number(w, "ece", measures->ece);
        number(w, "ks", measures->ks);
        write_diagram(w, found);
    }
    w.end_object();
}

}  // namespace

void write_tier(JsonWriter& w, const TierOfModel& of, const ExaminedTier& examined) {
    const tiers::Certification* newest = examined.board.newest(of.tier->id, of.model);
    const bool open = examined.board.holds(of.tier->id, of.model, of.tier->promise->basis) != nullptr;
    w.begin_object().member("tier", of.tier->id).member("name", of.tier->name).member("model", of.model.text);
    w.member("state", open ? "open" : "closed");
    write_promise(w, *of.tier->promise);
    const auto& best = examined.readiness.looks.best;
    if (open) {
        share(w, "threshold", newest->certified.threshold);
    } else if (best) {
        share(w, "would_open_from", examined.readiness.looks.done[*best].certificate.opened->threshold);
    } else {
        w.member("missing", tiers::what_is_missing(examined.readiness));
    }
    if (newest != nullptr) {
        write_certificate(w, *newest);
        write_audit(w, *examined.audit);
    }
    write_evidence(w, examined.readiness);
    write_calibration(w, of, examined);
    w.end_object();
}

}  // namespace countersign::api
