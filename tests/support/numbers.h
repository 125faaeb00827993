#pragma once
// Numbers of JSON cases: a whole number and one with a fraction read alike.

#include <string_view>

#include <catch_amalgamated.hpp>

#include "core/json/number.h"

namespace countersign::testing {

inline double number_of(const Json& json) {
    const auto number = as_double(json);
    REQUIRE(number);
    return *number;
}

inline double number_at(const Json& json, std::string_view name) {
    INFO(name);
    const Json* member = json.find(name);
    REQUIRE(member != nullptr);
    return number_of(*member);
}

inline int64_t count_at(const Json& json, std::string_view name) {
    return static_cast<int64_t>(number_at(json, name));
}

}  // namespace countersign::testing
