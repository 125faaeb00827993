#include "core/rules/environment.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"

namespace countersign::rules {

Environment::Environment(std::vector<Field> variables, std::string container) {
    auto layout = std::make_shared<Layout>();
    layout->container = std::move(container);
    for (Field& variable : variables) {
        const auto first = static_cast<uint32_t>(layout->slots.size());
        if (variable.type.kind == Kind::record) {
            for (const Field& field : variable.type.record->fields) {
                layout->slots.push_back({concat(variable.name, ".", field.name), field.type, field.optional});
            }
        } else {
            layout->slots.push_back({variable.name, variable.type, variable.optional});
        }
        layout->variables.push_back({std::move(variable), first});
    }
    layout_ = std::move(layout);
}

const Variable* Environment::find(std::string_view name) const {
    const auto at = std::find_if(variables().begin(), variables().end(),
                                 [&](const Variable& variable) { return variable.field.name == name; });
    return at == variables().end() ? nullptr : &*at;
}

std::optional<uint32_t> Environment::slot_of(std::string_view path) const {
    const auto at = std::find_if(slots().begin(), slots().end(), [&](const Slot& slot) { return slot.path == path; });
    return at == slots().end() ? std::nullopt : std::optional<uint32_t>(static_cast<uint32_t>(at - slots().begin()));
}

}  // namespace countersign::rules
