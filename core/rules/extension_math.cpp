// math.*: the math extension of cel-go. No function of libm that could differ between machines: rounding is exact.

#include <cmath>

#include "core/rules/compare.h"
#include "core/rules/library.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

// The arguments, or the elements when there is one list.
Arguments numbers_of(Arguments a) {
    return a.size() == 1 && a[0].is(Kind::list) ? a[0].as_list() : a;
}

// Of equal numbers the first one.
bool extreme(Call& call, Arguments a, Order wanted, Value& out) {
    const Arguments numbers = numbers_of(a);
    if (numbers.empty()) {
        return call.fail("an empty list has no greatest and no least number");
    }
    for (const Value& number : numbers) {
        if (!is_number(number.kind())) {
            return call.fail("only numbers can be greatest or least, but here is {}", number);
        }
        if (&number == &numbers.front() || order(number, out) == wanted) {
            out = number;
        }
    }
    return call.spend(numbers.size());
}

bool greatest(Call& call, Arguments a, Value& out) {
    return extreme(call, a, Order::greater, out);
}

bool least(Call& call, Arguments a, Value& out) {
    return extreme(call, a, Order::less, out);
}

template <double (*Rounding)(double)>
bool rounded(Call&, Arguments a, Value& out) {
    out = Value::float64(Rounding(a[0].as_float64()));
    return true;
}

double up(double v) {
    return std::ceil(v);
}

double down(double v) {
    return std::floor(v);
}

double half_away(double v) {
    return std::round(v);
}

double cut(double v) {
    return std::trunc(v);
}

bool abs_int(Call& call, Arguments a, Value& out) {
    const int64_t v = a[0].as_int64();
    if (v == INT64_MIN) {
        return call.fail("the result does not fit an int");
    }
    out = Value::int64(v < 0 ? -v : v);
    return true;
}

bool abs_double(Call&, Arguments a, Value& out) {
    out = Value::float64(std::fabs(a[0].as_float64()));
    return true;
}

bool same(Call&, Arguments a, Value& out) {
    out = a[0];
    return true;
}

bool sign_int(Call&, Arguments a, Value& out) {
    const int64_t v = a[0].as_int64();
    out = Value::int64(v > 0 ? 1 : v < 0 ? -1 : 0);
    return true;
}

bool sign_uint(Call&, Arguments a, Value& out) {
    out = Value::uint64(a[0].as_uint64() > 0 ? 1 : 0);
    return true;
}

bool sign_double(Call&, Arguments a, Value& out) {
    const double v = a[0].as_float64();
    out = std::isnan(v) ? a[0] : Value::float64(v > 0 ? 1 : v < 0 ? -1 : 0);
    return true;
}

bool is_nan(Call&, Arguments a, Value& out) {
    out = Value::boolean(std::isnan(a[0].as_float64()));
    return true;
}

bool is_inf(Call&, Arguments a, Value& out) {
    out = Value::boolean(std::isinf(a[0].as_float64()));
    return true;
}

bool is_finite(Call&, Arguments a, Value& out) {
    out = Value::boolean(std::isfinite(a[0].as_float64()));
    return true;
}

bool square_root(Call&, Arguments a, Value& out) {
    const double v = a[0].is(Kind::float64) ? a[0].as_float64()
                     : a[0].is(Kind::int64) ? static_cast<double>(a[0].as_int64())
                                            : static_cast<double>(a[0].as_uint64());
    out = Value::float64(std::sqrt(v));  // IEEE 754: exactly rounded everywhere
    return true;
}

// --- bits ------------------------------------------------------------------------------------------------------------

uint64_t bits_of(const Value& v) {
    return v.is(Kind::int64) ? static_cast<uint64_t>(v.as_int64()) : v.as_uint64();
}

Value with_bits(const Value& like, uint64_t bits) {
    return like.is(Kind::int64) ? Value::int64(static_cast<int64_t>(bits)) : Value::uint64(bits);
}

bool bit_and(Call&, Arguments a, Value& out) {
    out = with_bits(a[0], bits_of(a[0]) & bits_of(a[1]));
    return true;
}

bool bit_or(Call&, Arguments a, Value& out) {
    out = with_bits(a[0], bits_of(a[0]) | bits_of(a[1]));
    return true;
}

bool bit_xor(Call&, Arguments a, Value& out) {
    out = with_bits(a[0], bits_of(a[0]) ^ bits_of(a[1]));
    return true;
}

bool bit_not(Call&, Arguments a, Value& out) {
    out = with_bits(a[0], ~bits_of(a[0]));
    return true;
}

// Shifts are logical, for int too; by 64 or more everything is shifted out.
template <bool Left>
bool bit_shift(Call& call, Arguments a, Value& out) {
    const int64_t by = a[1].as_int64();
    if (by < 0) {
        return call.fail("cannot shift by {}; a shift is not negative", a[1]);
    }
    const uint64_t bits = bits_of(a[0]);
    out = with_bits(a[0], by > 63 ? 0 : Left ? bits << by : bits >> by);
    return true;
}

constexpr Entry kEntries[] = {
    {"math.greatest(number, ...) -> dyn", greatest},
    {"math.least(number, ...) -> dyn", least},
    {"math.ceil(double) -> double", rounded<up>, false},
    {"math.floor(double) -> double", rounded<down>, false},
    {"math.round(double) -> double", rounded<half_away>, false},
    {"math.trunc(double) -> double", rounded<cut>, false},
    {"math.abs(int) -> int", abs_int},
    {"math.abs(uint) -> uint", same, false},
    {"math.abs(double) -> double", abs_double, false},
    {"math.sign(int) -> int", sign_int, false},
    {"math.sign(uint) -> uint", sign_uint, false},
    {"math.sign(double) -> double", sign_double, false},
    {"math.isNaN(double) -> bool", is_nan, false},
    {"math.isInf(double) -> bool", is_inf, false},
    {"math.isFinite(double) -> bool", is_finite, false},
    {"math.sqrt(double) -> double", square_root, false},
    {"math.sqrt(int) -> double", square_root, false},
    {"math.sqrt(uint) -> double", square_root, false},
    {"math.bitAnd(int, int) -> int", bit_and, false},
    {"math.bitAnd(uint, uint) -> uint", bit_and, false},
    {"math.bitOr(int, int) -> int", bit_or, false},
    {"math.bitOr(uint, uint) -> uint", bit_or, false},
    {"math.bitXor(int, int) -> int", bit_xor, false},
    {"math.bitXor(uint, uint) -> uint", bit_xor, false},
    {"math.bitNot(int) -> int", bit_not, false},
    {"math.bitNot(uint) -> uint", bit_not, false},
    {"math.bitShiftLeft(int, int) -> int", bit_shift<true>},
    {"math.bitShiftLeft(uint, int) -> uint", bit_shift<true>},
    {"math.bitShiftRight(int, int) -> int", bit_shift<false>},
    {"math.bitShiftRight(uint, int) -> uint", bit_shift<false>},
};

}  // namespace

std::span<const Entry> math_extension() {
    return kEntries;
}

}  // namespace countersign::rules
