#include "core/log/leaf_routes.h"

#include "core/base/concat.h"
#include "core/log/review_json.h"

namespace countersign {

namespace {

constexpr IntegerRule kCount{.min = 0, .max = INT64_MAX};
constexpr size_t kKey_bytes = 32;

Result<Ppm> read_millionths(Fields& fields, std::string_view name) {
    return Ppm{static_cast<int32_t>(CS_TRY(fields.integer(name, {.min = 0, .max = kCertain.value})))};
}

template <size_t N>
Status read_millionths(Fields& fields, std::string_view name, std::array<Ppm, N>& out) {
    const JsonArray* list = CS_TRY(fields.list(name, N));
    if (list->size() != N) {
        return fields.error(name, concat("must have ", N, " numbers"));
    }
    for (size_t i = 0; i < N; ++i) {
        const int64_t* number = (*list)[i].integer();
        if (number == nullptr || *number < 0 || *number > kCertain.value) {
            return fields.error(element_path(name, i), "must be a whole number from 0 to 1000000");
        }
        out[i] = Ppm{static_cast<int32_t>(*number)};
    }
    return success();
}

template <size_t N>
void write_millionths(JsonWriter& w, std::string_view name, const std::array<Ppm, N>& list) {
    w.name(name).begin_array();
    for (const Ppm one : list) {
        w.integer(one.value);
    }
    w.end_array();
}

Result<PromiseTaken> read_promise(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    PromiseTaken out;
    out.certificate = CS_TRY(fields.integer_or("certificate", 0, kCount));
    out.number = CS_TRY(fields.integer_or("number", 0, kCount));
    const auto outcome = promise_outcome_from_name(CS_TRY(fields.text("outcome")));
    if (!outcome) {
        return fields.error("outcome", "must be evidence, closed, below, approved or audited");
    }
    out.outcome = *outcome;
    out.propensity = CS_TRY(read_millionths(fields, "propensity"));
    out.stratum = static_cast<int32_t>(CS_TRY(fields.integer_or("stratum", 0, {.min = 0, .max = 100})));
    out.tier = CS_TRY(fields.text("tier"));
    CS_TRY_STATUS(fields.done());
    return out;
}

void write_promise(JsonWriter& w, const PromiseTaken& promise) {
    w.begin_object();
    if (is_promised(promise.outcome)) {
        w.member("certificate", promise.certificate).member("number", promise.number);
    }
    w.member("outcome", promise_outcome_name(promise.outcome));
    w.member("propensity", int64_t{promise.propensity.value});
    if (is_promised(promise.outcome)) {
        w.member("stratum", int64_t{promise.stratum});
    }
    w.member("tier", promise.tier).end_object();
}

}  // namespace

Result<RouteTaken> read_route(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    RouteTaken out;
    if (fields.has("calibrated")) {
        out.calibrated = CS_TRY(read_millionths(fields, "calibrated"));
    }
    if (fields.has("due")) {
        out.due = Instant{CS_TRY(fields.integer("due"))};
    }
    const std::optional<TierKind> kind = tier_kind_from_name(CS_TRY(fields.text("kind")));
    if (!kind) {
        return fields.error("kind", "must be auto, quick or full");
    }
    out.kind = *kind;
    out.late_waits = CS_TRY(fields.text_or("late", "count")) == "wait";
    out.policy = CS_TRY(read_digest(fields, "policy"));
    if (const Json* promise = fields.optional("promise")) {
        out.promise = CS_TRY(read_promise(*promise, fields.path_of("promise")));
    }
    out.reviewers = static_cast<uint32_t>(CS_TRY(fields.integer("reviewers", {.min = 1, .max = 100})));
    out.route = CS_TRY(fields.text("route"));
    out.tier = CS_TRY(fields.text("tier"));
    CS_TRY_STATUS(fields.done());
    return out;
}

void write_route(JsonWriter& w, const RouteTaken& route) {
    w.begin_object();
    if (route.calibrated) {
        w.member("calibrated", int64_t{route.calibrated->value});
    }
    if (route.due) {
        w.member("due", route.due->us);
    }
    w.member("kind", tier_kind_name(route.kind));
    if (route.late_waits) {
        w.member("late", "wait");
    }
    w.member("policy", to_hex(route.policy));
    if (route.promise) {
        w.name("promise");
        write_promise(w, *route.promise);
    }
    w.member("reviewers", int64_t{route.reviewers});
    w.member("route", route.route).member("tier", route.tier).end_object();
}

Result<EventBody> read_calibration_chosen(Fields& fields) {
    CalibrationChosen out;
    out.calibrator = CS_TRY(fields.text("calibrator", {.max_bytes = 60'000}));
    out.model = ModelId(CS_TRY(fields.text("model")));
    out.reviews = CS_TRY(fields.integer("reviews", kCount));
    out.words = CS_TRY(fields.text("words", {.min_bytes = 0}));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const CalibrationChosen& body) {
    w.member("calibrator", body.calibrator).member("model", body.model.text).member("reviews", body.reviews);
    w.member("words", body.words);
}

Result<EventBody> read_tier_certified(Fields& fields) {
    TierCertified out;
    out.accepted = CS_TRY(fields.integer("accepted", kCount));
    out.audit_key = CS_TRY(read_digest(fields, "audit_key"));
    out.basis = CS_TRY(read_digest(fields, "basis"));
    out.calibrated_by = static_cast<EventSeq>(CS_TRY(fields.integer_or("calibrated_by", 0, kCount)));
    out.delta = CS_TRY(read_millionths(fields, "delta"));
    out.errors = CS_TRY(fields.integer("errors", kCount));
    out.from.us = CS_TRY(fields.integer("from"));
    out.max_error = CS_TRY(read_millionths(fields, "max_error"));
    out.method = CS_TRY(fields.text("method"));
    out.model = ModelId(CS_TRY(fields.text("model")));
    CS_TRY_STATUS(read_millionths(fields, "propensities", out.propensities));
    out.propensity = CS_TRY(read_millionths(fields, "propensity"));
    out.reviewed = CS_TRY(fields.integer("reviewed", kCount));
    out.serial = CS_TRY(fields.integer("serial", {.min = 1}));
    out.still_drawn = CS_TRY(read_millionths(fields, "still_drawn"));
    CS_TRY_STATUS(read_millionths(fields, "strata", out.strata));
    out.threshold = CS_TRY(read_millionths(fields, "threshold"));
    out.tier = CS_TRY(fields.text("tier"));
    out.to.us = CS_TRY(fields.integer("to"));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const TierCertified& body) {
    w.member("accepted", body.accepted).member("audit_key", to_hex(body.audit_key)).member("basis", to_hex(body.basis));
    if (body.calibrated_by != 0) {
        w.member("calibrated_by", static_cast<int64_t>(body.calibrated_by));
    }
    w.member("delta", int64_t{body.delta.value}).member("errors", body.errors).member("from", body.from.us);
    w.member("max_error", int64_t{body.max_error.value}).member("method", body.method).member("model", body.model.text);
    write_millionths(w, "propensities", body.propensities);
    w.member("propensity", int64_t{body.propensity.value}).member("reviewed", body.reviewed);
    w.member("serial", body.serial).member("still_drawn", int64_t{body.still_drawn.value});
    write_millionths(w, "strata", body.strata);
    w.member("threshold", int64_t{body.threshold.value}).member("tier", body.tier).member("to", body.to.us);
}

Result<EventBody> read_tier_closed(Fields& fields) {
    TierClosed out;
    out.approved = CS_TRY(fields.integer("approved", kCount));
    auto key = from_hex(CS_TRY(fields.text("audit_key", {.min_bytes = 0})));
    if (!key.ok() || (!key.value().empty() && key.value().size() != kKey_bytes)) {
        return fields.error("audit_key", "is not a key of 32 bytes in hexadecimal");
    }
    out.audit_key = std::move(key).value();
    out.audited = CS_TRY(fields.integer("audited", kCount));
    const auto by = tier_closed_by_from_name(CS_TRY(fields.text("by")));
    if (!by) {
        return fields.error("by", "must be alarm, person or successor");
    }
    out.by = *by;
    out.certificate = CS_TRY(fields.integer("certificate", {.min = 1}));
    out.errors = CS_TRY(fields.integer("errors", kCount));
    if (fields.has("good_until")) {
        out.good_until = CS_TRY(fields.integer("good_until", kCount));
    }
    out.model = ModelId(CS_TRY(fields.text("model")));
    out.tier = CS_TRY(fields.text("tier"));
    out.words = CS_TRY(fields.text("words", {.min_bytes = 0}));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const TierClosed& body) {
    w.member("approved", body.approved).member("audit_key", to_hex(body.audit_key)).member("audited", body.audited);
    w.member("by", tier_closed_by_name(body.by)).member("certificate", body.certificate).member("errors", body.errors);
    if (body.good_until) {
        w.member("good_until", *body.good_until);
    }
    w.member("model", body.model.text).member("tier", body.tier).member("words", body.words);
}

Result<EventBody> read_item_rerouted(Fields& fields) {
    ItemRerouted out;
    const auto by = rerouted_by_from_name(CS_TRY(fields.text("by")));
    if (!by) {
        return fields.error("by", "must be opened or closed");
    }
    out.by = *by;
    const Json* route = CS_TRY(fields.object("route"));
    out.route = CS_TRY(read_route(*route, fields.path_of("route")));
    return EventBody(std::move(out));
}

void write_body(JsonWriter& w, const ItemRerouted& body) {
    w.member("by", rerouted_by_name(body.by)).name("route");
    write_route(w, body.route);
}

}  // namespace countersign
