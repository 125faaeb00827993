// Escalation by the cases of tests/cases/escalation: levels and facts, and the steps that follow with who and why.

#include "core/escalation/escalate.h"

#include <catch_amalgamated.hpp>

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::escalation;
using namespace countersign::testing;

namespace {

Instant instant_at(const Json& json, std::string_view name) {
    INFO(name);
    return parse_rfc3339(json.text_of(name)).value();
}

Ppm ppm_at(const Json& json, std::string_view name) {
    return Fields::of(json, "").value().ppm(name).value();
}

// Facts and the clocks that they point to.
struct Situation {
    std::vector<Level> levels;
    std::optional<Current> current = {};
    Instant now = {};
    Facts facts = {};
    std::optional<clock::SlaClock> item_clock = {};
    std::optional<clock::SlaClock> level_clock = {};

    void start_level_clock() {
        facts.level_clock = nullptr;
        if (current && levels[current->level].due) {
            level_clock.emplace(clock::Terms{.allowed = *levels[current->level].due},
                                std::vector<clock::ClockEvent>{{clock::ClockEventKind::started, current->since}}, now);
            facts.level_clock = &*level_clock;
        }
    }
};

void read_rules(const Json& facts, Situation& out) {
    const Json* rules = facts.find("rules");
    out.facts.rules.resize(rules_of(out.levels).size());
    for (size_t i = 0; rules != nullptr && i < rules->array()->size(); ++i) {
        const Json& one = (*rules->array())[i];
        const std::string holds = one.text_of("holds");
        out.facts.rules[i] = {instant_at(one, "at"), holds == "yes"         ? Truth::yes
                                                     : holds == "undecided" ? Truth::undecided
                                                                            : Truth::no};
    }
}

void read_facts(const Json& facts, Situation& out) {
    if (const Json* asked = facts.find("asked")) {
        out.facts.asked = {instant_at(*asked, "at"), asked->text_of("by"), asked->text_of("reason")};
    }
    if (facts.find("disagreement") != nullptr) {
        out.facts.disagreement = instant_at(facts, "disagreement");
    }
    if (const Json* posterior = facts.find("posterior")) {
        out.facts.posterior = {instant_at(*posterior, "at"), ppm_at(*posterior, "value")};
    }
    read_rules(facts, out);
    if (facts.find("started") == nullptr) {
        return;
    }
    std::vector<clock::ClockEvent> events{{clock::ClockEventKind::started, instant_at(facts, "started")}};
    if (facts.find("paused") != nullptr) {
        events.push_back({clock::ClockEventKind::paused, instant_at(facts, "paused")});
    }
    out.item_clock.emplace(clock::Terms{.allowed = parse_duration(facts.text_of("allowed")).value()}, events, out.now);
    out.facts.item_clock = &*out.item_clock;
}

void read_situation(const Json& one, const Json& levels, Situation& out) {
    out.levels = load_levels(*levels.find(one.text_of("levels")), "levels").value();
    out.now = instant_at(one, "now");
    if (const Json* current = one.find("current")) {
        out.current = {static_cast<size_t>(*current->find("level")->integer()), instant_at(*current, "since")};
    }
    read_facts(*one.find("facts"), out);
    out.start_level_clock();
}

// Step after step until none follows, and when time alone would lead on.
std::string outcome(Situation& at) {
    JsonWriter json;
    json.begin_object().name("steps").begin_array();
    size_t steps = 0;
    while (const auto step = escalate(at.levels, at.current, at.facts, at.now)) {
        REQUIRE(++steps <= at.levels.size());
        REQUIRE((!at.current || step->level > at.current->level));
        json.begin_object().member("level", at.levels[step->level].id).member("since", to_rfc3339(step->since));
        json.member("reason", step->reason).member("who", step->who).end_object();
        at.current = {step->level, at.now};
        at.start_level_clock();
    }
    json.end_array();
    if (const auto next = next_by_time(at.levels, at.current, at.facts, at.now)) {
        json.member("next", to_rfc3339(*next));
    }
    return std::move(json.end_object()).take();
}

}  // namespace

TEST_CASE("each case of escalation goes to the level that it should, and says why and to whom") {
    const Json cases = parse_json(read_case("escalation/steps.json")).value();
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("case"));
        Situation at;
        read_situation(one, *cases.find("levels"), at);
        CHECK(outcome(at) == to_text(*one.find("expect")));
    }
}

TEST_CASE("nothing escalates by time before the instant that was named, and something does at it") {
    const Json cases = parse_json(read_case("escalation/steps.json")).value();
    size_t named = 0;
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("case"));
        Situation at;
        read_situation(one, *cases.find("levels"), at);
        const auto next = next_by_time(at.levels, at.current, at.facts, at.now);
        if (!next || escalate(at.levels, at.current, at.facts, at.now)) {
            continue;
        }
        ++named;
        CHECK_FALSE(escalate(at.levels, at.current, at.facts, *next - Duration{1}));
        CHECK(escalate(at.levels, at.current, at.facts, *next));
    }
    CHECK(named >= 2);
}

TEST_CASE("levels that cannot be meant are refused by the path of what is wrong") {
    const Json cases = parse_json(read_case("escalation/refused.json")).value();
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const auto levels = load_levels(*one.find("levels"), "escalation");
        REQUIRE(!levels.ok());
        CHECK(levels.error().text() == one.text_of("error"));
    }
}
