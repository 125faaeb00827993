#pragma once
// Which names mean something at a point of an expression: the names that macros have bound around it, the declared
// variables (in the container first), the names of types.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/environment.h"
#include "core/rules/reference.h"

namespace countersign::rules {

struct Local {
    std::string name;
    uint32_t id = 0;
    Type type;
};

struct Resolved {
    Reference reference;
    Type type;
};

class Scope {
public:
    explicit Scope(const Environment& environment) : environment_(environment) {}

    // Binds a name; gives its number.
    uint32_t open(std::string name, Type type);

    // Forgets the last `count` bound names.
    void close(size_t count) { locals_.resize(locals_.size() - count); }

    const Local* local(std::string_view name) const;
    std::vector<std::string> local_names() const;

    // A variable or type of that whole name ("a.b.c"). `rooted`: written with a leading dot, outside of the container.
    std::optional<Resolved> declared(std::string_view name, bool rooted) const;

    uint32_t locals_ever() const { return next_; }

private:
    const Environment& environment_;
    std::vector<Local> locals_;
    uint32_t next_ = 0;
};

}  // namespace countersign::rules
