#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

const std::vector<std::string> kFieldTypes = {"string", "int", "double", "bool"};

bool is_item_path(std::string_view path) {
    return (path.starts_with("input.") && path.size() > 6) || (path.starts_with("metadata.") && path.size() > 9);
}

Status check_path(const Fields& fields, std::string_view name, const std::string& path, const Policy& policy) {
    if (!is_item_path(path)) {
        return fields.error(name,
                            concat("'", path, "' must be a path in the item, like input.text or metadata.channel"));
    }
    const bool described = std::any_of(policy.item_schema.begin(), policy.item_schema.end(),
                                       [](const auto& entry) { return entry.first.starts_with("metadata."); });
    if (path.starts_with("metadata.") && described && !policy.item_schema.contains(path)) {
        std::vector<std::string> known;
        for (const auto& [field, type] : policy.item_schema) {
            known.push_back(field);
        }
        return fields.error(name, concat("'", path, "' is not in item_schema", suggestion(path, known)));
    }
    return success();
}

}  // namespace

Status read_item_schema(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const Json* schema = fields.optional("item_schema");
    if (schema == nullptr) {
        return success();
    }
    Fields inner = CS_TRY(Fields::of(*schema, "item_schema"));
    if (schema->object()->size() > limits.item_fields) {
        return fields.error("item_schema", concat("has ", schema->object()->size(), " fields; at most ",
                                                  limits.item_fields, " are allowed"));
    }
    for (const JsonMember& member : *schema->object()) {
        if (!is_item_path(member.first)) {
            return fail(ErrorCode::invalid_argument, "must be a path in the item, like metadata.channel",
                        inner.path_of(member.first));
        }
        const size_t type = CS_TRY(inner.choice(member.first, kFieldTypes));
        out.item_schema[member.first] = kFieldTypes[type];
    }
    return success();
}

Status read_interface(Fields& fields, Policy& out) {
    const Json* interface = fields.optional("interface");
    if (interface == nullptr) {
        return success();
    }
    Fields inner = CS_TRY(Fields::of(*interface, "interface"));
    out.interface.text = CS_TRY(inner.text_or("text", "input.text", {.max_bytes = 200}));
    CS_TRY_STATUS(check_path(inner, "text", out.interface.text, out));
    out.interface.show = CS_TRY(inner.text_list("show", 20));
    for (size_t i = 0; i < out.interface.show.size(); ++i) {
        CS_TRY_STATUS(check_path(inner, element_path("show", i), out.interface.show[i], out));
    }
    out.interface.guidance = CS_TRY(inner.text_or("guidance", "", {.min_bytes = 0, .max_bytes = 10'000}));
    return inner.done();
}

}  // namespace countersign::policy_parts
