#include "core/calendar/business_time.h"

#include <algorithm>

#include "core/base/check.h"

namespace countersign::calendar {

namespace {

constexpr int64_t kBehind_s = 253'402'300'800;  // 10000-01-01T00:00:00Z
constexpr Instant kBehind{kBehind_s * kSecond_us};
constexpr Duration kLeast{1};

int64_t second_of(Instant t) {
    return t.us / kSecond_us - (t.us % kSecond_us < 0 ? 1 : 0);
}

// A piece of time in which the calendar's wall clock runs evenly.
struct Piece {
    Instant begin;
    Instant end;
    int64_t offset_us = 0;
};

Piece piece_from(const Calendar& calendar, Instant begin, Instant until) {
    const zones::Stretch stretch = calendar.zone().stretch_at(second_of(begin));
    const Instant end{std::min(stretch.end_s, kBehind_s) * kSecond_us};
    return {begin, std::min(end, until), stretch.offset_s * kSecond_us};
}

int64_t open_in(const Calendar& calendar, const Piece& piece) {
    return calendar.open_before(piece.end.us + piece.offset_us) -
           calendar.open_before(piece.begin.us + piece.offset_us);
}

}  // namespace

Duration business_time_between(const Calendar& calendar, Instant a, Instant b) {
    if (b < a) {
        return {-business_time_between(calendar, b, a).us};
    }
    const Instant end = std::min(b, kBehind);
    Duration sum;
    for (Instant at = a; at < end;) {
        const Piece piece = piece_from(calendar, at, end);
        sum.us += open_in(calendar, piece);
        at = piece.end;
    }
    return sum;
}

std::optional<Instant> add_business_time(const Calendar& calendar, Instant start, Duration amount) {
    CS_CHECK(amount.us >= 0);
    int64_t left_us = amount.us;
    Instant at = start;
    while (left_us > 0) {
        if (at >= kBehind) {
            return std::nullopt;
        }
        const Piece piece = piece_from(calendar, at, kBehind);
        const int64_t open_us = open_in(calendar, piece);
        if (open_us >= left_us) {
            const int64_t begin_us = piece.begin.us + piece.offset_us;
            const int64_t local_us = calendar.local_time_of(calendar.open_before(begin_us) + left_us, begin_us,
                                                            piece.end.us + piece.offset_us);
            return Instant{local_us - piece.offset_us};
        }
        left_us -= open_us;
        at = piece.end;
    }
    return at;
}

bool is_open(const Calendar& calendar, Instant at) {
    return business_time_between(calendar, at, at + kLeast).us > 0;
}

std::optional<Instant> next_opening(const Calendar& calendar, Instant from) {
    const auto behind = add_business_time(calendar, from, kLeast);
    return behind ? std::optional(*behind - kLeast) : std::nullopt;
}

}  // namespace countersign::calendar
