#include "core/policy/load.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/policy/load_parts.h"

namespace countersign {

namespace policy_parts {

Result<std::string> read_id(Fields& fields, const std::vector<std::string>& taken) {
    std::string id = CS_TRY(fields.text("id", {.max_bytes = 64}));
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    };
    if (!std::all_of(id.begin(), id.end(), allowed)) {
        return fields.error("id", concat("'", id, "' may only have letters, digits, '_', '-' and '.'"));
    }
    if (std::find(taken.begin(), taken.end(), id) != taken.end()) {
        return fields.error("id", concat("'", id, "' stands here twice; give each its own id"));
    }
    return id;
}

Result<std::vector<Verdict>> read_verdicts(Fields& fields, std::string_view name,
                                           const std::vector<Verdict>& otherwise) {
    if (!fields.has(name)) {
        return otherwise;
    }
    std::vector<Verdict> out;
    const std::vector<std::string> names = CS_TRY(fields.text_list(name, 5));
    for (size_t i = 0; i < names.size(); ++i) {
        const std::optional<Verdict> verdict = verdict_from_name(names[i]);
        if (!verdict) {
            return fields.error(element_path(name, i),
                                concat("'", names[i], "' is not one of accept, correct, reject, escalate, skip"));
        }
        out.push_back(*verdict);
    }
    return out;
}

}  // namespace policy_parts

namespace {

Status read_task(Fields& fields, Policy& out) {
    const Json* task = CS_TRY(fields.object("task"));
    Fields inner = CS_TRY(Fields::of(*task, "task"));
    static const std::vector<std::string> kTypes = {"single_label"};
    static_cast<void>(CS_TRY(inner.choice("type", kTypes)));
    out.question = CS_TRY(inner.text("question", {.max_bytes = 300}));
    return inner.done();
}

Status read_changes(Fields& fields, Policy& out) {
    const Json* changes = fields.optional("changes");
    if (changes == nullptr) {
        return success();
    }
    Fields inner = CS_TRY(Fields::of(*changes, "changes"));
    static const std::vector<std::string> kApprovals = {"none", "second_person"};
    out.change_approval = static_cast<ChangeApproval>(CS_TRY(inner.choice("approval", kApprovals)));
    return inner.done();
}

Result<Policy> read_policy(const Json& json, const PolicyLimits& limits) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string format = CS_TRY(fields.text("format"));
    if (format != kPolicyFormat) {
        return fields.error("format",
                            concat("'", format, "' is not known here; this version reads '", kPolicyFormat, "'"));
    }
    Policy out;
    out.name = CS_TRY(fields.text("name", {.max_bytes = 200}));
    out.description = CS_TRY(fields.text_or("description", "", {.min_bytes = 0, .max_bytes = 4'000}));
    CS_TRY_STATUS(read_task(fields, out));
    CS_TRY_STATUS(policy_parts::read_labels(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_item_schema(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_interface(fields, out));
    CS_TRY_STATUS(policy_parts::read_calendars(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_tiers(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_checklists(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_reason_codes(fields, limits, out));
    CS_TRY_STATUS(policy_parts::read_routes(fields, limits, out));
    CS_TRY_STATUS(read_changes(fields, out));
    CS_TRY_STATUS(fields.done());
    CS_TRY_STATUS(policy_parts::complete_promises(out));
    CS_TRY_STATUS(policy_parts::check_references(out));
    return out;
}

}  // namespace

Result<Policy> load_policy(std::string_view bytes, const PolicyLimits& limits) {
    const Json json = CS_TRY(parse_json(bytes, {.depth = 12, .total_bytes = limits.document_bytes}));
    auto policy = read_policy(json, limits);
    if (policy.ok()) {
        policy.value().digest = sha256(bytes);
    }
    return policy;
}

}  // namespace countersign
