#pragma once
// What an expression may speak about: the declared variables with their types, and where each finds its value.
//
// Values lie in slots, so that an evaluation looks no name up: a variable has one slot, a variable of a record type one
// per field, in the record's order ("prediction.confidence" is a slot of its own). An Environment does not change once
// it is made; copies share it, and so do the Programs and Activations made with it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/type.h"

namespace countersign::rules {

struct Slot {
    std::string path;  // "prediction.confidence"
    Type type;
    bool optional = false;
};

struct Variable {
    Field field;
    uint32_t slot = 0;  // the first one of a record
};

class Environment {
public:
    Environment() : Environment(std::vector<Field>{}) {}

    // `container`: names are looked up in it first, as "container.name" (cel-spec, "Name Resolution").
    explicit Environment(std::vector<Field> variables, std::string container = {});

    const std::vector<Variable>& variables() const { return layout_->variables; }

    const std::vector<Slot>& slots() const { return layout_->slots; }

    const std::string& container() const { return layout_->container; }

    const Variable* find(std::string_view name) const;
    std::optional<uint32_t> slot_of(std::string_view path) const;

    bool same_as(const Environment& other) const { return layout_ == other.layout_; }

private:
    struct Layout {
        std::vector<Variable> variables;
        std::vector<Slot> slots;
        std::string container;
    };

    std::shared_ptr<const Layout> layout_;
};

}  // namespace countersign::rules
