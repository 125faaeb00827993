// The parts of timestamps and durations, in UTC or in a time zone: cel-spec, doc/langdef.md, "List of Standard
// Definitions".

#include "core/base/instant.h"
#include "core/rules/library.h"
#include "core/rules/times.h"
#include "core/zones/zones.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

constexpr int64_t kSecond_ns = 1'000'000'000;
constexpr int64_t kDay_s = 86'400;

// A timestamp as a calendar shows it somewhere.
struct Local {
    int64_t day = 0;     // since 1970-01-01
    int64_t second = 0;  // of that day
    CivilDate date;
};

Local local_time(int64_t seconds) {
    Local out;
    out.day = seconds >= 0 ? seconds / kDay_s : -((-seconds + kDay_s - 1) / kDay_s);
    out.second = seconds - out.day * kDay_s;
    out.date = civil_from_days(out.day);
    return out;
}

int64_t full_year(const Local& t) {
    return t.date.year;
}

int64_t month(const Local& t) {
    return static_cast<int64_t>(t.date.month) - 1;
}

int64_t date(const Local& t) {
    return t.date.day;
}

int64_t day_of_month(const Local& t) {
    return static_cast<int64_t>(t.date.day) - 1;
}

int64_t day_of_week(const Local& t) {
    return ((t.day + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
}

int64_t day_of_year(const Local& t) {
    return t.day - days_from_civil({t.date.year, 1, 1});
}

int64_t hours(const Local& t) {
    return t.second / 3600;
}

int64_t minutes(const Local& t) {
    return t.second / 60 % 60;
}

int64_t seconds(const Local& t) {
    return t.second % 60;
}

template <int64_t (*Part)(const Local&)>
bool part_in_utc(Call&, Arguments a, Value& out) {
    out = Value::int64(Part(local_time(a[0].as_timestamp().seconds)));
    return true;
}

template <int64_t (*Part)(const Local&)>
bool part_in_zone(Call& call, Arguments a, Value& out) {
    const int64_t utc = a[0].as_timestamp().seconds;
    const std::optional<int32_t> offset = zones::utc_offset(a[1].as_text(), utc);
    if (!offset) {
        return call.fail("{} is no time zone; write 'UTC', '+01:00' or a name like 'Europe/Berlin'", a[1]);
    }
    out = Value::int64(Part(local_time(utc + *offset)));
    return true;
}

bool milliseconds(Call&, Arguments a, Value& out) {
    out = Value::int64(a[0].as_timestamp().nanos / 1'000'000);
    return true;
}

bool milliseconds_in_zone(Call& call, Arguments a, Value& out) {
    const bool known = zones::utc_offset(a[1].as_text(), a[0].as_timestamp().seconds).has_value();
    return milliseconds(call, a, out) &&
           (known || call.fail("{} is no time zone; write 'UTC', '+01:00' or a name like 'Europe/Berlin'", a[1]));
}

template <int64_t Unit_ns, int64_t Modulus>
bool duration_part(Call&, Arguments a, Value& out) {
    const int64_t whole = a[0].as_duration() / Unit_ns;
    out = Value::int64(Modulus == 0 ? whole : whole % Modulus);
    return true;
}

constexpr Entry kEntries[] = {
    {"timestamp.getFullYear() -> int", part_in_utc<full_year>, false},
    {"timestamp.getFullYear(string) -> int", part_in_zone<full_year>},
    {"timestamp.getMonth() -> int", part_in_utc<month>, false},
    {"timestamp.getMonth(string) -> int", part_in_zone<month>},
    {"timestamp.getDate() -> int", part_in_utc<date>, false},
    {"timestamp.getDate(string) -> int", part_in_zone<date>},
    {"timestamp.getDayOfMonth() -> int", part_in_utc<day_of_month>, false},
    {"timestamp.getDayOfMonth(string) -> int", part_in_zone<day_of_month>},
    {"timestamp.getDayOfWeek() -> int", part_in_utc<day_of_week>, false},
    {"timestamp.getDayOfWeek(string) -> int", part_in_zone<day_of_week>},
    {"timestamp.getDayOfYear() -> int", part_in_utc<day_of_year>, false},
    {"timestamp.getDayOfYear(string) -> int", part_in_zone<day_of_year>},
    {"timestamp.getHours() -> int", part_in_utc<hours>, false},
    {"timestamp.getHours(string) -> int", part_in_zone<hours>},
    {"timestamp.getMinutes() -> int", part_in_utc<minutes>, false},
    {"timestamp.getMinutes(string) -> int", part_in_zone<minutes>},
    {"timestamp.getSeconds() -> int", part_in_utc<seconds>, false},
    {"timestamp.getSeconds(string) -> int", part_in_zone<seconds>},
    {"timestamp.getMilliseconds() -> int", milliseconds, false},
    {"timestamp.getMilliseconds(string) -> int", milliseconds_in_zone},
    {"duration.getHours() -> int", duration_part<3600 * kSecond_ns, 0>, false},
    {"duration.getMinutes() -> int", duration_part<60 * kSecond_ns, 0>, false},
    {"duration.getSeconds() -> int", duration_part<kSecond_ns, 0>, false},
    // The suite wants the part below a second here, not the whole in milliseconds.
    {"duration.getMilliseconds() -> int", duration_part<1'000'000, 1000>, false},
};

}  // namespace

std::span<const Entry> time_functions() {
    return kEntries;
}

}  // namespace countersign::rules
