#include "core/rules/unify.h"

#include <algorithm>

namespace countersign::rules {

namespace {

constexpr uint32_t kFirstFresh = 26;  // below: the letters of signatures

Type replaced(const Type& type, std::vector<Type>& letters, Substitution& substitution) {
    if (type.kind == Kind::param && type.param < kFirstFresh) {
        if (letters.size() <= type.param) {
            letters.resize(type.param + 1, types::dyn());
        }
        Type& letter = letters[type.param];
        if (letter.kind == Kind::dyn) {
            letter = substitution.fresh();
        }
        return letter;
    }
    Type out = type;
    for (Type& argument : out.arguments) {
        argument = replaced(argument, letters, substitution);
    }
    return out;
}

}  // namespace

Type Substitution::fresh() {
    found_.emplace_back();
    return types::param(kFirstFresh + static_cast<uint32_t>(found_.size()) - 1);
}

std::vector<Type> Substitution::instantiate(std::span<const Type> signature) {
    std::vector<Type> letters;
    std::vector<Type> out;
    out.reserve(signature.size());
    for (const Type& type : signature) {
        out.push_back(replaced(type, letters, *this));
    }
    return out;
}

const Type& Substitution::seen_through(const Type& type) const {
    const Type* at = &type;
    while (at->kind == Kind::param && at->param >= kFirstFresh && found_[at->param - kFirstFresh]) {
        at = &*found_[at->param - kFirstFresh];
    }
    return *at;
}

bool Substitution::occurs(uint32_t param, const Type& in) const {
    const Type& type = seen_through(in);
    if (type.kind == Kind::param) {
        return type.param == param;
    }
    return std::any_of(type.arguments.begin(), type.arguments.end(), [&](const Type& a) { return occurs(param, a); });
}

bool Substitution::bind(const Type& param, const Type& to) {
    if (to.kind == Kind::param && to.param == param.param) {
        return true;
    }
    if (param.param < kFirstFresh || occurs(param.param, to)) {
        return false;
    }
    found_[param.param - kFirstFresh] = to;
    return true;
}

bool Substitution::fits(const Type& a, const Type& b) {
    const std::vector<std::optional<Type>> before = found_;
    if (fits_inside(a, b)) {
        return true;
    }
    found_ = before;
    return false;
}

bool Substitution::fits_inside(const Type& wanted, const Type& given) {
    const Type a = seen_through(wanted);
    const Type b = seen_through(given);
    if (a.kind == Kind::param) {
        return bind(a, b);
    }
    if (b.kind == Kind::param) {
        return bind(b, a);
    }
    if (a.kind == Kind::dyn || b.kind == Kind::dyn) {
        return true;
    }
    if (a.kind != b.kind || a.record != b.record) {
        return false;
    }
    if (a.kind == Kind::type) {
        return true;
    }
    return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                      [&](const Type& x, const Type& y) { return fits_inside(x, y); });
}

Type Substitution::join(const Type& a, const Type& b) {
    if (!fits(a, b)) {
        return types::dyn();
    }
    const Type x = seen_through(a);
    const Type y = seen_through(b);
    if (x.kind == Kind::dyn || y.kind == Kind::dyn) {
        return types::dyn();
    }
    Type out = x;
    for (size_t i = 0; i < out.arguments.size() && i < y.arguments.size(); ++i) {
        out.arguments[i] = join(x.arguments[i], y.arguments[i]);
    }
    return out;
}

Type Substitution::resolved(const Type& type) const {
    const Type& seen = seen_through(type);
    if (seen.kind == Kind::param) {
        return types::dyn();
    }
    Type out = seen;
    for (Type& argument : out.arguments) {
        argument = resolved(argument);
    }
    return out;
}

}  // namespace countersign::rules
