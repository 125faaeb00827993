// diff() by the cases of tests/cases/policy_change/diffs.json: the policy of tests/cases/policy/base.json, changed at
// some places ("before" on top of it, then "after" on top of that; null takes away), and what is said about it.

#include "core/policy_change/diff.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/policy/load.h"
#include "core/policy_change/words.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

Json changed(Json document, const Json* changes) {
    if (changes != nullptr) {
        for (const auto& [pointer, value] : *changes->object()) {
            value.is_null() ? remove_at(document, pointer) : set_at(document, pointer, value);
        }
    }
    const auto loaded = load_policy(to_text(document));
    INFO((loaded.ok() ? "" : loaded.error().text()));
    REQUIRE(loaded.ok());
    return document;
}

std::vector<std::string> told(const std::vector<policy_change::Change>& changes) {
    std::vector<std::string> out;
    for (const policy_change::Change& one : changes) {
        out.push_back(concat(one.path, " | ", change_kind_name(one.kind), " | ", one.words));
    }
    return out;
}

std::vector<std::string> wanted(const Json& one) {
    std::vector<std::string> out;
    for (const Json& line : *one.find("told")->array()) {
        out.push_back(*line.string());
    }
    return out;
}

}  // namespace

TEST_CASE("what differs between two policies is told in words, in the order of the document") {
    const Json base = parse_json(read_case("policy/base.json")).value();
    const Json cases = parse_json(read_case("policy_change/diffs.json")).value();
    CHECK(cases.array()->size() >= 20);
    for (const Json& one : *cases.array()) {
        INFO(*one.find("case")->string());
        const Json before = changed(base, one.find("before"));
        const Json after = changed(before, one.find("after"));
        CHECK(told(policy_change::diff(before, after)) == wanted(one));
        CHECK(policy_change::diff(after, after).empty());
    }
}

TEST_CASE("a field that this version has no words for is told by its name") {
    const Json before = parse_json(R"({"routes":[{"id":"a","when":"true","tier":"quick"}]})").value();
    const Json after =
        parse_json(R"({"routes":[{"id":"a","when":"true","tier":"quick","weight":3,"rules":[{"id":"x","on":true}]}]})")
            .value();
    CHECK(told(policy_change::diff(before, after)) ==
          std::vector<std::string>{"routes[0].weight | added | route 'a': weight is new: 3",
                                   "routes[0].rules[0] | added | 'x' of rules of route 'a' is new; on is true"});
}

TEST_CASE("every single change of a value is told, and no value is taken for a default that the loader does not take") {
    // Each scalar of the base policy is taken out in turn: either the documents then load to the same policy and
    // nothing is told, or something is.
    const Json base = parse_json(read_case("policy/base.json")).value();

    const struct {
        const char* pointer;
        const char* is_default;
    } defaults[] = {{"/tiers/1/reviewers", "1"},          {"/tiers/1/late", "\"count\""},
                    {"/labels/1/color", "\"#6B7280\""},   {"/labels/1/name", nullptr},
                    {"/routes/3/reason", "\"\""},         {"/changes", R"({"approval":"none"})"},
                    {"/interface/text", "\"input.text\""}};

    for (const auto& one : defaults) {
        if (one.is_default == nullptr) {
            continue;
        }
        INFO(one.pointer);
        Json without = base;
        set_at(without, one.pointer, parse_json(one.is_default).value());
        const Json with = changed(without, nullptr);
        remove_at(without, one.pointer);
        const Json left_out = changed(without, nullptr);
        CHECK(told(policy_change::diff(left_out, with)).empty());
        CHECK(told(policy_change::diff(with, left_out)).empty());
    }
}
