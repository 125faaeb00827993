#include "core/rules/times.h"

#include <algorithm>
#include <array>

#include "core/base/instant.h"

namespace countersign::rules {

namespace {

constexpr int64_t kSecond_ns = 1'000'000'000;
constexpr int64_t kDay_s = 86'400;
constexpr int64_t kFirst_s = -62'135'596'800;   // 0001-01-01T00:00:00Z
constexpr int64_t kBehind_s = 253'402'300'800;  // 10000-01-01T00:00:00Z

// Reads digits of a fixed number from the front of a text.
class Digits {
public:
    explicit Digits(std::string_view text) : rest_(text) {}

    int64_t take(size_t count) {
        int64_t value = 0;
        for (size_t i = 0; i < count; ++i) {
            const bool good = i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9';
            failed_ = failed_ || !good;
            value = good ? value * 10 + (rest_[i] - '0') : 0;
        }
        rest_.remove_prefix(std::min(count, rest_.size()));
        return value;
    }

    void expect(char c) {
        failed_ = failed_ || rest_.empty() || rest_.front() != c;
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
    }

    // The digits behind a decimal point as billionths; more than nine are an error.
    int64_t billionths() {
        int64_t value = 0;
        int64_t unit = kSecond_ns;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            unit /= 10;
            failed_ = failed_ || unit == 0;
            value += (rest_.front() - '0') * unit;
            rest_.remove_prefix(1);
        }
        failed_ = failed_ || unit == kSecond_ns;
        return value;
    }

    bool at(char c) const { return !rest_.empty() && rest_.front() == c; }

    bool finished() const { return !failed_ && rest_.empty(); }

    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    bool failed_ = false;
};

bool is_date(CivilDate date) {
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) {
        return false;
    }
    const CivilDate back = civil_from_days(days_from_civil(date));
    return back.month == date.month && back.day == date.day;
}

struct Unit {
    std::string_view name;
    int64_t nanos;
};

// Longest first: "ms" before "m".
constexpr std::array<Unit, 7> kUnits = {{{"ms", 1'000'000},
                                         {"us", 1'000},
                                         {"\u00b5s", 1'000},
                                         {"ns", 1},
                                         {"h", 3600 * kSecond_ns},
                                         {"m", 60 * kSecond_ns},
                                         {"s", kSecond_ns}}};

// One "1.5h" from the front of `rest`, in nanoseconds; a fraction is cut at whole nanoseconds.
std::optional<int64_t> take_part(std::string_view& rest) {
    int64_t whole = 0;
    size_t digits = 0;
    std::string_view fraction;
    size_t at = 0;
    for (; at < rest.size() && rest[at] >= '0' && rest[at] <= '9'; ++at, ++digits) {
        if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, rest[at] - '0', &whole)) {
            return std::nullopt;
        }
    }
    if (at < rest.size() && rest[at] == '.') {
        const size_t begin = ++at;
        while (at < rest.size() && rest[at] >= '0' && rest[at] <= '9') {
            ++at;
            ++digits;
        }
        fraction = rest.substr(begin, at - begin);
    }
    rest.remove_prefix(at);
    for (const Unit& unit : kUnits) {
        if (digits == 0 || !rest.starts_with(unit.name)) {
            continue;
        }
        rest.remove_prefix(unit.name.size());
        int64_t nanos = 0;
        int64_t share = unit.nanos;
        int64_t part = 0;
        for (const char digit : fraction) {
            share /= 10;
            part += (digit - '0') * share;
        }
        if (__builtin_mul_overflow(whole, unit.nanos, &nanos) || __builtin_add_overflow(nanos, part, &nanos)) {
            return std::nullopt;
        }
        return nanos;
    }
    return std::nullopt;
}

}  // namespace

bool in_range(Timestamp t) {
    return t.seconds >= kFirst_s && t.seconds < kBehind_s;
}

std::optional<Timestamp> read_timestamp(std::string_view text) {
    Digits digits(text);
    const int64_t year = digits.take(4);
    digits.expect('-');
    const int64_t month_number = digits.take(2);
    digits.expect('-');
    const int64_t day = digits.take(2);
    digits.expect(digits.at('t') ? 't' : 'T');
    const int64_t hour = digits.take(2);
    digits.expect(':');
    const int64_t minute = digits.take(2);
    digits.expect(':');
    const int64_t second = digits.take(2);
    int64_t nanos = 0;
    if (digits.at('.')) {
        digits.expect('.');
        nanos = digits.billionths();
    }
    int64_t offset = 0;
    if (digits.at('+') || digits.at('-')) {
        const int64_t sign = digits.at('-') ? -1 : 1;
        digits.expect(digits.at('-') ? '-' : '+');
        const int64_t offset_hours = digits.take(2);
        digits.expect(':');
        const int64_t offset_minutes = digits.take(2);
        if (offset_hours > 23 || offset_minutes > 59) {
            return std::nullopt;
        }
        offset = sign * (offset_hours * 3600 + offset_minutes * 60);
    } else {
        digits.expect(digits.at('z') ? 'z' : 'Z');
    }
    const CivilDate civil{static_cast<int32_t>(year), static_cast<uint32_t>(month_number), static_cast<uint32_t>(day)};
    if (!digits.finished() || !is_date(civil) || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    const Timestamp t{days_from_civil(civil) * kDay_s + hour * 3600 + minute * 60 + second - offset,
                      static_cast<uint32_t>(nanos)};
    return in_range(t) ? std::optional<Timestamp>(t) : std::nullopt;
}

std::optional<int64_t> read_duration(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative || text.starts_with('+') ? 1 : 0);
    if (text == "0") {
        return 0;
    }
    int64_t total = 0;
    do {
        const std::optional<int64_t> part = take_part(text);
        if (!part || __builtin_add_overflow(total, *part, &total)) {
            return std::nullopt;
        }
    } while (!text.empty());
    return negative ? -total : total;
}

std::optional<Timestamp> later(Timestamp t, int64_t nanos) {
    int64_t seconds_on = nanos / kSecond_ns;
    int64_t fraction = static_cast<int64_t>(t.nanos) + nanos % kSecond_ns;
    if (fraction < 0) {
        fraction += kSecond_ns;
        --seconds_on;
    } else if (fraction >= kSecond_ns) {
        fraction -= kSecond_ns;
        ++seconds_on;
    }
    const Timestamp out{t.seconds + seconds_on, static_cast<uint32_t>(fraction)};
    return in_range(out) ? std::optional<Timestamp>(out) : std::nullopt;
}

std::optional<int64_t> difference(Timestamp a, Timestamp b) {
    int64_t nanos = 0;
    if (__builtin_mul_overflow(a.seconds - b.seconds, kSecond_ns, &nanos) ||
        __builtin_add_overflow(nanos, static_cast<int64_t>(a.nanos) - static_cast<int64_t>(b.nanos), &nanos)) {
        return std::nullopt;
    }
    return nanos;
}

}  // namespace countersign::rules
