#include "core/rules/activation.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"

namespace countersign::rules {

Activation::Activation(const Environment& environment) : environment_(environment) {
    for (const Slot& slot : environment.slots()) {
        kinds_.push_back(slot.type.kind);
    }
    values_.resize(kinds_.size());
}

Status Activation::set_json(std::string_view path, const Json& json) {
    if (const std::optional<uint32_t> slot = environment_.slot_of(path)) {
        return set_json(*slot, json);
    }
    const Variable* variable = environment_.find(path);
    if (variable == nullptr) {
        std::vector<std::string> known;
        for (const Variable& v : environment_.variables()) {
            known.push_back(v.field.name);
        }
        return fail(ErrorCode::invalid_argument, concat("no variable has this name", suggestion(path, known)),
                    std::string(path));
    }
    const Value whole = CS_TRY(value_of_json(json, variable->field.type, arena_, path));
    const Record& record = *whole.as_record();
    std::copy_n(record.fields, record.type->fields.size(), values_.data() + variable->slot);
    return success();
}

Status Activation::set_json(uint32_t slot, const Json& json, Undeclared undeclared) {
    CS_CHECK(slot < values_.size());
    const Slot& declared = environment_.slots()[slot];
    const bool absent = json.is_null() && declared.optional;
    set(slot, absent ? Value() : CS_TRY(value_of_json(json, declared.type, arena_, declared.path, undeclared)));
    return success();
}

void Activation::clear() {
    std::fill(values_.begin(), values_.end(), Value());
    arena_.reset();
}

}  // namespace countersign::rules
