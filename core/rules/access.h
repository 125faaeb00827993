#pragma once
// Reaching into values: fields, keys, elements, has(), and the same through optionals.
//
// Source: cel-spec, doc/langdef.md, "Field Selection"; the optionals extension of cel-go for .? and [?.

#include <string_view>

#include "core/rules/call.h"
#include "core/rules/value.h"

namespace countersign::rules {

// value.name; with `optional`, value.?name. False with the failure in `call`.
bool select(Call& call, const Value& value, const Value& name, bool optional, Value& result);
bool select_field(Call& call, const Value& record, uint32_t field, Value& result);
bool has(Call& call, const Value& value, const Value& name, Value& result);
bool has_field(Call& call, const Value& record, uint32_t field, Value& result);

// value[key]; with `optional`, value[?key].
bool index(Call& call, const Value& value, const Value& key, bool optional, Value& result);

// key in value.
bool contains(Call& call, const Value& value, const Value& key, bool& found);

}  // namespace countersign::rules
