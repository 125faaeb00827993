#include "core/zones/zones.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/instant.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/zones/zones_data.h"

namespace countersign::zones {

struct Change {
    int64_t at = 0;
    int32_t offset = 0;
};

// The `week`th `weekday` (0: Sunday) of a month; week 5 is the last one.
struct YearlyDay {
    uint32_t month = 1;
    uint32_t week = 1;
    uint32_t weekday = 0;
    int64_t second = 0;  // of that day, local time; may lie outside of it
};

struct Zone {
    int32_t first = 0;
    std::vector<Change> changes;
    int32_t standard = 0;
    int32_t summer = 0;
    bool has_summer = false;
    YearlyDay start;
    YearlyDay end;
};

namespace {

constexpr int64_t kDay_s = 86'400;
constexpr int64_t kQuarter_s = 900;

struct ZoneName {
    std::string_view name;
    size_t zone = 0;
};

struct Zones {
    std::vector<Zone> zones;
    std::vector<ZoneName> names;  // sorted
};

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

int64_t number(std::string_view text, int base = 10) {
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    CS_CHECK(problem == std::errc() && end == text.data() + text.size());  // the table is ours
    return value;
}

YearlyDay yearly_day(std::string_view text) {
    const std::vector<std::string_view> parts = split(text, '/');
    const std::vector<std::string_view> day = split(parts[0], '.');
    return {static_cast<uint32_t>(number(day[0])), static_cast<uint32_t>(number(day[1])),
            static_cast<uint32_t>(number(day[2])), number(parts[1])};
}

std::vector<Change> changes_of(std::string_view code, std::span<const int32_t> offsets) {
    std::vector<Change> changes;
    int64_t at = 0;
    while (!code.empty()) {
        const auto which = static_cast<size_t>(code.front() - 'a');
        code.remove_prefix(1);
        const size_t end = std::min(code.find_first_of("abcdefghijklmnopqrstuvwxyz"), code.size());
        const bool seconds = code.front() == '*';
        const size_t skip = seconds ? 1 : 0;
        at += number(code.substr(skip, end - skip), 36) * (seconds ? 1 : kQuarter_s);
        changes.push_back({at, offsets[which]});
        code.remove_prefix(end);
    }
    return changes;
}

Zone zone_of(std::span<const std::string_view> fields) {
    std::vector<int32_t> offsets;
    for (const std::string_view offset : split(fields[1], ',')) {
        offsets.push_back(static_cast<int32_t>(number(offset)));
    }
    Zone zone;
    zone.first = offsets[0];
    zone.changes = changes_of(fields[2], offsets);
    const std::vector<std::string_view> rule = split(fields[3], ',');
    zone.standard = static_cast<int32_t>(number(rule[0]));
    zone.has_summer = rule.size() == 4;
    if (zone.has_summer) {
        zone.summer = static_cast<int32_t>(number(rule[1]));
        zone.start = yearly_day(rule[2]);
        zone.end = yearly_day(rule[3]);
    }
    return zone;
}

Zones read_table() {
    Zones out;
    for (const std::string_view line : zone_lines()) {
        const std::vector<std::string_view> fields = split(line, '|');
        for (const std::string_view name : split(fields[0], ' ')) {
            out.names.push_back({name, out.zones.size()});
        }
        out.zones.push_back(zone_of(fields));
    }
    std::sort(out.names.begin(), out.names.end(), [](const ZoneName& a, const ZoneName& b) { return a.name < b.name; });
    return out;
}

// Seconds since 1970 in local time at which the day's change happens in that year.
int64_t moment(const YearlyDay& day, int32_t year) {
    const int64_t first = days_from_civil({year, day.month, 1});
    const int64_t weekday_of_first = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    int64_t date = first + (day.weekday - weekday_of_first + 7) % 7 + 7 * (day.week - 1);
    const bool december = day.month == 12;
    const int64_t next_month = days_from_civil({december ? year + 1 : year, december ? 1 : day.month + 1, 1});
    while (date >= next_month) {
        date -= 7;
    }
    return date * kDay_s + day.second;
}

// In UTC, of the year's two changes.
int64_t summer_begin(const Zone& zone, int32_t year) {
    return moment(zone.start, year) - zone.standard;
}

int64_t summer_end(const Zone& zone, int32_t year) {
    return moment(zone.end, year) - zone.summer;
}

int32_t year_of(const Zone& zone, int64_t utc) {
    const int64_t local = utc + zone.standard;
    const int64_t day = local >= 0 ? local / kDay_s : -((-local + kDay_s - 1) / kDay_s);
    return civil_from_days(day).year;
}

// Source: POSIX.1-2017, 8.3, "TZ".
int32_t offset_by_rule(const Zone& zone, int64_t utc) {
    if (!zone.has_summer) {
        return zone.standard;
    }
    const int32_t year = year_of(zone, utc);
    const int64_t start = summer_begin(zone, year);
    const int64_t end = summer_end(zone, year);
    const bool summer = start < end ? (utc >= start && utc < end) : (utc >= start || utc < end);
    return summer ? zone.summer : zone.standard;
}

Stretch stretch_by_rule(const Zone& zone, int64_t utc) {
    Stretch out{.offset_s = offset_by_rule(zone, utc)};
    if (!zone.has_summer) {
        return out;
    }
    const int32_t year = year_of(zone, utc);
    for (const int32_t near : {year - 1, year, year + 1}) {
        for (const int64_t change : {summer_begin(zone, near), summer_end(zone, near)}) {
            (change <= utc ? out.begin_s : out.end_s) =
                change <= utc ? std::max(out.begin_s, change) : std::min(out.end_s, change);
        }
    }
    return out;
}

int32_t offset_at(const Zone& zone, int64_t utc) {
    const auto next = std::upper_bound(zone.changes.begin(), zone.changes.end(), utc,
                                       [](int64_t t, const Change& change) { return t < change.at; });
    if (next == zone.changes.begin()) {
        return zone.changes.empty() && utc >= 0 ? offset_by_rule(zone, utc) : zone.first;
    }
    return next == zone.changes.end() ? offset_by_rule(zone, utc) : std::prev(next)->offset;
}

Stretch stretch_in(const Zone& zone, int64_t utc) {
    const auto next = std::upper_bound(zone.changes.begin(), zone.changes.end(), utc,
                                       [](int64_t t, const Change& change) { return t < change.at; });
    if (next == zone.changes.end()) {
        // Before 1970 a zone without changes keeps its first offset; from the last change on the rule holds.
        const int64_t from = zone.changes.empty() ? 0 : zone.changes.back().at;
        if (utc < from) {
            return {.end_s = from, .offset_s = zone.first};
        }
        Stretch out = stretch_by_rule(zone, utc);
        out.begin_s = std::max(out.begin_s, from);
        return out;
    }
    const bool first = next == zone.changes.begin();
    return {.begin_s = first ? INT64_MIN : std::prev(next)->at,
            .end_s = next->at,
            .offset_s = first ? zone.first : std::prev(next)->offset};
}

// "+01:00", "-02:30", "02:00".
std::optional<int32_t> fixed_offset(std::string_view text) {
    const bool west = !text.empty() && text.front() == '-';
    if (west || (!text.empty() && text.front() == '+')) {
        text.remove_prefix(1);
    }
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1; };
    const int hours = digit(0) * 10 + digit(1);
    const int minutes = digit(3) * 10 + digit(4);
    if (digit(0) < 0 || digit(1) < 0 || digit(3) < 0 || digit(4) < 0 || hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

const Zones& all_zones() {
    static const Zones kZones = read_table();
    return kZones;
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) {
    TimeZone out;
    if (name == "UTC" || name.empty()) {
        return name.empty() ? std::nullopt : std::optional(out);
    }
    if (const std::optional<int32_t> fixed = fixed_offset(name)) {
        out.fixed_s_ = *fixed;
        return out;
    }
    const Zones& zones = all_zones();
    const auto found = std::lower_bound(zones.names.begin(), zones.names.end(), name,
                                        [](const ZoneName& z, std::string_view wanted) { return z.name < wanted; });
    if (found == zones.names.end() || found->name != name) {
        return std::nullopt;
    }
    out.zone_ = &zones.zones[found->zone];
    return out;
}

int32_t TimeZone::offset_s(int64_t utc_s) const {
    return zone_ == nullptr ? fixed_s_ : offset_at(*zone_, utc_s);
}

Stretch TimeZone::stretch_at(int64_t utc_s) const {
    return zone_ == nullptr ? Stretch{.offset_s = fixed_s_} : stretch_in(*zone_, utc_s);
}

std::optional<int32_t> utc_offset(std::string_view name, int64_t utc_seconds) {
    const std::optional<TimeZone> zone = TimeZone::named(name);
    return zone ? std::optional(zone->offset_s(utc_seconds)) : std::nullopt;
}

std::string unknown_zone(std::string_view zone) {
    std::vector<std::string> known;
    for (const ZoneName& name : all_zones().names) {
        known.emplace_back(name.name);
    }
    const std::string near = nearest_name(zone, known);
    const std::string advice =
        near.empty() ? "write 'UTC', '+01:00' or a name like 'Europe/Berlin'" : concat("did you mean '", near, "'?");
    return concat("'", utf8::shortened(zone, 60), "' is no time zone; ", advice);
}

}  // namespace countersign::zones
