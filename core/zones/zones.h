#pragma once
// Offsets from UTC by the name of a time zone: "UTC", "+01:00", or an IANA name such as "Europe/Berlin".
//
// The table is a file of ours, core/zones/zones.txt, made once from a named release of the IANA database and compiled
// in: no machine's own time zone files are read, so that a rule gives the same answer everywhere and in every year to
// come (docs/adr/time-zones.md). Before 1970 a zone keeps the offset of 1970-01-01.
//
// A line of zones.txt: names, separated by spaces | offsets in seconds, the first one in force on 1970-01-01 | changes,
// each a letter (which offset begins: a is the first) and the time since the change before, in base 36, in quarters of
// an hour, or in seconds behind a * | what holds after the last change: one offset, or "standard,summer,start,end" with
// start and end as month.week.day/second, as in POSIX TZ's Mm.w.d/time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::zones {

// Times (UTC, in seconds since 1970) during which a zone keeps one offset: from `begin_s` on and before `end_s`.
struct Stretch {
    int64_t begin_s = INT64_MIN;
    int64_t end_s = INT64_MAX;
    int32_t offset_s = 0;  // east of UTC
};

struct Zone;

// A zone that was looked up once. A small value; the table behind it lives as long as the program.
class TimeZone {
public:
    // UTC.
    TimeZone() = default;
    // Nothing when no zone has that name.
    static std::optional<TimeZone> named(std::string_view name);

    int32_t offset_s(int64_t utc_s) const;
    // The stretch which that time is in. Neighbours may have the same offset.
    Stretch stretch_at(int64_t utc_s) const;

private:
    const Zone* zone_ = nullptr;  // none: the same offset always
    int32_t fixed_s_ = 0;
};

// Seconds east of UTC at that time (seconds since 1970); nothing when no zone has that name.
std::optional<int32_t> utc_offset(std::string_view zone, int64_t utc_seconds);

// "'Europe/Berln' is no time zone; did you mean 'Europe/Berlin'?" for a name that utc_offset does not know.
std::string unknown_zone(std::string_view zone);

// The release of the IANA database that the table was made from: "2025b".
std::string_view zones_release();

}  // namespace countersign::zones
