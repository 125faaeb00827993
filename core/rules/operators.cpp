#include "core/rules/operators.h"

#include <algorithm>
#include <array>

#include "core/base/concat.h"

namespace countersign::rules {

namespace {

struct Arithmetic {
    Operator op;
    Kind left;
    Kind right;
    Kind result;
};

constexpr std::array<Arithmetic, 23> kArithmetic = {{
    {Operator::add, Kind::int64, Kind::int64, Kind::int64},
    {Operator::add, Kind::uint64, Kind::uint64, Kind::uint64},
    {Operator::add, Kind::float64, Kind::float64, Kind::float64},
    {Operator::add, Kind::string, Kind::string, Kind::string},
    {Operator::add, Kind::bytes, Kind::bytes, Kind::bytes},
    {Operator::add, Kind::timestamp, Kind::duration, Kind::timestamp},
    {Operator::add, Kind::duration, Kind::timestamp, Kind::timestamp},
    {Operator::add, Kind::duration, Kind::duration, Kind::duration},
    {Operator::subtract, Kind::int64, Kind::int64, Kind::int64},
    {Operator::subtract, Kind::uint64, Kind::uint64, Kind::uint64},
    {Operator::subtract, Kind::float64, Kind::float64, Kind::float64},
    {Operator::subtract, Kind::timestamp, Kind::timestamp, Kind::duration},
    {Operator::subtract, Kind::timestamp, Kind::duration, Kind::timestamp},
    {Operator::subtract, Kind::duration, Kind::duration, Kind::duration},
    {Operator::multiply, Kind::int64, Kind::int64, Kind::int64},
    {Operator::multiply, Kind::uint64, Kind::uint64, Kind::uint64},
    {Operator::multiply, Kind::float64, Kind::float64, Kind::float64},
    {Operator::divide, Kind::int64, Kind::int64, Kind::int64},
    {Operator::divide, Kind::uint64, Kind::uint64, Kind::uint64},
    {Operator::divide, Kind::float64, Kind::float64, Kind::float64},
    {Operator::modulo, Kind::int64, Kind::int64, Kind::int64},
    {Operator::modulo, Kind::uint64, Kind::uint64, Kind::uint64},
    {Operator::none, Kind::dyn, Kind::dyn, Kind::dyn},
}};

bool is_ordered(Kind kind) {
    switch (kind) {
        case Kind::boolean:
        case Kind::string:
        case Kind::bytes:
        case Kind::timestamp:
        case Kind::duration: return true;
        default: return is_number(kind);
    }
}

// What usually helps when these two were put beside each other.
std::string_view remedy(Kind a, Kind b) {
    const auto pair = [&](Kind x, Kind y) { return (a == x && b == y) || (a == y && b == x); };
    if (pair(Kind::timestamp, Kind::string)) {
        return "; write timestamp('2026-01-31T00:00:00Z')";
    }
    if (pair(Kind::duration, Kind::string)) {
        return "; write duration('90m')";
    }
    if (pair(Kind::duration, Kind::int64) || pair(Kind::duration, Kind::float64)) {
        return "; write duration('90m')";
    }
    if (pair(Kind::timestamp, Kind::int64)) {
        return "; write timestamp(seconds) or int(timestamp)";
    }
    if (a == Kind::null_type || b == Kind::null_type) {
        return "; it is never null: has(record.field) asks whether there is a value";
    }
    if ((a == Kind::string && is_number(b)) || (b == Kind::string && is_number(a))) {
        return "; a number stands without quotation marks, string(x) makes a text of it";
    }
    return "";
}

Error cannot_compare(Operator op, const Type& left, const Type& right) {
    return fail(ErrorCode::invalid_argument, concat("'", operator_text(op), "' cannot compare ", left.text(), " with ",
                                                    right.text(), remedy(left.kind, right.kind)));
}

Result<Type> arithmetic_type(Operator op, const Type& left, const Type& right, Substitution& substitution) {
    const Kind l = left.kind;
    const Kind r = right.kind;
    if (op == Operator::add && (l == Kind::list || l == Kind::dyn) && (r == Kind::list || r == Kind::dyn)) {
        return l == Kind::dyn && r == Kind::dyn ? types::dyn() : substitution.join(left, right);
    }
    const Arithmetic* found = nullptr;
    for (const Arithmetic& row : kArithmetic) {
        const bool fits = row.op == op && (l == row.left || l == Kind::dyn) && (r == row.right || r == Kind::dyn);
        if (!fits) {
            continue;
        }
        if (found != nullptr && found->result != row.result) {
            return types::dyn();
        }
        found = &row;
    }
    if (found != nullptr) {
        return types::of(found->result);
    }
    static constexpr std::array<std::string_view, 5> kVerbs = {"add", "subtract", "multiply", "divide",
                                                               "take the rest of"};
    const std::string_view verb = kVerbs[static_cast<size_t>(op) - static_cast<size_t>(Operator::add)];
    std::string_view advice = remedy(l, r);
    if (is_number(l) && is_number(r)) {
        const bool doubles = l == Kind::float64 || r == Kind::float64;
        advice = l == r    ? "; % is for whole numbers"
                 : doubles ? "; write 2.0 for 2, or double(x)"
                           : "; write 2u for 2, or uint(x)";
    }
    return fail(ErrorCode::invalid_argument,
                concat("'", operator_text(op), "' cannot ", verb, " ", left.text(), " and ", right.text(), advice));
}

Result<Type> in_type(const Type& left, const Type& right, Substitution& substitution) {
    if (right.kind == Kind::dyn) {
        return types::boolean();
    }
    if (right.kind == Kind::string && left.kind == Kind::string) {
        return fail(ErrorCode::invalid_argument,
                    "'in' looks into a list or map; for a part of a text write text.contains('word')");
    }
    if (right.kind != Kind::list && right.kind != Kind::map) {
        return fail(ErrorCode::invalid_argument, concat("'in' looks into a list or map, not into ", right.text()));
    }
    const Type element = substitution.resolved(right.arguments[0]);
    if (substitution.fits(right.arguments[0], left) || (is_number(element.kind) && is_number(left.kind))) {
        return types::boolean();
    }
    return fail(ErrorCode::invalid_argument,
                concat("'in' cannot find ", left.text(), " in ", substitution.resolved(right).text()));
}

}  // namespace

Result<Type> operator_type(Operator op, const Type& left, const Type& right, Substitution& substitution) {
    const Type l = substitution.resolved(left);
    const Type r = substitution.resolved(right);
    const bool numbers = is_number(l.kind) && is_number(r.kind);
    switch (op) {
        case Operator::equal:
        case Operator::not_equal:
            if (!numbers && !substitution.fits(left, right)) {
                return cannot_compare(op, l, r);
            }
            return types::boolean();
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal: {
            const bool same = l.kind == r.kind && is_ordered(l.kind);
            const bool open = (l.kind == Kind::dyn && (is_ordered(r.kind) || r.kind == Kind::dyn)) ||
                              (r.kind == Kind::dyn && is_ordered(l.kind));
            if (!numbers && !same && !open) {
                return cannot_compare(op, l, r);
            }
            return types::boolean();
        }
        case Operator::in: return in_type(l, right.kind == Kind::param ? r : right, substitution);
        default: return arithmetic_type(op, l, r, substitution);
    }
}

Result<Type> negated_type(const Type& operand) {
    switch (operand.kind) {
        case Kind::int64:
        case Kind::float64:
        case Kind::dyn: return operand;
        default:
            return fail(ErrorCode::invalid_argument,
                        concat("'-' needs an int or a double behind it, but finds ", operand.text()));
    }
}

}  // namespace countersign::rules
