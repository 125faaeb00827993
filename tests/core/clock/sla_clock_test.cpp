// SLA clocks by the cases of tests/cases/clock: terms and events, and what the clock says at some instants.

#include "core/clock/sla_clock.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/calendar/business_time.h"
#include "core/calendar/calendar_json.h"
#include "core/json/writer.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::clock;
using namespace countersign::testing;

namespace {

constexpr std::array<std::string_view, 4> kStatuses{"waiting", "running", "paused", "stopped"};
constexpr std::array<std::string_view, 4> kKinds{"started", "paused", "resumed", "stopped"};

Terms terms_of(const Json& one, const Json& calendars) {
    Terms out;
    if (const std::string name = one.text_of("calendar"); !name.empty()) {
        out.calendar = calendar::load_calendar(*calendars.find(name), name).value();
    }
    out.allowed = parse_duration(one.text_of("allowed")).value();
    if (const Json* percents = one.find("warn_at")) {
        for (const Json& percent : *percents->array()) {
            out.warn_at.push_back(static_cast<uint32_t>(number_of(percent)));
        }
    }
    return out;
}

std::vector<ClockEvent> events_of(const Json& list) {
    std::vector<ClockEvent> out;
    for (const Json& one : *list.array()) {
        for (size_t kind = 0; kind < kKinds.size(); ++kind) {
            if (one.find(kKinds[kind]) != nullptr) {
                out.push_back({static_cast<ClockEventKind>(kind), parse_rfc3339(one.text_of(kKinds[kind])).value(),
                               one.text_of("reason")});
            }
        }
    }
    REQUIRE(out.size() == list.array()->size());
    return out;
}

std::string signed_text(Duration d) {
    return d.us < 0 ? "-" + to_text(Duration{-d.us}) : to_text(d);
}

void write_warnings(JsonWriter& json, const Reading& reading, bool reached) {
    bool any = false;
    for (const Warning& warning : reading.warnings) {
        if (warning.reached != reached || !warning.at) {
            continue;
        }
        if (!any) {
            json.name(reached ? "reached" : "ahead").begin_object();
        }
        any = true;
        json.member(std::to_string(warning.percent), to_rfc3339(*warning.at));
    }
    if (any) {
        json.end_object();
    }
}

std::string outcome(const Reading& reading) {
    JsonWriter json;
    json.begin_object().member("status", kStatuses[static_cast<size_t>(reading.status)]);
    json.member("elapsed", to_text(reading.elapsed)).member("remaining", signed_text(reading.remaining));
    if (reading.breached) {
        json.member_bool("breached", true);
    }
    if (reading.due) {
        json.member("due", to_rfc3339(*reading.due));
    }
    write_warnings(json, reading, true);
    write_warnings(json, reading, false);
    if (!reading.paused_for.empty()) {
        json.name("paused_for").begin_array();
        for (const std::string& reason : reading.paused_for) {
            json.text(reason);
        }
        json.end_array();
    }
    if (reading.next_change) {
        json.member("next_change", to_rfc3339(*reading.next_change));
    }
    return std::move(json.end_object()).take();
}

std::vector<ClockEvent> random_events(stats::Random& random) {
    const std::array<std::string, 3> reasons{"", "customer", "outside"};
    std::vector<ClockEvent> out{{ClockEventKind::started, {static_cast<int64_t>(random.below(5)) * kHour_us}}};
    for (uint64_t i = random.below(12); i > 0; --i) {
        const auto kind =
            random.below(20) == 0 ? ClockEventKind::stopped : static_cast<ClockEventKind>(random.below(3));
        out.push_back(
            {kind, {static_cast<int64_t>(random.below(30)) * kHour_us}, reasons[static_cast<size_t>(random.below(3))]});
    }
    return out;
}

bool same(const Reading& a, const Reading& b) {
    return outcome(a) == outcome(b);
}

}  // namespace

TEST_CASE("each clock says what its case expects, at each instant") {
    const Json cases = parse_json(read_case("clock/clocks.json")).value();
    for (const Json& one : *cases.find("cases")->array()) {
        const Terms terms = terms_of(one, *cases.find("calendars"));
        const auto events = events_of(*one.find("events"));
        for (const auto& [now, expected] : *one.find("readings")->object()) {
            INFO(one.text_of("case") << " at " << now);
            CHECK(outcome(SlaClock(terms, events, parse_rfc3339(now).value()).read()) == to_text(expected));
        }
    }
}

TEST_CASE("the order of arrival and repetitions change nothing; time alone changes nothing before the next change") {
    const uint64_t seed = GENERATE(range(uint64_t{1}, uint64_t{301}));
    INFO("seed " << seed);
    stats::Random random(seed);
    calendar::CalendarHours hours;
    hours.week.fill({{6 * kHour_us, 12 * kHour_us}, {13 * kHour_us, 18 * kHour_us}});
    const Terms terms{.calendar = calendar::Calendar::of(hours).value(),
                      .allowed = {static_cast<int64_t>(1 + random.below(12)) * kHour_us},
                      .warn_at = {50, 80, 100}};
    auto events = random_events(random);
    const Instant now{static_cast<int64_t>(random.below(40)) * kHour_us};
    const Reading reading = SlaClock(terms, events, now).read();
    CHECK(reading.elapsed.us + reading.remaining.us == terms.allowed.us);
    CHECK((reading.due || !reading.breached));
    CHECK(reading.warnings[2].reached == reading.breached);
    if (reading.next_change) {
        REQUIRE(*reading.next_change > now);
        std::erase_if(events, [now](const ClockEvent& event) { return event.at > now; });
        const Reading before = SlaClock(terms, events, *reading.next_change - Duration{1}).read();
        const Reading after = SlaClock(terms, events, *reading.next_change).read();
        CHECK(before.breached == reading.breached);
        CHECK(before.due == reading.due);
        CHECK((after.breached != before.breached || after.warnings[0].reached != before.warnings[0].reached ||
               after.warnings[1].reached != before.warnings[1].reached));
    }
    events.push_back(events[static_cast<size_t>(random.below(events.size()))]);
    random.shuffle(events);
    CHECK(same(SlaClock(terms, events, now).read(), reading));
}
