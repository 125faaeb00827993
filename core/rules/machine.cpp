// The loop, failures, and what conditions are made of.

#include "core/rules/machine.h"

#include "core/rules/type.h"
#include "core/rules/watch.h"

namespace countersign::rules {

template <class Watch>
bool Machine<Watch>::run(Value& result) {
    // Once for all that is not in a loop; loops charge each of their rounds.
    At at = call_.spend(code_->cost) ? to(0) : handled(to(0));
    while (at != nullptr) {
        const At here = at;
        switch (at->op) {
            case Op::move: at = move(at); continue;
            case Op::load: at = load(at); break;
            case Op::load_record: at = load_record(at); break;
            case Op::fail: at = fail(at); break;
            case Op::jump: at = to(at->extra); continue;
            case Op::finish: result = use(at->a); return true;
            case Op::branch: at = branch(at); break;
            case Op::branch_equal: at = branch_equal(at); break;
            case Op::branch_less: at = branch_order<false>(at); break;
            case Op::branch_less_equal: at = branch_order<true>(at); break;
            case Op::branch_in: at = branch_in(at); break;
            case Op::branch_in_texts: at = branch_in_texts(at); continue;
            case Op::branch_contains: at = branch_text<holds_text>(at); break;
            case Op::branch_starts: at = branch_text<begins_with>(at); break;
            case Op::branch_ends: at = branch_text<finishes_with>(at); break;
            case Op::branch_has: at = branch_has(at); break;
            case Op::equal: at = equal_value(at); break;
            case Op::less: at = order_value(at, false); break;
            case Op::less_equal: at = order_value(at, true); break;
            case Op::in: at = in_value(at); break;
            case Op::add: at = operate(at, Operator::add); break;
            case Op::subtract: at = operate(at, Operator::subtract); break;
            case Op::multiply: at = operate(at, Operator::multiply); break;
            case Op::divide: at = operate(at, Operator::divide); break;
            case Op::modulo: at = operate(at, Operator::modulo); break;
            case Op::negate: at = negate(at); break;
            case Op::invert: at = invert(at); break;
            case Op::require_bool: at = require_bool(at); break;
            case Op::select: at = select_value(at); break;
            case Op::select_field: at = select_field_value(at); break;
            case Op::has: at = has_value(at); break;
            case Op::has_field: at = has_field_value(at); break;
            case Op::size: at = size(at); break;
            case Op::is_set: at = is_set(at); continue;
            case Op::index: at = index_value(at); break;
            case Op::make_list: at = make_list(at); break;
            case Op::begin_list: at = begin_list(at); break;
            case Op::append: at = append(at); break;
            case Op::put: at = put_entry(at); break;
            case Op::end_list: at = end_list(at); continue;
            case Op::end_map: at = end_map(at); break;
            case Op::call: at = call_function(at); break;
            case Op::matches: at = matches(at); break;
            case Op::begin_loop: at = begin_loop(at); break;
            case Op::element: at = element(at); continue;
            case Op::next: at = next(at); break;
            case Op::clear:
                put(at->dst) = Value::null();
                ++at;
                continue;
            case Op::raise: at = raise(at); break;
            case Op::count: at = count(at); continue;
            case Op::wrap: at = wrap(at); break;
            case Op::unwrap: at = unwrap(at); break;
            case Op::or_else: at = or_else(at); break;
        }
        if (at == nullptr) [[unlikely]] {
            at = handled(here);
        }
    }
    return false;
}

// Where to go on after a failure at this instruction; nullptr when nobody absorbs it.
template <class Watch>
auto Machine<Watch>::handled(At at) -> At {
    const auto place = static_cast<uint32_t>(at - code_->instructions.data());
    if (at->op != Op::raise) {
        raised_ = {call_.failure(), place};
    }
    if (raised_.failure.final) {
        return nullptr;
    }
    for (const Handler& handler : code_->handlers) {
        if (place < handler.begin || place >= handler.end) {
            continue;
        }
        if (!frame_[handler.dst].is(Kind::failure)) {  // the first failure is the one to be shown
            frame_[handler.dst] = Value::failure(static_cast<uint32_t>(absorbed_.size()));
            absorbed_.push_back(raised_);
        }
        return to(handler.target);
    }
    return nullptr;
}

template <class Watch>
auto Machine<Watch>::raise(At at) -> At {
    const Value& pending = look(at->a);
    if (!pending.is(Kind::failure)) {
        return at + 1;
    }
    raised_ = absorbed_[pending.as_failure()];
    return nullptr;
}

template <class Watch>
auto Machine<Watch>::move(At at) -> At {
    frame_[at->dst] = look(at->a);
    watch_.moved(at->dst, at->a);
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::load(At at) -> At {
    const Value& value = look(at->a);
    if (value.is(Kind::unset)) {
        watch_.used(at->a, value);
        return after(at, call_.fail("{} has no value here; has() asks whether it has one",
                                    Value::type(code_->environment.slots()[at->a & kIndexMask].path)));
    }
    return move(at);
}

template <class Watch>
auto Machine<Watch>::load_record(At at) -> At {
    const Variable& variable = code_->environment.variables()[at->b];
    void* memory = call_.arena().allocate(sizeof(Record));
    const Value* fields = bases_[kSlot >> kSpaceShift] + at->extra;
    put(at->dst) = Value::record(new (memory) Record{variable.field.type.record.get(), fields});
    watch_.named(at->dst, variable.field.name);
    return after(at, call_.may_make(0));
}

template <class Watch>
auto Machine<Watch>::fail(At at) -> At {
    call_.fail("{}", Value::type(code_->failures[at->extra]));
    return nullptr;
}

template <class Watch>
auto Machine<Watch>::branch(At at) -> At {
    const Value& value = use(at->a);
    if (!value.is(Kind::boolean)) [[unlikely]] {
        call_.fail("a condition must be bool, but this is {}", Value::type(kind_name(value.kind())));
        return nullptr;
    }
    return jump(at, value.as_boolean());
}

template <class Watch>
bool Machine<Watch>::is_equal(const Value& a, const Value& b, bool& outcome) {
    if (a.is(Kind::unset) || b.is(Kind::unset)) [[unlikely]] {
        return call_.fail("there is no value here; has() asks whether there is one");
    }
    uint64_t work = 0;
    outcome = equal(a, b, work);
    return call_.spend(work);
}

template <class Watch>
bool Machine<Watch>::is_less(const Value& a, const Value& b, bool or_equal, bool& outcome) {
    const Order o = order(a, b);
    outcome = o == Order::less || (or_equal && o == Order::equal);
    if (o == Order::incomparable) [[unlikely]] {
        return call_.fail("cannot compare {} with {}", Value::type(kind_name(a.kind())),
                          Value::type(kind_name(b.kind())));
    }
    return true;
}

template <class Watch>
inline auto Machine<Watch>::branch_equal(At at) -> At {
    const Value& a = use(at->a);
    const Value& b = use(at->b);
    bool outcome = false;
    if (a.is(Kind::string) && b.is(Kind::string)) [[likely]] {
        outcome = same_text(a.as_text(), b.as_text());
    } else if (!is_equal(a, b, outcome)) {
        return nullptr;
    }
    return jump(at, outcome);
}

template <class Watch>
template <bool OrEqual>
inline auto Machine<Watch>::branch_order(At at) -> At {
    const Value& a = use(at->a);
    const Value& b = use(at->b);
    bool outcome = false;
    if (a.is(Kind::float64) && b.is(Kind::float64)) [[likely]] {
        outcome = OrEqual ? a.as_float64() <= b.as_float64() : a.as_float64() < b.as_float64();
    } else if (a.is(Kind::int64) && b.is(Kind::int64)) {
        outcome = OrEqual ? a.as_int64() <= b.as_int64() : a.as_int64() < b.as_int64();
    } else if (!is_less(a, b, OrEqual, outcome)) {
        return nullptr;
    }
    return jump(at, outcome);
}

template <class Watch>
auto Machine<Watch>::no_texts(const Value& a, const Value& b) -> At {
    call_.fail("this function takes two texts, but finds {} and {}", Value::type(kind_name(a.kind())),
               Value::type(kind_name(b.kind())));
    return nullptr;
}

template <class Watch>
template <bool (*Test)(std::string_view, std::string_view)>
inline auto Machine<Watch>::branch_text(At at) -> At {
    const Value& a = use(at->a);
    const Value& b = use(at->b);
    if (!a.is(Kind::string) || !b.is(Kind::string)) [[unlikely]] {
        return no_texts(a, b);
    }
    // As in texts.cpp: charged for every pair of places, in steps of sixteen bytes.
    if (Test == holds_text && !call_.spend((uint64_t{a.raw_size()} / 16) * (1 + b.raw_size() / 16))) [[unlikely]] {
        return nullptr;
    }
    return jump(at, Test(a.as_text(), b.as_text()));
}

template <class Watch>
auto Machine<Watch>::branch_has(At at) -> At {
    Value outcome;
    const Value& name = look(at->b);
    const bool good = has(call_, look(at->a), name, outcome);
    watch_.asked(at->a, name.as_text(), outcome);
    return good ? jump(at, outcome.as_boolean()) : nullptr;
}

template <class Watch>
auto Machine<Watch>::branch_in(At at) -> At {
    bool outcome = false;
    return contains(call_, use(at->b), use(at->a), outcome) ? jump(at, outcome) : nullptr;
}

template <class Watch>
auto Machine<Watch>::branch_in_texts(At at) -> At {
    const Value& wanted = use(at->a);
    const std::span<const Value> texts = look(at->b).as_list();
    bool outcome = false;
    if (wanted.is(Kind::string)) {
        const std::string_view text = wanted.as_text();
        const auto before = [&](const Value& v) {
            return v.raw_size() != text.size() ? v.raw_size() < text.size() : v.as_text() < text;
        };
        const auto found = std::partition_point(texts.begin(), texts.end(), before);
        outcome = found != texts.end() && same_text(found->as_text(), text);
    }
    return jump(at, outcome);
}

template <class Watch>
auto Machine<Watch>::equal_value(At at) -> At {
    bool outcome = false;
    const bool good = is_equal(use(at->a), use(at->b), outcome);
    put(at->dst) = Value::boolean(outcome != (at->flag != 0));
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::order_value(At at, bool or_equal) -> At {
    bool outcome = false;
    const bool good = is_less(use(at->a), use(at->b), or_equal, outcome);
    put(at->dst) = Value::boolean(outcome);
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::in_value(At at) -> At {
    bool outcome = false;
    const bool good = contains(call_, use(at->b), use(at->a), outcome);
    put(at->dst) = Value::boolean(outcome);
    return after(at, good);
}

template <class Watch>
auto Machine<Watch>::invert(At at) -> At {
    const Value& value = use(at->a);
    if (!value.is(Kind::boolean)) {
        call_.fail("'!' needs a bool behind it, but finds {}", Value::type(kind_name(value.kind())));
        return nullptr;
    }
    const bool inverted = !value.as_boolean();
    put(at->dst) = Value::boolean(inverted);
    return at + 1;
}

template <class Watch>
auto Machine<Watch>::require_bool(At at) -> At {
    const Value& value = use(at->a);
    return after(at, value.is(Kind::boolean) ||
                         call_.fail("this must be bool, but is {}", Value::type(kind_name(value.kind()))));
}

template class Machine<NoWatch>;
template class Machine<PathWatch>;

}  // namespace countersign::rules
