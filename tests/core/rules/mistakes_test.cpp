// What is wrong with a condition is said when the policy is loaded: where, what stands there, what to write instead.
// tests/cases/rules/mistakes.json holds the mistakes; a domain expert can add one.

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "core/rules/compile.h"
#include "tests/core/rules/routing_environment.h"
#include "tests/core/rules/test_data.h"

using namespace countersign;
using namespace countersign::rules;

namespace {

const CompileOptions kCondition{.result = types::boolean(), .what = "the condition"};

}  // namespace

TEST_CASE("each mistake in a condition gets its place and its sentence") {
    const Json file = parse_json(repository_file("tests/cases/rules/mistakes.json")).value();
    const Environment environment = routing_environment();
    for (const Json& one : *file.array()) {
        const std::string& expression = *one.find("expression")->string();
        INFO(expression);
        const Result<Program> program = compile(expression, environment, kCondition);
        REQUIRE_FALSE(program.ok());
        CHECK(program.error().text() == *one.find("error")->string());
        CHECK(program.error().code == ErrorCode::invalid_argument);
    }
    CHECK(file.array()->size() >= 90);
}

TEST_CASE("columns count code points, and lines are named behind the first one") {
    const Environment environment = routing_environment();
    CHECK(compile("'\u00e9\U0001f431' == itm.text", environment).error().field == "column 9");
    CHECK(compile("item.language == 'de' &&\n  // a remark\n  itm.text == ''", environment).error().field ==
          "line 3, column 3");
}

TEST_CASE("what is right compiles: the condition may be open until it runs") {
    const Environment environment = routing_environment();
    CHECK(compile("item.metadata.vip", environment, kCondition).ok());
    CHECK(compile("prediction.confidence > 1 || prediction.confidence == 0", environment, kCondition).ok());
    CHECK(compile("prediction.label in ['waste', item.language]", environment, kCondition).ok());
}
