#pragma once
// Every function that an expression may call, by signature. The tables stand in files of their own (conversions.cpp,
// texts.cpp, times.cpp, and extension_*.cpp); this is their sum.
//
// Signatures read as CEL writes calls: "size(string) -> int", "string.contains(string) -> bool",
// "math.ceil(double) -> double", "list(A).join() -> string". What stands before the last dot is the receiver when it is
// a type, else a part of the name. docs/rules.md names every function here; a test holds it to that.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/call.h"
#include "core/rules/type.h"

namespace countersign::rules {

struct Entry {
    std::string_view signature;
    Function function;
    // May it fail on arguments of the right types? What may not lets && and || skip their bookkeeping.
    bool may_fail = true;
};

struct Overload {
    std::string_view signature;
    std::string name;  // without the receiver: "contains", "math.ceil"
    bool method = false;
    bool variadic = false;        // any number of numbers, or one list of them
    std::vector<Type> arguments;  // with the receiver
    Type result;
    Function function = nullptr;
    bool may_fail = true;

    // The arguments' kinds once more, where the machine reads them fast; dyn for what may be anything.
    std::array<Kind, 4> kinds = {};

    // Whether the kinds fit; what a type parameter or dyn stands for is the function's own matter.
    bool takes(std::span<const Value> values) const {
        if (variadic) {
            return true;
        }
        bool good = values.size() == arguments.size();
        for (size_t i = 0; good && i < values.size(); ++i) {
            good = kinds[i] == values[i].kind() || (kinds[i] == Kind::dyn && !values[i].is(Kind::unset));
        }
        return good;
    }
};

// The overloads of one name in one style of calling; empty when there are none. They live as long as the process.
std::span<const Overload> overloads_of(std::string_view name, bool method);
// All, sorted by name.
std::span<const Overload> all_overloads();

// The tables.
std::span<const Entry> conversion_functions();
std::span<const Entry> text_functions();
std::span<const Entry> time_functions();
std::span<const Entry> string_extension();
std::span<const Entry> format_extension();
std::span<const Entry> math_extension();
std::span<const Entry> encoder_extension();
std::span<const Entry> optional_extension();

}  // namespace countersign::rules
