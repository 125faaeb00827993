// The demo's policies against the demo's labels, keys, colours and tiers. Whether a policy is well-formed is
// core/policy's matter; here it is whether these two fit what they are for.

#include <memory>
#include <set>

#include <catch_amalgamated.hpp>
#include <re2/re2.h>

#include "core/json/json.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

const std::vector<std::string> kPolicies = {"policy-city-service.json", "policy-simple.json"};

const JsonArray& list(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    REQUIRE(member != nullptr);
    REQUIRE(member->array() != nullptr);
    return *member->array();
}

std::string text(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    return member == nullptr || member->string() == nullptr ? std::string() : *member->string();
}

std::set<std::string> ids(const JsonArray& members) {
    std::set<std::string> found;
    for (const Json& member : members) {
        INFO(to_text(member));
        CHECK(found.insert(text(member, "id")).second);
    }
    return found;
}

}  // namespace

TEST_CASE("every truth label is a label of both policies, and the other way round") {
    std::set<std::string> labels;
    for (const auto& [id, label] : the_demo().truth) {
        labels.insert(label);
    }
    for (const std::string& name : kPolicies) {
        INFO(name);
        const Json policy = parse_json(asset(name)).value();
        CHECK(ids(list(policy, "labels")) == labels);
    }
}

TEST_CASE("labels have a key of their own and a colour that colour-blind people tell apart") {
    // Okabe and Ito 2008, with grey for black, so that it shows on dark too. A colour stands for a department.
    const std::set<std::string> palette = {"#0072B2", "#56B4E9", "#E69F00", "#009E73",
                                           "#CC79A7", "#999999", "#F0E442", "#D55E00"};
    for (const std::string& name : kPolicies) {
        const Json policy = parse_json(asset(name)).value();
        std::set<std::string> hotkeys;
        for (const Json& label : list(policy, "labels")) {
            INFO(name << " " << text(label, "id"));
            CHECK(text(label, "hotkey").size() == 1);
            CHECK(hotkeys.insert(text(label, "hotkey")).second);
            CHECK(palette.contains(text(label, "color")));
            CHECK_FALSE(text(label, "name").empty());
        }
    }
}

TEST_CASE("routes lead to tiers that exist, the last one takes everything, and every tier is reached") {
    for (const std::string& name : kPolicies) {
        INFO(name);
        const Json policy = parse_json(asset(name)).value();
        const std::set<std::string> tiers = ids(list(policy, "tiers"));
        const JsonArray& routes = list(policy, "routes");
        ids(routes);
        std::set<std::string> reached;
        for (const Json& route : routes) {
            CHECK(tiers.contains(text(route, "tier")));
            CHECK_FALSE(text(route, "reason").empty());
            reached.insert(text(route, "tier"));
        }
        CHECK(reached == tiers);
        CHECK(text(routes.back(), "when") == "true");
    }
}

TEST_CASE("what the full tier asks for is there") {
    const Json policy = parse_json(asset("policy-city-service.json")).value();
    const std::set<std::string> checklists = ids(list(policy, "checklists"));
    for (const Json& tier : list(policy, "tiers")) {
        const std::string checklist = text(tier, "checklist");
        CHECK((checklist.empty() || checklists.contains(checklist)));
        CHECK((text(tier, "kind") != "full" || !checklist.empty()));
    }
    // Where a code is demanded for a verdict, there must be one to choose.
    std::set<std::string> covered;
    for (const Json& code : list(policy, "reason_codes")) {
        for (const Json& verdict : list(code, "verdicts")) {
            covered.insert(*verdict.string());
        }
    }
    CHECK(covered == std::set<std::string>{"accept", "correct", "reject", "escalate"});
}
