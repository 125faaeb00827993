#include "core/base/concat.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

Result<Requirement> read_requirement(Fields& rationale, std::string_view name, std::string_view minimum) {
    Requirement out;
    const Json* json = rationale.optional(name);
    if (json == nullptr) {
        return out;
    }
    Fields fields = CS_TRY(Fields::of(*json, rationale.path_of(name)));
    out.verdicts = CS_TRY(read_verdicts(fields, "verdicts", {Verdict::correct, Verdict::reject, Verdict::escalate}));
    out.min = static_cast<uint32_t>(CS_TRY(fields.integer_or(minimum, 1, {.min = 1, .max = 1'000})));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<RationaleRule> read_rationale(Fields& tier) {
    RationaleRule out;
    const Json* json = tier.optional("rationale");
    if (json == nullptr) {
        return out;
    }
    Fields fields = CS_TRY(Fields::of(*json, tier.path_of("rationale")));
    out.codes = CS_TRY(read_requirement(fields, "codes", "min"));
    out.text = CS_TRY(read_requirement(fields, "text", "min_characters"));
    out.evidence = CS_TRY(read_requirement(fields, "evidence", "min"));
    CS_TRY_STATUS(fields.done());
    return out;
}

// Below a tenth there would be too few to compare with.
Result<Ppm> read_prediction_shown(Fields& tier) {
    if (!tier.has("prediction_shown")) {
        return kCertain;
    }
    const Ppm share = CS_TRY(tier.ppm("prediction_shown"));
    return share < Ppm{100'000} ? Result<Ppm>(tier.error("prediction_shown", "must be a number from 0.1 to 1")) : share;
}

Result<TierDef> read_tier(Fields& fields, const std::vector<std::string>& taken) {
    static const std::vector<std::string> kKinds = {"auto", "quick", "full"};
    static const std::vector<std::string> kLate = {"count", "wait"};
    TierDef tier;
    tier.id = CS_TRY(read_id(fields, taken));
    tier.name = CS_TRY(fields.text_or("name", tier.id, {.max_bytes = 100}));
    const size_t kind = CS_TRY(fields.choice("kind", kKinds));
    tier.kind = *tier_kind_from_name(kKinds[kind]);
    tier.due = CS_TRY(read_due(fields));
    tier.calendar = CS_TRY(fields.text_or("calendar", "", {.max_bytes = 64}));
    tier.reviewers = static_cast<uint32_t>(CS_TRY(fields.integer_or("reviewers", 1, {.min = 1, .max = 15})));
    tier.late_waits = CS_TRY(fields.choice_or("late", kLate, 0)) == 1;
    tier.checklist = CS_TRY(fields.text_or("checklist", ""));
    tier.rationale = CS_TRY(read_rationale(fields));
    tier.promise = CS_TRY(read_promise(fields));
    tier.prediction_shown = CS_TRY(read_prediction_shown(fields));
    CS_TRY_STATUS(fields.done());
    if (tier.promise && tier.kind != TierKind::automatic) {
        return fields.error("promise", "only an auto tier promises how many errors go through; leave it out here");
    }
    const bool asks =
        !tier.checklist.empty() || tier.rationale.codes.min + tier.rationale.text.min + tier.rationale.evidence.min > 0;
    if (tier.kind == TierKind::automatic &&
        (asks || tier.due || !tier.calendar.empty() || tier.prediction_shown != kCertain)) {
        return fields.error("kind",
                            "an auto tier has no reviewer, so it can have no checklist, rationale, due time, "
                            "calendar or prediction_shown");
    }
    return tier;
}

}  // namespace

Result<std::optional<Duration>> read_due(Fields& fields) {
    if (!fields.has("due")) {
        return std::optional<Duration>();
    }
    const std::string text = CS_TRY(fields.text("due"));
    auto duration = parse_duration(text);
    if (!duration.ok()) {
        return fields.error("due", duration.error().message);
    }
    if (duration.value().us == 0) {
        return fields.error("due", "must be longer than nothing; leave it out for no due time");
    }
    return std::optional<Duration>(duration.value());
}

Status read_tiers(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const JsonArray* tiers = CS_TRY(fields.list("tiers", limits.tiers));
    std::vector<std::string> taken;
    for (size_t i = 0; i < tiers->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*tiers)[i], element_path("tiers", i)));
        TierDef tier = CS_TRY(read_tier(one, taken));
        taken.push_back(tier.id);
        out.tiers.push_back(std::move(tier));
    }
    for (const TierDef& tier : out.tiers) {
        if (tier.kind != TierKind::automatic) {
            return success();
        }
    }
    return fields.error("tiers", "must have at least one tier of kind quick or full: somebody has to review");
}

}  // namespace countersign::policy_parts
