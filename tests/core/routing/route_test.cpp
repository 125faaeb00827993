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
