#include "core/rules/compare.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/rules/bytes.h"
#include "core/rules/type.h"

namespace countersign::rules {

namespace {

template <class T>
Order order_of(T a, T b) {
    return a < b ? Order::less : b < a ? Order::greater : Order::equal;
}

Order reversed(Order o) {
    return o == Order::less ? Order::greater : o == Order::greater ? Order::less : o;
}

Order order_doubles(double a, double b) {
    return std::isnan(a) || std::isnan(b) ? Order::unordered : order_of(a, b);
}

Order order_int_double(int64_t a, double b) {
    constexpr double kTwo63 = 9223372036854775808.0;
    if (b > kTwo63) {
        return Order::less;
    }
    return b < -kTwo63 ? Order::greater : order_doubles(static_cast<double>(a), b);
}

Order order_uint_double(uint64_t a, double b) {
    constexpr double kTwo64 = 18446744073709551616.0;
    if (b > kTwo64) {
        return Order::less;
    }
    return b < 0 ? Order::greater : order_doubles(static_cast<double>(a), b);
}

Order order_int_uint(int64_t a, uint64_t b) {
    return a < 0 ? Order::less : order_of(static_cast<uint64_t>(a), b);
}

Order order_numbers(const Value& a, const Value& b) {
    const Kind ka = a.kind();
    const Kind kb = b.kind();
    if (ka == kb) {
        return ka == Kind::int64    ? order_of(a.as_int64(), b.as_int64())
               : ka == Kind::uint64 ? order_of(a.as_uint64(), b.as_uint64())
                                    : order_doubles(a.as_float64(), b.as_float64());
    }
    if (kb == Kind::float64) {
        return ka == Kind::int64 ? order_int_double(a.as_int64(), b.as_float64())
                                 : order_uint_double(a.as_uint64(), b.as_float64());
    }
    if (ka == Kind::int64) {
        return order_int_uint(a.as_int64(), b.as_uint64());
    }
    return reversed(order_numbers(b, a));
}

Order order_texts(std::string_view a, std::string_view b) {
    const int c = a.compare(b);  // char_traits<char> compares as unsigned char
    return c < 0 ? Order::less : c > 0 ? Order::greater : Order::equal;
}

Order order_timestamps(Timestamp a, Timestamp b) {
    return a.seconds == b.seconds ? order_of(a.nanos, b.nanos) : order_of(a.seconds, b.seconds);
}

bool equal_lists(std::span<const Value> a, std::span<const Value> b, uint64_t& work) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](const Value& x, const Value& y) { return equal(x, y, work); });
}

bool equal_maps(std::span<const MapEntry> a, std::span<const MapEntry> b, uint64_t& work) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const MapEntry& x, const MapEntry& y) {
               return compare_keys(x.key, y.key) == 0 && equal(x.value, y.value, work);
           });
}

bool equal_records(const Record& a, const Record& b, uint64_t& work) {
    const size_t count = a.type->fields.size();
    return a.type == b.type && equal_lists({a.fields, count}, {b.fields, count}, work);
}

bool equal_optionals(const Value* a, const Value* b, uint64_t& work) {
    return a == nullptr || b == nullptr ? a == b : equal(*a, *b, work);
}

int key_rank(const Value& key) {
    return key.is(Kind::boolean) ? 0 : key.is(Kind::string) ? 2 : 1;
}

}  // namespace

Order order(const Value& a, const Value& b) {
    if (is_number(a.kind()) && is_number(b.kind())) {
        return order_numbers(a, b);
    }
    if (a.kind() != b.kind()) {
        return Order::incomparable;
    }
    switch (a.kind()) {
        case Kind::string:
        case Kind::bytes: return order_texts(a.as_text(), b.as_text());
        case Kind::boolean: return order_of(a.as_boolean(), b.as_boolean());
        case Kind::timestamp: return order_timestamps(a.as_timestamp(), b.as_timestamp());
        case Kind::duration: return order_of(a.as_duration(), b.as_duration());
        default: return Order::incomparable;
    }
}

bool equal(const Value& a, const Value& b, uint64_t& work) {
    ++work;
    if (a.kind() != b.kind()) {
        return is_number(a.kind()) && is_number(b.kind()) && order_numbers(a, b) == Order::equal;
    }
    switch (a.kind()) {
        case Kind::string:
        case Kind::bytes:
        case Kind::type: work += std::min(a.raw_size(), b.raw_size()) / 16; return same_text(a.as_text(), b.as_text());
        case Kind::list: return equal_lists(a.as_list(), b.as_list(), work);
        case Kind::map: return equal_maps(a.as_map(), b.as_map(), work);
        case Kind::record: return equal_records(*a.as_record(), *b.as_record(), work);
        case Kind::optional: return equal_optionals(a.as_optional(), b.as_optional(), work);
        case Kind::null_type:
        case Kind::unset: return true;
        default: return order(a, b) == Order::equal;
    }
}

int compare_keys(const Value& a, const Value& b) {
    const int rank_a = key_rank(a);
    const int rank_b = key_rank(b);
    if (rank_a != rank_b) {
        return rank_a < rank_b ? -1 : 1;
    }
    const Order o = order(a, b);
    return o == Order::equal ? 0 : o == Order::less ? -1 : 1;  // a NaN is above every key, so that it is never found
}

bool is_key(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean:
        case Kind::int64:
        case Kind::uint64:
        case Kind::string: return true;
        default: return false;
    }
}

const Value* find_key(std::span<const MapEntry> map, const Value& key) {
    if (key.is(Kind::string)) {
        return find_key(map, key.as_text());
    }
    if (!is_key(key) && !key.is(Kind::float64)) {
        return nullptr;
    }
    const auto at = std::partition_point(map.begin(), map.end(),
                                         [&](const MapEntry& entry) { return compare_keys(entry.key, key) < 0; });
    return at != map.end() && compare_keys(at->key, key) == 0 ? &at->value : nullptr;
}

const Value* find_key(std::span<const MapEntry> map, std::string_view key) {
    constexpr size_t kFew = 8;  // up to here, looking at each is faster than searching
    if (map.size() <= kFew) {
        for (const MapEntry& entry : map) {
            if (entry.key.is(Kind::string) && same_text(entry.key.as_text(), key)) {
                return &entry.value;
            }
        }
        return nullptr;
    }
    const auto at = std::partition_point(map.begin(), map.end(), [&](const MapEntry& entry) {
        return !entry.key.is(Kind::string) || entry.key.as_text() < key;
    });
    return at != map.end() && same_text(at->key.as_text(), key) ? &at->value : nullptr;
}

}  // namespace countersign::rules
