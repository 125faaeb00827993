#pragma once
// Lists and maps while an expression makes them. They grow in the evaluation's arena.

#include <span>

#include "core/rules/call.h"
#include "core/rules/value.h"

namespace countersign::rules {

class Builder {
public:
    // In the arena, as a Value of Kind::builder.
    static Value make(Call& call, bool of_map);

    static Builder& of(const Value& value) { return *static_cast<Builder*>(value.as_builder()); }

    // False with the failure in `call`.
    bool append(Call& call, const Value& value);
    bool put(Call& call, const Value& key, const Value& value);
    Value finished_list() const;
    bool finished_map(Call& call, Value& result);

private:
    // The elements, or keys and values in turn.
    Value* values_ = nullptr;
    uint32_t size_ = 0;
    uint32_t capacity_ = 0;
    bool of_map_ = false;
};

}  // namespace countersign::rules
