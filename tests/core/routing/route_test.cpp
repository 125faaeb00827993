// route() and explain_route() by the cases of tests/cases/routing/routes.json: a policy (tests/cases/policy/base.json
// with changes), an item and a prediction, and where it goes, why, and what was looked at.

#include "core/routing/route.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/model/ingest_line.h"
#include "core/policy/load.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

constexpr Instant kNow{1'790'000'000 * kSecond_us};

struct Case {
    Policy policy;
    Json document;
    IngestLine line;

    RoutedItem item() const { return {line.item.text, &document}; }
};

Policy policy_of(const Json& one) {
    Json policy = parse_json(read_case("policy/base.json")).value();
    if (const Json* changes = one.find("policy")) {
        for (const auto& [pointer, value] : *changes->object()) {
            value.is_null() ? remove_at(policy, pointer) : set_at(policy, pointer, value);
        }
    }
    auto loaded = load_policy(to_text(policy));
    INFO((loaded.ok() ? "" : loaded.error().text()));
    REQUIRE(loaded.ok());
    return std::move(loaded).value();
}

// The item and its prediction take the way of an import: through the line that would bring them.
Case case_of(const Json& one) {
    Json line = *one.find("item");
    set_at(line, "/prediction", *one.find("prediction"));
    auto read = read_ingest_line(line);
    INFO((read.ok() ? "" : read.error().text()));
    REQUIRE(read.ok());
    Case out{policy_of(one), {}, std::move(read).value()};
    out.document = parse_json(out.line.document).value();
    return out;
}

std::string outcome(const RouteExplanation& why) {
    JsonWriter writer;
    writer.begin_object().member("tier", why.taken.tier).member("kind", tier_kind_name(why.taken.kind));
    writer.member("route", why.taken.route);
    if (why.taken.due) {
        writer.member("due", to_text(*why.taken.due - kNow));
    }
    writer.member("reviewers", int64_t{why.taken.reviewers}).name("passed_over").begin_array();
    for (const std::string& route : why.passed_over) {
        writer.text(route);
    }
    writer.end_array().name("seen").begin_object();
    for (const SeenValue& seen : why.seen) {
        writer.member(seen.name, seen.value);
    }
    writer.end_object();
    if (!why.problem.empty()) {
        writer.member("problem", why.problem);
    }
    return std::move(writer.end_object()).take();
}

}  // namespace

TEST_CASE("each case of routing goes where it should, says why, and is explained as it was routed") {
    const Json cases = parse_json(read_case("routing/routes.json")).value();
    REQUIRE(cases.array()->size() >= 20);
    for (const Json& one : *cases.array()) {
        INFO(*one.find("case")->string());
        const Case in = case_of(one);
        const RouteExplanation why = explain_route(in.policy, in.item(), in.line.prediction, kNow);
        CHECK(outcome(why) == to_text(*one.find("expect")));
        CHECK(route(in.policy, in.item(), in.line.prediction, kNow) == why.taken);
        CHECK(why.taken.policy == in.policy.digest);
        CHECK((why.problem.empty() || why.taken.kind != TierKind::automatic));
    }
}

TEST_CASE("a tier's due time counts its calendar's hours, also when the route gives another") {
    Json json = parse_json(read_case("policy/base.json")).value();
    set_at(json, "/calendars",
           parse_json(R"({"office": {"zone": "Europe/Berlin", "hours": {"monday": ["09:00-17:00"],
                      "friday": ["09:00-17:00"]}, "holidays": ["2026-12-25"]}})")
               .value());
    set_at(json, "/tiers/2/calendar", parse_json(R"("office")").value());
    const auto policy = load_policy(to_text(json));
    INFO((policy.ok() ? "" : policy.error().text()));
    REQUIRE(policy.ok());
    const Prediction prediction{ModelId("m"), LabelId("pothole"), Ppm{700'000}, {}};
    const auto due = [&](std::string_view at, std::string_view text) {
        const Json other = parse_json(text).value();
        const RouteTaken taken = route(policy.value(), {"a", &other}, prediction, parse_rfc3339(at).value());
        CHECK(taken.tier == "full");
        return to_rfc3339(*taken.due);
    };
    // The route "gas" wants half an hour: Friday 16:45 in Berlin leaves a quarter for Monday.
    CHECK(due("2026-11-27T15:45:00Z", R"({"input":{"text":"gas"},"metadata":{}})") == "2026-11-30T08:15:00Z");
    CHECK(due("2026-12-24T10:00:00Z", R"({"input":{"text":"gas"},"metadata":{}})") == "2026-12-28T08:30:00Z");
}
