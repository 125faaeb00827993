// Reasons in the order and depth in which the desk shows them.

#include "shell/session/reason_tree.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/policy/load.h"
#include "tests/support/server.h"

using namespace countersign;

namespace {

Policy policy_with(std::string_view codes) {
    std::string text = testing::sample_policy();
    const size_t begin = text.find("\"reason_codes\"");
    const size_t end = text.find("\"routes\"");
    REQUIRE(begin < end);
    text.replace(begin, end - begin, concat("\"reason_codes\": ", codes, ", "));
    return load_policy(text).value();
}

std::string told(const std::vector<shell::ReasonCode>& tree) {
    std::string out;
    for (const shell::ReasonCode& one : tree) {
        out += concat(std::string(static_cast<size_t>(one.depth), '.'), one.name, one.group ? ":" : "",
                      one.chosen ? "*" : "", " ");
    }
    return out;
}

}  // namespace

TEST_CASE("codes stand below the group that they are a kind of, whatever their order in the policy") {
    const Policy policy = policy_with(R"([
        {"id": "place", "name": "Place", "parent": "missing"}, {"id": "clear", "name": "Clear"},
        {"id": "missing", "name": "Missing", "choosable": false}, {"id": "time", "name": "Time", "parent": "missing"},
        {"id": "street", "name": "Street", "parent": "place", "examples": ["Near the old mill."]}])");
    const auto tree = shell::reason_tree(policy, countersign::Verdict::reject, {"street"});
    CHECK(told(tree) == "Clear Missing: .Place: ..Street* .Time ");
    CHECK(tree[3].path == "Missing > Place > Street");
    CHECK(tree[3].examples == std::vector<std::string>{"Near the old mill."});
}

TEST_CASE("what may not be used with the verdict is left out, and groups with nothing below") {
    const Policy policy = policy_with(R"([
        {"id": "missing", "name": "Missing", "choosable": false, "verdicts": ["reject"]},
        {"id": "time", "name": "Time", "parent": "missing"}, {"id": "clear", "name": "Clear", "verdicts": ["accept", "correct"]}])");
    CHECK(told(shell::reason_tree(policy, countersign::Verdict::accept, {})) == "Clear ");
    CHECK(told(shell::reason_tree(policy, countersign::Verdict::reject, {})) == "Missing: .Time ");
    CHECK(shell::reason_tree(policy, countersign::Verdict::escalate, {}).empty());
}
