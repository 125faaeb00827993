#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

// Keys that the desk uses itself; a label cannot take them.
struct ReservedKey {
    char key;
    std::string_view command;
};

constexpr ReservedKey kReserved[] = {{'a', "Accept"},   {'x', "Reject"}, {'c', "Correct"}, {'u', "Skip"},
                                     {'e', "Escalate"}, {'r', "Reason"}, {'z', "Undo"},    {'j', "Next"},
                                     {'k', "Previous"}, {'n', "Note"},   {'g', "Go to"},   {'f', "Find"},
                                     {'m', "Mark"}};

Result<uint32_t> read_color(Fields& fields) {
    const std::string text = CS_TRY(fields.text_or("color", "#6B7280"));
    uint32_t value = 0;
    const bool shaped = text.size() == 7 && text[0] == '#';
    for (size_t i = 1; shaped && i < 7; ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return fields.error("color", concat("'", text, "' is not a colour like #0072B2"));
        }
        value = value * 16 + static_cast<uint32_t>(digit);
    }
    return shaped ? Result<uint32_t>(value)
                  : fields.error("color", concat("'", text, "' is not a colour like #0072B2"));
}

Result<std::string> read_hotkey(Fields& fields, const std::vector<LabelDef>& before) {
    const std::string key = CS_TRY(fields.text_or("hotkey", "", {.min_bytes = 0}));
    if (key.empty()) {
        return key;
    }
    const char c = key[0];
    if (key.size() != 1 || !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
        return fields.error("hotkey", concat("'", key, "' must be one digit or one lower-case letter"));
    }
    for (const ReservedKey& reserved : kReserved) {
        if (reserved.key == c) {
            return fields.error("hotkey", concat("'", key, "' is the desk's key for ", reserved.command,
                                                 "; take a digit or another letter"));
        }
    }
    for (const LabelDef& other : before) {
        if (other.hotkey == key) {
            return fields.error("hotkey", concat("'", key, "' is already the key of label '", other.id.text, "'"));
        }
    }
    return key;
}

}  // namespace

Status read_labels(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const JsonArray* labels = CS_TRY(fields.list("labels", limits.labels));
    if (labels->empty()) {
        return fields.error("labels", "must have at least one label");
    }
    std::vector<std::string> taken;
    for (size_t i = 0; i < labels->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*labels)[i], element_path("labels", i)));
        LabelDef label;
        // Label ids are the model's own words: any text.
        label.id = LabelId(CS_TRY(one.text("id", {.max_bytes = 200})));
        if (std::find(taken.begin(), taken.end(), label.id.text) != taken.end()) {
            return one.error("id", concat("'", label.id.text, "' stands here twice; give each its own id"));
        }
        taken.push_back(label.id.text);
        label.name = CS_TRY(one.text_or("name", label.id.text, {.max_bytes = 200}));
        label.description = CS_TRY(one.text_or("description", "", {.min_bytes = 0, .max_bytes = 2'000}));
        label.hotkey = CS_TRY(read_hotkey(one, out.labels));
        label.color = CS_TRY(read_color(one));
        CS_TRY_STATUS(one.done());
        out.labels.push_back(std::move(label));
    }
    return success();
}

}  // namespace countersign::policy_parts
