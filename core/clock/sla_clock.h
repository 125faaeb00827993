#pragma once
// An SLA clock: how much of the allowed working time is used, folded from events by the times that they carry. It is
// stopped while somebody else is to act ("waiting for the customer"), and it may be read at any instant.
//
// The order in which events arrive does not matter, and an event that arrives twice counts once:
// - the first `started` and the first `stopped` count; what comes behind the end counts no more;
// - each reason pauses for itself: the clock runs while no reason is open. Pausing for a reason that is open, or
// resuming
//   from one that is not, changes nothing; resuming without a reason ends all of them. A pause may begin before the
//   start;
// - pausing and resuming for the same reason at the same instant cancel each other out;
// - events behind the instant of a reading have not happened yet.
//
// At its due instant a clock that still runs is breached; to stop or to pause at that instant is in time. Between its
// hours a calendar adds nothing, so what is due at 17:00 is breached at 17:00 and not on the next morning.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/calendar/calendar.h"

namespace countersign::clock {

enum class ClockEventKind : uint8_t { started, paused, resumed, stopped };

struct ClockEvent {
    ClockEventKind kind = ClockEventKind::started;
    Instant at = {};
    std::string reason = {};  // of a pause, and which pause is over
};

struct Terms {
    calendar::Calendar calendar = calendar::Calendar::around_the_clock();
    Duration allowed = {};               // of working time, above 0
    std::vector<uint32_t> warn_at = {};  // in percent of the allowed time, as {50, 80}
};

// So many percent of it, at least a microsecond.
Duration share_of(Duration allowed, uint32_t percent);

enum class ClockStatus : uint8_t { waiting, running, paused, stopped };

struct Warning {
    uint32_t percent = 0;
    bool reached = false;
    std::optional<Instant> at = {};  // when it was reached or, of a clock that runs, will be
};

struct Reading {
    ClockStatus status = ClockStatus::waiting;  // waiting: not started yet
    Duration elapsed = {};                      // of working time
    Duration remaining = {};                    // negative when more than the allowed time was used
    bool breached = false;
    std::optional<Instant> due = {};           // when it was breached or, of a clock that runs, will be
    std::vector<Warning> warnings = {};        // in order of the terms
    std::vector<std::string> paused_for = {};  // the open reasons, sorted
    // The next instant at which any of this but `elapsed` and `remaining` changes if nothing happens.
    std::optional<Instant> next_change = {};
};

class SlaClock {
public:
    // What the events say as of `now`. CS_CHECKs that the allowed time is above 0.
    SlaClock(Terms terms, std::vector<ClockEvent> events, Instant now);

    Reading read() const;

    const Terms& terms() const { return terms_; }

    // When so much working time is or, while the clock runs on, will be used: above 0. Nothing where it was stopped or
    // paused before or at that instant, and for a clock that waits.
    std::optional<Instant> reaches(Duration elapsed) const;

private:
    // A time in which it ran, until an event or, of the last one, on and on.
    struct Run {
        Instant begin;
        Instant end;
        bool open = false;
        Duration before;  // working time used before it
        Duration length;  // working time of it, to `now` where it is open
    };

    void fold(std::vector<ClockEvent> events, Instant now);
    void run_on(bool runs, Instant at);
    Duration elapsed() const;

    Terms terms_;
    Instant now_;
    ClockStatus status_ = ClockStatus::waiting;
    std::vector<std::string> reasons_;
    std::vector<Run> runs_;
};

}  // namespace countersign::clock
