#pragma once
// Which types fit together. A type parameter (the element of [], the A of list(A).join()) stands for a type that is
// found out while the expression is checked; a Substitution remembers what has been found.
//
// Source: cel-spec, doc/langdef.md, "Gradual Type Checking": dyn fits everything.

#include <optional>
#include <span>
#include <vector>

#include "core/rules/type.h"

namespace countersign::rules {

class Substitution {
public:
    // A parameter that nobody knows yet.
    Type fresh();
    // The types with their parameters A to Z replaced by fresh ones, the same one for the same letter.
    std::vector<Type> instantiate(std::span<const Type> signature);

    // Whether a value of type `b` may stand where `a` is wanted; binds parameters when it does, and only then.
    bool fits(const Type& a, const Type& b);
    // The type that both belong to; dyn when nothing narrower holds both.
    Type join(const Type& a, const Type& b);
    // With the parameters found so far; what is still open is dyn.
    Type resolved(const Type& type) const;

private:
    const Type& seen_through(const Type& type) const;
    bool bind(const Type& param, const Type& to);
    bool occurs(uint32_t param, const Type& in) const;
    bool fits_inside(const Type& a, const Type& b);

    std::vector<std::optional<Type>> found_;  // by parameter, from kFirstFresh on
};

}  // namespace countersign::rules
