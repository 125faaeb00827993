// Lists and maps being made, walks over them, optionals.

#include "core/rules/machine.h"
#include "core/rules/type.h"
#include "core/rules/watch.h"

namespace countersign::rules {

template <class Watch>
auto Machine<Watch>::make_list(At at) -> At {
    if (!call_.may_make(uint64_t{at->extra} * sizeof(Value))) {
        return nullptr;
    }
    Value* values = call_.arena().values(at->extra);
    for (uint32_t i = 0; i < at->extra; ++i) {
        values[i] = use(static_cast<Operand>(at->a + i));
    }
    put(at->dst) = Value::list({values, at->extra});
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::begin_list(At at) -> At {
    put(at->dst) = Builder::make(call_, at->flag != 0);
    return after(at, call_.may_make(0));
}

// What an optional holds; nullptr when it is empty. False when it is no optional.
template <class Watch>
bool Machine<Watch>::held(const Value& optional, const Value*& inner) {
    if (!optional.is(Kind::optional)) {
        return call_.fail("an optional is needed here, but this is {}", Value::type(kind_name(optional.kind())));
    }
    inner = optional.as_optional();
    return true;
}

template <class Watch>
auto Machine<Watch>::append(At at) -> At {
    const Value& value = use(at->a);
    const Value* element = &value;
    if (at->flag != 0 && !held(value, element)) {
        return nullptr;
    }
    return after(at, element == nullptr || Builder::of(frame_[at->dst]).append(call_, *element));
}

template <class Watch>
auto Machine<Watch>::put_entry(At at) -> At {
    const Value& key = use(at->a);
    const Value& value = use(at->b);
    const Value* mapped = &value;
    if (at->flag != 0 && !held(value, mapped)) {
        return nullptr;
    }
    return after(at, mapped == nullptr || Builder::of(frame_[at->dst]).put(call_, key, *mapped));
}

template <class Watch>
auto Machine<Watch>::end_list(At at) -> At {
    const Value list = Builder::of(look(at->a)).finished_list();
    put(at->dst) = list;
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::end_map(At at) -> At {
    Value map;
    const bool good = Builder::of(look(at->a)).finished_map(call_, map);
    put(at->dst) = map;
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::begin_loop(At at) -> At {
    const Value range = look(at->a);
    if (!range.is(Kind::list) && !range.is(Kind::map)) {
        call_.fail("this walks over a list or map, but finds {}", Value::type(kind_name(range.kind())));
        return nullptr;
    }
    frame_[at->dst] = range;
    watch_.moved(at->dst, at->a);
    frame_[at->dst + 1] = Value::int64(0);
    if (range.raw_size() == 0) {
        use(at->a);  // nothing of it will be looked at: that it is empty is what was seen
        return to(at->extra);
    }
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::element(At at) -> At {
    const Value& range = look(at->a);
    const Value place = look(static_cast<Operand>(at->a + 1));
    const auto i = static_cast<size_t>(place.as_int64());
    const bool two = at->flag != 0;
    if (range.is(Kind::list)) {
        const uint16_t dst = two ? at->b : at->dst;
        watch_.reached(dst, at->a, place);
        frame_[dst] = range.as_list()[i];
        if (two) {
            put(at->dst) = place;
        }
        return at + 1;
    }
    const MapEntry& entry = range.as_map()[i];
    if (two) {
        watch_.reached(at->b, at->a, entry.key);
        frame_[at->b] = entry.value;
    }
    put(at->dst) = entry.key;
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::next(At at) -> At {
    const int64_t i = frame_[at->dst + 1].as_int64() + 1;
    const auto here = static_cast<uint32_t>(at - code_->instructions.data());
    if (!call_.spend(here + 1 - at->extra)) {
        return nullptr;
    }
    if (i >= static_cast<int64_t>(frame_[at->dst].raw_size())) {
        return at + 1;
    }
    frame_[at->dst + 1] = Value::int64(i);
    return to(at->extra);
}

template <class Watch>
auto Machine<Watch>::count(At at) -> At {
    frame_[at->dst] = Value::int64(frame_[at->dst].as_int64() + 1);
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::wrap(At at) -> At {
    if (!call_.may_make(sizeof(Value))) {
        return nullptr;
    }
    Value* inner = call_.arena().values(1);
    *inner = use(at->a);
    put(at->dst) = Value::optional(inner);
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::unwrap(At at) -> At {
    const Value* inner = nullptr;
    if (!held(look(at->a), inner)) {
        return nullptr;
    }
    if (inner == nullptr) {
        return to(at->extra);
    }
    frame_[at->dst] = *inner;
    watch_.moved(at->dst, at->a);
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::or_else(At at) -> At {
    const Value whole = look(at->a);
    const Value* inner = nullptr;
    if (!held(whole, inner)) {
        return nullptr;
    }
    if (inner == nullptr) {
        use(at->a);
        return at + 1;
    }
    frame_[at->dst] = at->flag != 0 ? whole : *inner;
    watch_.moved(at->dst, at->a);
    return to(at->extra);
}

template class Machine<NoWatch>;
template class Machine<PathWatch>;

}  // namespace countersign::rules
