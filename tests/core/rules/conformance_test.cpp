// The public CEL conformance suite (data/cel, google/cel-spec), case by case. Prints the count per part of the suite.

#include "core/rules/conformance.h"

#include <cstdio>
#include <map>

#include <catch_amalgamated.hpp>

#include "tests/core/rules/test_data.h"

using namespace countersign;
using namespace countersign::rules;

TEST_CASE("every case of the CEL conformance suite passes, natively and in wasm") {
    const std::optional<std::string> text = shared_file("data/cel/conformance.json");
    if (!text) {
        SKIP("no ../shared/data/cel/conformance.json; name its place in COUNTERSIGN_SHARED");
    }
    const Result<Json> cases = parse_json(*text, case_file_limits());
    REQUIRE(cases.ok());

    struct Count {
        int passed = 0;
        int all = 0;
    };

    std::map<std::string, Count> counts;
    Count total;
    for (const Json& one : *cases.value().array()) {
        const CaseOutcome outcome = run_case(one);
        Count& count = counts[outcome.file];
        count.all += 1;
        count.passed += outcome.passed ? 1 : 0;
        total.all += 1;
        total.passed += outcome.passed ? 1 : 0;
        if (!outcome.passed) {
            UNSCOPED_INFO(outcome.file << "/" << outcome.section << "/" << outcome.name << ": " << outcome.detail);
            FAIL_CHECK(*one.find("expr")->string());
        }
    }
    for (const auto& [file, count] : counts) {
        std::printf("  %-14s %4d of %4d\n", file.c_str(), count.passed, count.all);
    }
    std::printf("  %-14s %4d of %4d\n", "in all", total.passed, total.all);
    CHECK(total.all >= 1599);
}
