#pragma once
// How parts and values of a policy document are called in sentences, and what stands where a field is left out. Not for
// use outside this folder.
//
// A pattern is a path without indices: "tiers[].promise.max_error".

#include <optional>
#include <string>
#include <string_view>

#include "core/json/json.h"

namespace countersign::policy_change {

// Of a part of the list at this pattern: "route 'sure'".
std::string name_of_part(std::string_view list_pattern, std::string_view id);
// Of a field, by its path within its part: "the condition".
std::string name_of_field(std::string_view field);
std::string value_in_words(std::string_view field, const Json& value);

// What the loader takes where the field is left out; nothing where it is then not there. `part` holds the field.
// docs/policy.md has the same defaults.
std::optional<Json> default_of(std::string_view pattern, const Json& part);

// Whether both say the same of this field.
bool same_value(std::string_view field, const Json& a, const Json& b);

}  // namespace countersign::policy_change
