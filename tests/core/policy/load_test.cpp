#include "core/policy/load.h"

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("the sample policy loads whole") {
    const auto policy = load_policy(read_case("policy/base.json"));
    INFO((policy.ok() ? "" : policy.error().text()));
    REQUIRE(policy.ok());
    CHECK(policy.value().labels.size() == 3);
    CHECK(policy.value().labels[0].color == 0x0072B2);
    CHECK(policy.value().tier("full")->due->us == 2 * kHour_us);
    CHECK(policy.value().tier("full")->rationale.codes.applies_to(Verdict::accept));
    CHECK_FALSE(policy.value().tier("full")->rationale.codes.applies_to(Verdict::skip));
    CHECK(policy.value().checklist("safety")->questions[1].options[1].id == "firm");
    CHECK(policy.value().route("gas")->reason == "Possible gas leak");
    CHECK(policy.value().digest == sha256(read_case("policy/base.json")));
}

TEST_CASE("each kind of mistake in a policy is named with its place and what to write instead") {
    const Json cases = parse_json(read_case("policy/mistakes.json")).value();
    const Json base = parse_json(read_case("policy/base.json")).value();
    CHECK(cases.array()->size() >= 25);
    for (const Json& one : *cases.array()) {
        Json policy = base;
        if (const Json* changes = one.find("set")) {
            for (const JsonMember& change : *changes->object()) {
                set_at(policy, change.first, change.second);
            }
        } else {
            remove_at(policy, *one.find("remove")->string());
        }
        INFO(*one.find("mistake")->string());
        const auto loaded = load_policy(to_text(policy));
        REQUIRE_FALSE(loaded.ok());
        CHECK(loaded.error().text() == *one.find("error")->string());
    }
}

TEST_CASE("a policy that is no JSON is refused with line and column") {
    const auto loaded = load_policy("{\n  \"format\": \n}");
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().field.starts_with("line 3, column"));
}

TEST_CASE("a policy beyond a limit is refused with the limit") {
    const auto loaded = load_policy(read_case("policy/base.json"), PolicyLimits{.labels = 2});
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().text() == "labels: has 3 members; at most 2 are allowed");
}

TEST_CASE("a promise is read with what it leaves out, and another basis is another promise") {
    Json json = parse_json(read_case("policy/base.json")).value();
    set_at(json, "/tiers/0/promise", parse_json(R"({"max_error": 0.02})").value());
    const auto policy = load_policy(to_text(json));
    INFO((policy.ok() ? "" : policy.error().text()));
    REQUIRE(policy.ok());
    const TierPromise promise = *policy.value().tier("auto")->promise;
    CHECK(promise.max_error == Ppm{20'000});
    CHECK(promise.confidence == Ppm{900'000});
    CHECK(promise.otherwise == "quick");
    CHECK(promise.evidence_while_closed == kCertain);

    const auto basis = [&](std::string_view path, std::string_view value) {
        Json other = json;
        set_at(other, path, parse_json(value).value());
        const auto loaded = load_policy(to_text(other));
        INFO((loaded.ok() ? "" : loaded.error().text()));
        REQUIRE(loaded.ok());
        return loaded.value().tier("auto")->promise->basis;
    };
    CHECK(basis("/tiers/0/promise/max_error", "0.03") != promise.basis);
    CHECK(basis("/tiers/0/promise/audit", "0.5") == promise.basis);
    CHECK(basis("/description", R"("with other words")") == promise.basis);
    CHECK(basis("/routes/0/when", R"("item.text == 'x'")") != promise.basis);
}
