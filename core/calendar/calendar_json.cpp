#include "core/calendar/calendar_json.h"

#include <algorithm>
#include <optional>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/json/fields.h"

namespace countersign::calendar {

namespace {

constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};

// Two digits at a place of a text; -1 for anything else.
int64_t two_digits(std::string_view text, size_t at) {
    const auto digit = [text](size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1; };
    return text.size() < at + 2 || digit(at) < 0 || digit(at + 1) < 0 ? -1 : digit(at) * 10 + digit(at + 1);
}

// "09:30", up to "24:00", as time since 00:00.
std::optional<int64_t> time_of(std::string_view text) {
    const int64_t hour = two_digits(text, 0);
    const int64_t minute = two_digits(text, 3);
    if (text.size() != 5 || text[2] != ':' || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) {
        return std::nullopt;
    }
    return hour * kHour_us + minute * kMinute_us;
}

std::optional<HourSpan> span_of(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') {
        return std::nullopt;
    }
    const auto begin = time_of(text.substr(0, 5));
    const auto end = time_of(text.substr(6));
    if (!begin || !end || *begin == kDay_us || *begin == *end) {
        return std::nullopt;
    }
    return HourSpan{*begin, *end + (*end < *begin ? kDay_us : 0)};
}

// "2026-12-25" as days since 1970.
std::optional<int64_t> date_of(std::string_view text) {
    const auto midnight = parse_rfc3339(concat(text, "T00:00:00Z"));
    if (text.size() != 10 || !midnight.ok()) {
        return std::nullopt;
    }
    return midnight.value().us / kDay_us - (midnight.value().us % kDay_us < 0 ? 1 : 0);
}

Error no_date(const Fields& fields, std::string_view name, std::string_view text) {
    return fields.error(name, concat("'", utf8::shortened(text, 40), "' is not a date like 2026-12-25"));
}

// The list of spans in a field. Those of one day may not overlap, which is a slip more often than meant.
Result<Hours> hours_in(Fields& fields, std::string_view name) {
    Hours out;
    const std::vector<std::string> texts = CS_TRY(fields.text_list(name, kMostSpans));
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto span = span_of(texts[i]);
        if (!span) {
            return fields.error(element_path(name, i),
                                concat("'", utf8::shortened(texts[i], 40), "' is no span of hours like 09:00-17:00"));
        }
        for (size_t j = 0; j < out.size(); ++j) {
            if (span->begin_us < out[j].end_us && out[j].begin_us < span->end_us) {
                return fields.error(element_path(name, i), concat("'", texts[i], "' overlaps '", texts[j], "'"));
            }
        }
        out.push_back(*span);
    }
    return out;
}

Status read_holidays(Fields& fields, CalendarHours& out) {
    const std::vector<std::string> texts = CS_TRY(fields.text_list("holidays", kMostDates));
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto date = date_of(texts[i]);
        if (!date) {
            return no_date(fields, element_path("holidays", i), texts[i]);
        }
        if (!out.dates.try_emplace(*date).second) {
            return fields.error(element_path("holidays", i), concat(texts[i], " is there twice"));
        }
    }
    return success();
}

Status read_special_days(Fields& fields, CalendarHours& out) {
    if (!fields.has("special_days")) {
        return success();
    }
    const Json* json = CS_TRY(fields.object("special_days"));
    if (json->object()->size() > kMostDates) {
        return fields.error("special_days",
                            concat("has ", json->object()->size(), " members; at most ", kMostDates, " are allowed"));
    }
    Fields days = CS_TRY(Fields::of(*json, fields.path_of("special_days")));
    for (const JsonMember& member : *json->object()) {
        const auto date = date_of(member.first);
        if (!date) {
            return no_date(days, member.first, member.first);
        }
        if (!out.dates.emplace(*date, CS_TRY(hours_in(days, member.first))).second) {
            return days.error(member.first, "is among the holidays too");
        }
    }
    return success();
}

}  // namespace

Result<Calendar> load_calendar(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    CalendarHours out;
    out.zone = CS_TRY(fields.text("zone"));
    const Json* week = CS_TRY(fields.object("hours"));
    Fields days = CS_TRY(Fields::of(*week, fields.path_of("hours")));
    for (size_t day = 0; day < kDays.size(); ++day) {
        out.week[day] = CS_TRY(hours_in(days, kDays[day]));
    }
    CS_TRY_STATUS(days.done());
    CS_TRY_STATUS(read_holidays(fields, out));
    CS_TRY_STATUS(read_special_days(fields, out));
    CS_TRY_STATUS(fields.done());
    auto made = Calendar::of(out);
    return made.ok() ? std::move(made) : Result<Calendar>(fields.error(made.error().field, made.error().message));
}

}  // namespace countersign::calendar
