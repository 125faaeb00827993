// Operators, fields, elements, calls.

#include <algorithm>

#include "core/base/utf8.h"
#include "core/rules/machine.h"
#include "core/rules/type.h"
#include "core/rules/watch.h"

namespace countersign::rules {

template <class Watch>
auto Machine<Watch>::operate(At at, Operator op) -> At {
    Value result;
    const bool good = arithmetic(call_, op, use(at->a), use(at->b), result);
    put(at->dst) = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::negate(At at) -> At {
    Value result;
    const bool good = negated(call_, use(at->a), result);
    put(at->dst) = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::select_value(At at) -> At {
    Value result;
    const Value& whole = look(at->a);
    const Value& name = look(at->b);
    const bool good = select(call_, whole, name, at->flag != 0, result);
    if (!good) {
        watch_.asked(at->a, name.as_text(), Value());
    }
    frame_[at->dst] = result;
    watch_.reached_field(at->dst, at->a, name.as_text());
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::select_field_value(At at) -> At {
    Value result;
    const Value& whole = look(at->a);
    const bool good = select_field(call_, whole, at->extra, result);
    frame_[at->dst] = result;
    if (whole.is(Kind::record)) {
        watch_.reached_field(at->dst, at->a, whole.as_record()->type->fields[at->extra].name);
    }
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::has_value(At at) -> At {
    Value result;
    const Value& name = look(at->b);
    const bool good = has(call_, look(at->a), name, result);
    watch_.asked(at->a, name.as_text(), result);
    put(at->dst) = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::has_field_value(At at) -> At {
    Value result;
    const Value& whole = look(at->a);
    const bool good = has_field(call_, whole, at->extra, result);
    if (good) {
        watch_.asked(at->a, whole.as_record()->type->fields[at->extra].name, result);
    }
    put(at->dst) = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::size(At at) -> At {
    const Value& value = look(at->a);
    uint64_t count = value.raw_size();
    switch (value.kind()) {
        case Kind::string: count = utf8::length(value.as_text()); break;
        case Kind::bytes:
        case Kind::list:
        case Kind::map: break;
        default:
            call_.fail("size() takes a string, bytes, list or map, not {}", Value::type(kind_name(value.kind())));
            return nullptr;
    }
    const uint64_t work = value.is(Kind::string) ? value.raw_size() / 16 : 0;
    const Value counted = Value::int64(static_cast<int64_t>(count));
    watch_.measured(at->a, counted);
    put(at->dst) = counted;
    return after(at, call_.spend(work));
}

template <class Watch>
auto Machine<Watch>::is_set(At at) -> At {
    put(at->dst) = Value::boolean(!use(at->a).is(Kind::unset));
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::index_value(At at) -> At {
    Value result;
    const Value& key = use(at->b);
    const bool good = index(call_, look(at->a), key, at->flag != 0, result);
    if (!good) {
        watch_.missed(at->a, key);
    }
    watch_.reached(at->dst, at->a, key);
    frame_[at->dst] = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::call_function(At at) -> At {
    const CallSite& site = code_->calls[at->extra];
    const std::span<const Value> arguments(frame_ + at->a, at->b);
    for (uint16_t i = 0; i < at->b; ++i) {
        use(static_cast<Operand>(at->a + i));
    }
    const Overload* overload = site.known;
    if (overload == nullptr || !overload->takes(arguments)) {
        const auto fits = [&](const Overload& o) { return o.takes(arguments); };
        const auto found = std::find_if(site.overloads.begin(), site.overloads.end(), fits);
        overload = found == site.overloads.end() ? nullptr : &*found;
    }
    if (overload == nullptr) {
        const Kind first = arguments.empty() ? Kind::unset : arguments[0].kind();
        call_.fail("{}() has no form for these arguments, of which the first is {}", Value::type(site.name),
                   Value::type(kind_name(first)));
        return nullptr;
    }
    Value result;
    const bool good = overload->function(call_, arguments, result);
    put(at->dst) = result;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::matches(At at) -> At {
    const Value& text = use(at->a);
    if (!text.is(Kind::string)) {
        call_.fail("matches() looks into a string, but this is {}", Value::type(kind_name(text.kind())));
        return nullptr;
    }
    const bool found = pattern_matches(*code_->patterns[at->extra], text.as_text());
    const uint32_t size = text.raw_size();
    put(at->dst) = Value::boolean(found);
    return after(at, call_.spend(size / 16));
}

template class Machine<NoWatch>;
template class Machine<PathWatch>;

}  // namespace countersign::rules
