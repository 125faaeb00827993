#pragma once
// Sentences for names that nobody declared and calls that fit nothing, with what was probably meant.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/environment.h"
#include "core/rules/library.h"

namespace countersign::rules {

// "unknown name 'predicton'; did you mean 'prediction'?"; `locals`: the names that macros have bound here.
std::string unknown_name(std::string_view name, const Environment& environment, std::span<const std::string> locals);

// "no such field 'confidnce' in prediction; did you mean 'confidence'?"
std::string unknown_field(std::string_view field, const Type& type);

// "unknown function 'startwith'; did you mean 'startsWith'?" A name like "math.absolute" is looked for among math's.
std::string unknown_function(std::string_view name, bool method);

// Whether any function is called as space.name(...).
bool is_namespace(std::string_view space);

// "'string.contains(int)' fits no form of contains(); allowed: string.contains(string)"
std::string no_such_form(std::string_view name, bool method, std::span<const Type> arguments,
                         std::span<const Overload> overloads);

// "prediction.label is never 'gas_leek'; did you mean 'gas_leak'?"
std::string never_holds(std::string_view shown_field, std::string_view text, std::span<const std::string> choices);

}  // namespace countersign::rules
