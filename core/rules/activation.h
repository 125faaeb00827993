#pragma once
// The values of an environment's variables for one evaluation: one Value a slot, cheap to fill anew for each item.
//
// Use:   Activation activation(environment);
//        const uint32_t confidence = environment.slot_of("prediction.confidence").value();   // once
//        activation.set(confidence, Value::float64(0.73));                                     // per item
// Contract: what the values point to (texts, lists) outlives the evaluation; set() holds a value's kind against the
// slot's type and stops the process on another one: that is a bug of the caller. What comes from outside goes through
// set_json, which answers. A slot that was never set has no value: has() is false for it, reading it is an error.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/check.h"
#include "core/base/result.h"
#include "core/json/json.h"
#include "core/rules/arena.h"
#include "core/rules/environment.h"
#include "core/rules/json_values.h"

namespace countersign::rules {

class Activation {
public:
    explicit Activation(const Environment& environment);

    void set(uint32_t slot, const Value& value) {
        CS_CHECK(slot < values_.size());
        CS_CHECK(kinds_[slot] == value.kind() || kinds_[slot] == Kind::dyn || value.is(Kind::unset));
        values_[slot] = value;
    }

    // Sets a variable, a whole record or one field of it ("prediction", "prediction.label") from JSON, by its type.
    Status set_json(std::string_view path, const Json& json);
    Status set_json(uint32_t slot, const Json& json, Undeclared undeclared = Undeclared::refused);

    // Memory for what the values point to; clear() takes it back.
    Arena& arena() { return arena_; }

    // Forgets all values, and what set_json made.
    void clear();

    const Value* values() const { return values_.data(); }

    const Environment& environment() const { return environment_; }

private:
    Environment environment_;
    std::vector<Kind> kinds_;
    std::vector<Value> values_;
    Arena arena_;
};

}  // namespace countersign::rules
