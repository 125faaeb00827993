#pragma once
// What people write who know another language, and what CEL writes for it: the ends of error messages.

#include <string>
#include <string_view>

namespace countersign::rules {

// For a token that the grammar does not expect here, with its neighbours: "; CEL writes && for and", or nothing.
std::string habit_advice(std::string_view previous, std::string_view token, std::string_view next);

// For a word that CEL reserves: a whole sentence. Empty when it is not reserved.
std::string reserved_advice(std::string_view word);

// For a name, function or field that nobody declared, known from other languages: "; write size(x)", or nothing.
std::string foreign_name_advice(std::string_view name);

}  // namespace countersign::rules
