#include "core/rules/arithmetic.h"

#include <algorithm>
#include <cstring>

#include "core/rules/times.h"

namespace countersign::rules {

namespace {

constexpr const char* kIntRange = "the result does not fit an int";
constexpr const char* kUintRange = "the result does not fit a uint";
constexpr const char* kTimeRange = "the result lies outside of the years 1 to 9999";
constexpr const char* kDurationRange = "the result is longer than 292 years";

bool no_operator(Call& call, Operator op, const Value& a, const Value& b) {
    static constexpr const char* kTexts[] = {"'+' cannot add {} and {}", "'-' cannot subtract {} and {}",
                                             "'*' cannot multiply {} and {}", "'/' cannot divide {} and {}",
                                             "'%' cannot take the rest of {} and {}"};
    const size_t index = static_cast<size_t>(op) - static_cast<size_t>(Operator::add);
    return call.fail(kTexts[index], Value::type(kind_name(a.kind())), Value::type(kind_name(b.kind())));
}

bool of_ints(Call& call, Operator op, int64_t a, int64_t b, Value& result) {
    int64_t out = 0;
    bool overflow = false;
    switch (op) {
        case Operator::add: overflow = __builtin_add_overflow(a, b, &out); break;
        case Operator::subtract: overflow = __builtin_sub_overflow(a, b, &out); break;
        case Operator::multiply: overflow = __builtin_mul_overflow(a, b, &out); break;
        default:
            if (b == 0) {
                return call.fail(op == Operator::divide ? "division by zero" : "rest of a division by zero");
            }
            overflow = a == INT64_MIN && b == -1;
            out = overflow ? 0 : op == Operator::divide ? a / b : a % b;
            break;
    }
    result = Value::int64(out);
    return !overflow || call.fail(kIntRange);
}

bool of_uints(Call& call, Operator op, uint64_t a, uint64_t b, Value& result) {
    uint64_t out = 0;
    bool overflow = false;
    switch (op) {
        case Operator::add: overflow = __builtin_add_overflow(a, b, &out); break;
        case Operator::subtract: overflow = __builtin_sub_overflow(a, b, &out); break;
        case Operator::multiply: overflow = __builtin_mul_overflow(a, b, &out); break;
        default:
            if (b == 0) {
                return call.fail(op == Operator::divide ? "division by zero" : "rest of a division by zero");
            }
            out = op == Operator::divide ? a / b : a % b;
            break;
    }
    result = Value::uint64(out);
    return !overflow || call.fail(kUintRange);
}

bool of_doubles(Call& call, Operator op, const Value& a, const Value& b, Value& result) {
    const double x = a.as_float64();
    const double y = b.as_float64();
    switch (op) {
        case Operator::add: result = Value::float64(x + y); return true;
        case Operator::subtract: result = Value::float64(x - y); return true;
        case Operator::multiply: result = Value::float64(x * y); return true;
        case Operator::divide: result = Value::float64(x / y); return true;
        default: return no_operator(call, op, a, b);
    }
}

bool joined_texts(Call& call, const Value& a, const Value& b, Value& result) {
    const std::string_view x = a.as_text();
    const std::string_view y = b.as_text();
    const size_t size = x.size() + y.size();
    if (!call.may_make(size) || !call.spend(size / 16)) {
        return false;
    }
    char* to = call.arena().text(size);
    std::copy(x.begin(), x.end(), to);
    std::copy(y.begin(), y.end(), to + x.size());
    const std::string_view joined(to, size);
    result = a.is(Kind::string) ? Value::string(joined) : Value::bytes(joined);
    return true;
}

bool joined_lists(Call& call, const Value& a, const Value& b, Value& result) {
    const std::span<const Value> x = a.as_list();
    const std::span<const Value> y = b.as_list();
    const size_t size = x.size() + y.size();
    if (!call.may_hold(size) || !call.may_make(uint64_t{size} * sizeof(Value)) || !call.spend(size)) {
        return false;
    }
    Value* to = call.arena().values(size);
    std::copy(x.begin(), x.end(), to);
    std::copy(y.begin(), y.end(), to + x.size());
    result = Value::list({to, size});
    return true;
}

bool moved_time(Call& call, const Value& time, int64_t nanos, Value& result) {
    const std::optional<Timestamp> t = later(time.as_timestamp(), nanos);
    result = Value::timestamp(t.value_or(Timestamp{}));
    return t.has_value() || call.fail(kTimeRange);
}

bool of_durations(Call& call, Operator op, int64_t a, int64_t b, Value& result) {
    int64_t out = 0;
    const bool overflow = op == Operator::add ? __builtin_add_overflow(a, b, &out) : __builtin_sub_overflow(a, b, &out);
    result = Value::duration(out);
    return !overflow || call.fail(kDurationRange);
}

bool of_times(Call& call, Operator op, const Value& a, const Value& b, Value& result) {
    const bool adds = op == Operator::add;
    const Kind x = a.kind();
    const Kind y = b.kind();
    if (x == Kind::duration && y == Kind::duration) {
        return of_durations(call, op, a.as_duration(), b.as_duration(), result);
    }
    if (x == Kind::timestamp && y == Kind::duration) {
        const int64_t nanos = b.as_duration();
        return nanos == INT64_MIN ? call.fail(kTimeRange) : moved_time(call, a, adds ? nanos : -nanos, result);
    }
    if (x == Kind::duration && y == Kind::timestamp && adds) {
        return moved_time(call, b, a.as_duration(), result);
    }
    if (x == Kind::timestamp && y == Kind::timestamp && !adds) {
        const std::optional<int64_t> nanos = difference(a.as_timestamp(), b.as_timestamp());
        result = Value::duration(nanos.value_or(0));
        return nanos.has_value() || call.fail(kDurationRange);
    }
    return no_operator(call, op, a, b);
}

}  // namespace

bool arithmetic(Call& call, Operator op, const Value& a, const Value& b, Value& result) {
    const bool same = a.kind() == b.kind();
    if (same && a.is(Kind::int64)) {
        return of_ints(call, op, a.as_int64(), b.as_int64(), result);
    }
    if (same && a.is(Kind::uint64)) {
        return of_uints(call, op, a.as_uint64(), b.as_uint64(), result);
    }
    if (same && a.is(Kind::float64)) {
        return of_doubles(call, op, a, b, result);
    }
    if (same && op == Operator::add && (a.is(Kind::string) || a.is(Kind::bytes))) {
        return joined_texts(call, a, b, result);
    }
    if (same && op == Operator::add && a.is(Kind::list)) {
        return joined_lists(call, a, b, result);
    }
    return op == Operator::add || op == Operator::subtract ? of_times(call, op, a, b, result)
                                                           : no_operator(call, op, a, b);
}

bool negated(Call& call, const Value& a, Value& result) {
    if (a.is(Kind::float64)) {
        result = Value::float64(-a.as_float64());
        return true;
    }
    if (!a.is(Kind::int64)) {
        return call.fail("'-' needs an int or a double behind it, but finds {}", Value::type(kind_name(a.kind())));
    }
    result = Value::int64(a.as_int64() == INT64_MIN ? 0 : -a.as_int64());
    return a.as_int64() != INT64_MIN || call.fail(kIntRange);
}

}  // namespace countersign::rules
