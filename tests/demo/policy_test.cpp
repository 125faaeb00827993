// The demo's policies against the demo's messages. Whether a policy is well-formed is core/policy's matter; here it is
// whether these two fit what they are for.

#include <memory>
#include <set>

#include <catch_amalgamated.hpp>
#include <re2/re2.h>

#include "core/json/fields.h"
#include "demo/data/lines.h"
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

// The pattern of a condition of the form item.text.matches(r'...').
std::unique_ptr<re2::RE2> pattern_of(const std::string& condition) {
    static const std::string opening = "item.text.matches(r'";
    if (!condition.starts_with(opening) || !condition.ends_with("')")) {
        return nullptr;
    }
    const std::string pattern = condition.substr(opening.size(), condition.size() - opening.size() - 2);
    return std::make_unique<re2::RE2>(pattern, re2::RE2::Quiet);
}

// The routes by words that come before anything the model says may decide.
std::vector<std::unique_ptr<re2::RE2>> urgent_patterns() {
    const Json policy = parse_json(asset("policy-city-service.json")).value();
    std::vector<std::unique_ptr<re2::RE2>> patterns;
    for (const Json& route : list(policy, "routes")) {
        auto pattern = pattern_of(text(route, "when"));
        if (pattern == nullptr) {
            break;
        }
        INFO(text(route, "id"));
        CHECK(pattern->ok());
        CHECK(text(route, "tier") == "full");
        CHECK_FALSE(text(route, "due").empty());
        patterns.push_back(std::move(pattern));
    }
    return patterns;
}

}  // namespace

TEST_CASE("every truth label is a label of both policies, and the other way round") {
    std::set<std::string> labels;
    for (const auto& [id, label] : the_demo().truth) {
        labels.insert(label);
    }
    for (const std::string& name : kPolicies) {
        INFO(name);
        CHECK(ids(list(parse_json(asset(name)).value(), "labels")) == labels);
    }
}

TEST_CASE("labels have a key of their own and a colour that colour-blind people tell apart") {
    // Okabe and Ito 2008, with grey for black, so that it shows on dark too. A colour stands for a department.
    const std::set<std::string> palette = {"#0072B2", "#56B4E9", "#E69F00", "#009E73",
                                           "#CC79A7", "#999999", "#F0E442", "#D55E00"};
    for (const std::string& name : kPolicies) {
        std::set<std::string> hotkeys;
        for (const Json& label : list(parse_json(asset(name)).value(), "labels")) {
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

TEST_CASE("urgent messages exist, and each is forced to full review by its words, whatever the confidence") {
    const auto patterns = urgent_patterns();
    REQUIRE(patterns.size() >= 4);
    std::set<std::string> urgent;
    for (const Line& line : read_lines("truth.jsonl", asset("truth.jsonl")).value()) {
        if (Fields::of(line.json, "").value().boolean_or("urgent", false).value()) {
            urgent.insert(text(line.json, "id"));
        }
    }
    CHECK(urgent.size() >= 40);
    size_t false_alarms = 0;
    for (const Item& item : the_demo().items) {
        bool matched = false;
        for (const auto& pattern : patterns) {
            matched = matched || re2::RE2::PartialMatch(item.text, *pattern);
        }
        INFO(item.id << " " << item.text);
        CHECK((matched || !urgent.contains(item.id)));
        false_alarms += matched && !urgent.contains(item.id) ? 1 : 0;
    }
    // Rules that shout at everything are no rules.
    CHECK(false_alarms <= 10);
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
