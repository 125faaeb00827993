// Optional values: the optionals extension of cel-go. The parser knows .? and [?, macros.cpp optMap and optFlatMap,
// compiler_values.cpp or and orValue, which evaluate their alternative only when it is needed.

#include "core/rules/library.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

bool of(Call& call, Arguments a, Value& out) {
    Value* inner = call.arena().values(1);
    *inner = a[0];
    out = Value::optional(inner);
    return call.may_make(0);
}

bool none(Call&, Arguments, Value& out) {
    out = Value::optional(nullptr);
    return true;
}

bool is_zero(const Value& value) {
    switch (value.kind()) {
        case Kind::null_type: return true;
        case Kind::boolean: return !value.as_boolean();
        case Kind::int64: return value.as_int64() == 0;
        case Kind::uint64: return value.as_uint64() == 0;
        case Kind::float64: return value.as_float64() == 0;
        case Kind::string:
        case Kind::bytes:
        case Kind::list:
        case Kind::map: return value.raw_size() == 0;
        case Kind::duration: return value.as_duration() == 0;
        case Kind::optional: return value.as_optional() == nullptr;
        default: return false;
    }
}

bool of_non_zero(Call& call, Arguments a, Value& out) {
    return is_zero(a[0]) ? none(call, a, out) : of(call, a, out);
}

bool has_value(Call&, Arguments a, Value& out) {
    out = Value::boolean(a[0].as_optional() != nullptr);
    return true;
}

bool value(Call& call, Arguments a, Value& out) {
    const Value* inner = a[0].as_optional();
    if (inner == nullptr) {
        return call.fail("this optional is empty; write x.orValue(other)");
    }
    out = *inner;
    return true;
}

bool first_of(Call&, Arguments a, Value& out) {
    out = a[0].as_optional() != nullptr ? a[0] : a[1];
    return true;
}

bool value_or(Call&, Arguments a, Value& out) {
    const Value* inner = a[0].as_optional();
    out = inner != nullptr ? *inner : a[1];
    return true;
}

constexpr Entry kEntries[] = {
    {"optional.of(A) -> optional(A)", of, false},
    {"optional.none() -> optional(A)", none, false},
    {"optional.ofNonZeroValue(A) -> optional(A)", of_non_zero, false},
    {"optional(A).hasValue() -> bool", has_value, false},
    {"optional(A).value() -> A", value},
    {"optional(A).or(optional(A)) -> optional(A)", first_of, false},
    {"optional(A).orValue(A) -> A", value_or, false},
};

}  // namespace

std::span<const Entry> optional_extension() {
    return kEntries;
}

}  // namespace countersign::rules
