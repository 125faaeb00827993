#include "core/clock/sla_clock.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/check.h"
#include "core/calendar/business_time.h"

namespace countersign::clock {

namespace {

using Reasons = std::set<std::string>;

// What happens at one instant, without order.
struct Moment {
    bool started = false;
    bool stopped = false;
    bool all_resumed = false;
    Reasons paused;
    Reasons resumed;
};

void add_to(Moment& moment, const ClockEvent& event) {
    switch (event.kind) {
        case ClockEventKind::started: moment.started = true; break;
        case ClockEventKind::stopped: moment.stopped = true; break;
        case ClockEventKind::paused: moment.paused.insert(event.reason); break;
        case ClockEventKind::resumed:
            moment.all_resumed = moment.all_resumed || event.reason.empty();
            moment.resumed.insert(event.reason);
            break;
    }
}

// Resumptions end what was open before; a reason that is paused and resumed at once stays as it was.
void apply_pauses(const Moment& moment, Reasons& open) {
    Reasons after;
    for (const std::string& reason : open) {
        const bool cancelled = moment.paused.contains(reason);
        if (cancelled || (!moment.all_resumed && !moment.resumed.contains(reason))) {
            after.insert(reason);
        }
    }
    for (const std::string& reason : moment.paused) {
        if (!moment.resumed.contains(reason)) {
            after.insert(reason);
        }
    }
    open = std::move(after);
}

}  // namespace

Duration share_of(Duration allowed, uint32_t percent) {
    return {std::max<int64_t>(allowed.us / 100 * percent + allowed.us % 100 * percent / 100, 1)};
}

SlaClock::SlaClock(Terms terms, std::vector<ClockEvent> events, Instant now) : terms_(std::move(terms)), now_(now) {
    CS_CHECK(terms_.allowed.us > 0);
    fold(std::move(events), now);
    if (!runs_.empty() && runs_.back().open) {
        Run& last = runs_.back();
        last.length = business_time_between(terms_.calendar, last.begin, now);
    }
}

void SlaClock::fold(std::vector<ClockEvent> events, Instant now) {
    std::erase_if(events, [now](const ClockEvent& event) { return event.at > now; });
    std::ranges::stable_sort(events, {}, &ClockEvent::at);
    Reasons open;
    for (size_t i = 0; i < events.size() && status_ != ClockStatus::stopped;) {
        const Instant at = events[i].at;
        Moment moment;
        for (; i < events.size() && events[i].at == at; ++i) {
            add_to(moment, events[i]);
        }
        apply_pauses(moment, open);
        const bool begun = status_ != ClockStatus::waiting || moment.started;
        if (begun && moment.stopped) {
            status_ = ClockStatus::stopped;
        } else if (begun) {
            status_ = open.empty() ? ClockStatus::running : ClockStatus::paused;
        }
        run_on(status_ == ClockStatus::running, at);
    }
    if (status_ == ClockStatus::paused) {
        reasons_.assign(open.begin(), open.end());
    }
}

void SlaClock::run_on(bool runs, Instant at) {
    const bool ran = !runs_.empty() && runs_.back().open;
    if (ran && !runs) {
        Run& last = runs_.back();
        last.end = at;
        last.open = false;
        last.length = business_time_between(terms_.calendar, last.begin, at);
    } else if (!ran && runs) {
        runs_.push_back({.begin = at, .end = at, .open = true, .before = elapsed(), .length = {}});
    }
}

Duration SlaClock::elapsed() const {
    return runs_.empty() ? Duration{} : Duration{runs_.back().before.us + runs_.back().length.us};
}

std::optional<Instant> SlaClock::reaches(Duration elapsed) const {
    CS_CHECK(elapsed.us > 0);
    for (const Run& run : runs_) {
        if (!run.open && run.before.us + run.length.us < elapsed.us) {
            continue;
        }
        const Duration missing{std::max<int64_t>(elapsed.us - run.before.us, 0)};
        const auto at = calendar::add_business_time(terms_.calendar, run.begin, missing);
        if (at && (run.open || *at < run.end)) {
            return at;
        }
    }
    return std::nullopt;
}

Reading SlaClock::read() const {
    Reading out{.status = status_, .elapsed = elapsed(), .paused_for = reasons_};
    out.remaining = {terms_.allowed.us - out.elapsed.us};
    out.due = reaches(terms_.allowed);
    out.breached = out.due && *out.due <= now_;
    const auto may_change = [&](std::optional<Instant> at) {
        if (at && *at > now_ && (!out.next_change || *at < *out.next_change)) {
            out.next_change = at;
        }
    };
    may_change(out.due);
    for (const uint32_t percent : terms_.warn_at) {
        Warning warning{.percent = percent, .reached = false, .at = reaches(share_of(terms_.allowed, percent))};
        warning.reached = warning.at && *warning.at <= now_;
        may_change(warning.at);
        out.warnings.push_back(warning);
    }
    return out;
}

}  // namespace countersign::clock
