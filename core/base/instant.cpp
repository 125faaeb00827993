#include "core/base/instant.h"

#include <charconv>

#include "core/base/concat.h"

namespace countersign {

namespace {

std::string padded(int64_t number, size_t width) {
    std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Takes exactly `count` digits off the front of `text`; -1 when they are not there.
int64_t take_digits(std::string_view& text, size_t count) {
    if (text.size() < count) {
        return -1;
    }
    int64_t number = 0;
    for (size_t i = 0; i < count; ++i) {
        const char c = text[i];
        if (c < '0' || c > '9') {
            return -1;
        }
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || (text.front() != wanted && text.front() != wanted + ('a' - 'A'))) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

// ".5" gives 500000; an absent fraction 0; a bad one -1. Digits beyond microseconds are cut off.
int64_t take_fraction_us(std::string_view& text) {
    if (text.empty() || text.front() != '.') {
        return 0;
    }
    text.remove_prefix(1);
    int64_t us = 0;
    size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) {
            us = us * 10 + (text.front() - '0');
        }
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0 || digits > 9) {
        return -1;
    }
    for (; digits < 6; ++digits) {
        us *= 10;
    }
    return us;
}

// Offset from UTC in seconds: "Z", "+02:00". Nothing else may follow it.
Result<int64_t> take_offset_s(std::string_view text, const Error& bad) {
    if (take(text, 'Z')) {
        return text.empty() ? Result<int64_t>(int64_t{0}) : bad;
    }
    if (text.empty() || (text.front() != '+' && text.front() != '-')) {
        return bad;
    }
    const int64_t sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const int64_t hours = take_digits(text, 2);
    const bool colon = take(text, ':');
    const int64_t minutes = take_digits(text, 2);
    if (hours < 0 || hours > 23 || !colon || minutes < 0 || minutes > 59 || !text.empty()) {
        return bad;
    }
    return sign * (hours * 3600 + minutes * 60);
}

uint32_t days_in_month(int64_t year, int64_t month) {
    static constexpr uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

int64_t days_from_civil(CivilDate date) {
    const int64_t y = int64_t{date.year} - (date.month <= 2 ? 1 : 0);
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t month_from_march = (int64_t{date.month} + 9) % 12;
    const int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

CivilDate civil_from_days(int64_t days_since_1970) {
    const int64_t z = days_since_1970 + 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int64_t day_of_era = z - era * 146097;
    const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    CivilDate date;
    date.day = static_cast<uint32_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = static_cast<uint32_t>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = static_cast<int32_t>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

std::string to_rfc3339(Instant t) {
    const int64_t days = (t.us >= 0 ? t.us : t.us - (kDay_us - 1)) / kDay_us;
    const int64_t rest_us = t.us - days * kDay_us;
    const CivilDate date = civil_from_days(days);
    std::string out = concat(padded(date.year, 4), '-', padded(date.month, 2), '-', padded(date.day, 2), 'T',
                             padded(rest_us / kHour_us, 2), ':', padded(rest_us / kMinute_us % 60, 2), ':',
                             padded(rest_us / kSecond_us % 60, 2));
    if (rest_us % kSecond_us != 0) {
        out += "." + padded(rest_us % kSecond_us, 6);
    }
    return out + "Z";
}

Result<Instant> parse_rfc3339(std::string_view text) {
    const Error bad =
        fail(ErrorCode::invalid_argument, concat("'", text.substr(0, 40), "' is not a time like 2026-11-23T18:36:00Z"));
    std::string_view rest = text;
    const int64_t year = take_digits(rest, 4);
    bool good = take(rest, '-');
    const int64_t month = take_digits(rest, 2);
    good = take(rest, '-') && good;
    const int64_t day = take_digits(rest, 2);
    good = take(rest, 'T') && good;
    const int64_t hour = take_digits(rest, 2);
    good = take(rest, ':') && good;
    const int64_t minute = take_digits(rest, 2);
    good = take(rest, ':') && good;
    const int64_t second = take_digits(rest, 2);
    const int64_t fraction_us = take_fraction_us(rest);
    if (!good || year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction_us < 0) {
        return bad;
    }
    const int64_t offset_s = CS_TRY(take_offset_s(rest, bad));
    const int64_t days = days_from_civil(CivilDate{
        .year = static_cast<int32_t>(year), .month = static_cast<uint32_t>(month), .day = static_cast<uint32_t>(day)});
    const int64_t seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset_s;
    return Instant{seconds * kSecond_us + fraction_us};
}

Result<Duration> parse_duration(std::string_view text) {
    const Error bad = fail(ErrorCode::invalid_argument,
                           concat("'", text.substr(0, 40), "' is not a duration like 30m, 4h, 2d or 1h30m"));
    std::string_view rest = text;
    int64_t total_us = 0;
    while (!rest.empty()) {
        int64_t number = 0;
        const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (code != std::errc{} || number < 0 || number > 100'000 || end == rest.data() + rest.size()) {
            return bad;
        }
        const char unit = *end;
        rest.remove_prefix(static_cast<size_t>(end - rest.data()) + 1);
        const int64_t unit_us = unit == 's'   ? kSecond_us
                                : unit == 'm' ? kMinute_us
                                : unit == 'h' ? kHour_us
                                : unit == 'd' ? kDay_us
                                              : 0;
        if (unit_us == 0) {
            return bad;
        }
        total_us += number * unit_us;
    }
    return text.empty() || total_us > 36'500 * kDay_us ? Result<Duration>(bad) : Duration{total_us};
}

std::string to_text(Duration d) {
    struct Unit {
        int64_t us;
        char letter;
    };

    std::string out;
    int64_t rest_us = d.us;
    for (const Unit unit : {Unit{kDay_us, 'd'}, Unit{kHour_us, 'h'}, Unit{kMinute_us, 'm'}, Unit{kSecond_us, 's'}}) {
        if (rest_us >= unit.us) {
            out += concat(rest_us / unit.us, unit.letter);
            rest_us %= unit.us;
        }
    }
    return out.empty() ? "0s" : out;
}

}  // namespace countersign
