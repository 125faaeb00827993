#pragma once
// What a part of an expression refers to, as the checker found out.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/rules/library.h"

namespace countersign::rules {

struct Field;

enum class Meaning : uint8_t {
    none,       // nothing special; of a name: nobody knows it
    slot,       // a variable, or a field of a variable: `index` is its slot
    record,     // a whole record variable: `index` among the environment's variables
    local,      // bound by a macro: `index` counts them
    type_name,  // `int` and the like: `name`
    field,      // of a record that is computed: `index` in it
    overload,   // a call whose form is known: overloads[index]
};

struct Reference {
    Meaning meaning = Meaning::none;
    uint32_t index = 0;
    std::string_view name = {};                // static
    std::span<const Overload> overloads = {};  // of a call: all of its name, for those whose form is open
    bool qualified = false;                    // a call like math.abs(x): children[0] is a part of the name
    const Field* field = nullptr;              // what was declared, when it is a variable or field
    std::vector<uint32_t> locals = {};         // that a macro binds
};

}  // namespace countersign::rules
